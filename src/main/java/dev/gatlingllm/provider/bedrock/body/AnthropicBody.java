package dev.gatlingllm.provider.bedrock.body;

import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.Attachment.Kind;
import dev.gatlingllm.provider.AttachmentRules;
import dev.gatlingllm.provider.AttachmentRules.Some;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.MessageRules;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Anthropic's Messages. */
final class AnthropicBody {

  static final AnswerPaths PATHS =
      AnswerPaths.of(
          Map.ofEntries(
              Map.entry(
                  AnswerPart.TEXT,
                  "delta.text || content_block.text || content[?type=='text'].text"),
              Map.entry(
                  AnswerPart.REASONING,
                  "delta.thinking || content_block.thinking || content[?type=='thinking'].thinking"),
              Map.entry(
                  AnswerPart.TOOL_CALL,
                  "delta.partial_json || content[?ends_with(type, 'tool_use')].input"),
              Map.entry(
                  AnswerPart.HIDDEN_REASONING,
                  "(content_block.type=='redacted_thinking' && content_block.data)"
                      + " || content[?type=='redacted_thinking'].data"),
              Map.entry(
                  AnswerPart.REASONING_SIGNATURE,
                  "delta.signature || content[?type=='thinking'].signature"),
              Map.entry(
                  AnswerPart.TOOL_START,
                  "content_block && ends_with(content_block.type, 'tool_use')"
                      + " && content_block.name"),
              Map.entry(AnswerPart.MODEL, "message.model || model"),
              Map.entry(AnswerPart.STOP_REASON, "delta.stop_reason || stop_reason"),
              Map.entry(AnswerPart.INPUT, "usage.input_tokens || message.usage.input_tokens"),
              Map.entry(
                  AnswerPart.CACHE_READ,
                  "usage.cache_read_input_tokens || message.usage.cache_read_input_tokens"),
              Map.entry(
                  AnswerPart.CACHE_WRITE,
                  "usage.cache_creation_input_tokens"
                      + " || message.usage.cache_creation_input_tokens"),
              Map.entry(AnswerPart.OUTPUT, "usage.output_tokens || message.usage.output_tokens"),
              Map.entry(AnswerPart.ERROR_CODE, "error.type"),
              Map.entry(AnswerPart.ERROR_MESSAGE, "error.message")));

  /** 5 MB an image; a request to Bedrock is at most 20 MB, which base64 makes of 15 MB. */
  private static final AttachmentRules RULES =
      new AttachmentRules(
          "Anthropic's Messages",
          Map.of(
              Kind.IMAGE, new Some(Set.of("png", "jpeg", "gif", "webp"), 5 << 20, 20),
              Kind.DOCUMENT, new Some(Set.of("pdf", "txt", "md"), 15 << 20, 5)));

  private static final String API = "Anthropic's Messages";
  private static final MessageRules WORDS =
      new MessageRules(
          API,
          Optional.of(Part.Api.ANTHROPIC),
          Set.of("cache_control", "citations", "context"),
          false);
  private static final Map<Parameter, String> NAMES =
      Map.of(
          Parameter.MAX_TOKENS, "max_tokens",
          Parameter.TEMPERATURE, "temperature",
          Parameter.TOP_P, "top_p",
          Parameter.THINKING_BUDGET, "thinking");

  private AnthropicBody() {}

  static Map<String, Object> of(LlmRequest request) {
    if (request.maxTokens().isEmpty()) {
      throw new IllegalArgumentException("maxTokens must be set: Anthropic's Messages ask for it");
    }
    Parameters parameters = request.parameters();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("anthropic_version", "bedrock-2023-05-31");
    body.putAll(parameters.fields(API, NAMES));
    body.computeIfPresent(
        "thinking", (name, budget) -> Map.of("type", "enabled", "budget_tokens", budget));
    Bodies.refuseEffort(parameters, API);
    if (!parameters.stop().isEmpty()) {
      body.put("stop_sequences", parameters.stop());
    }
    if (!Bodies.plainSystem(request)) {
      body.put("system", Bodies.systemBlocks(request, AnthropicBody::content));
    } else if (!Bodies.system(request).isEmpty()) {
      body.put("system", Bodies.system(request));
    }
    body.put("messages", Bodies.turns(request, AnthropicBody::content));
    Bodies.putExtra(parameters, body);
    return body;
  }

  private static List<Map<String, Object>> content(Message message) {
    WORDS.check(message);
    List<Map<String, Object>> content =
        RULES.blocks(
            message,
            text -> Bodies.with(Map.of("type", "text", "text", text.text()), text.fields(), WORDS),
            (file, number) -> block(file),
            block -> new LinkedHashMap<>(block.fields()));
    if (message.cachePoint() != CachePoint.NONE) {
      content.get(content.size() - 1).put("cache_control", cacheControl(message.cachePoint()));
    }
    return content;
  }

  private static Map<String, Object> block(Part.File part) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", part.file().kind() == Kind.IMAGE ? "image" : "document");
    block.put("source", source(part.file()));
    if (!part.title().isEmpty()) {
      block.put("title", part.title());
    }
    return Bodies.with(block, part.fields(), WORDS);
  }

  private static Map<String, Object> cacheControl(CachePoint point) {
    return point.ttl().isEmpty()
        ? Map.of("type", "ephemeral")
        : Map.of("type", "ephemeral", "ttl", point.ttl());
  }

  private static Map<String, Object> source(Attachment attachment) {
    boolean text = attachment.format().equals("txt") || attachment.format().equals("md");
    return text
        ? Map.of("type", "text", "media_type", "text/plain", "data", attachment.text())
        : Map.of(
            "type", "base64", "media_type", attachment.mediaType(), "data", attachment.base64());
  }
}
