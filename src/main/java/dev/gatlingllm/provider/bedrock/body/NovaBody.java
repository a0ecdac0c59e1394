package dev.gatlingllm.provider.bedrock.body;

import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.Attachment.Kind;
import dev.gatlingllm.provider.AttachmentRules;
import dev.gatlingllm.provider.AttachmentRules.Some;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.MessageRules;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Amazon's Nova: nearly what Converse says, as JSON of its own. */
final class NovaBody {

  static final AnswerPaths PATHS =
      AnswerPaths.of(
          Map.ofEntries(
              Map.entry(
                  AnswerPart.TEXT, "contentBlockDelta.delta.text || output.message.content[].text"),
              Map.entry(
                  AnswerPart.REASONING,
                  "contentBlockDelta.delta.reasoningContent.[text, reasoningText.text][]"
                      + " || output.message.content[].reasoningContent.reasoningText.text"),
              Map.entry(
                  AnswerPart.TOOL_CALL,
                  "contentBlockDelta.delta.toolUse.input"
                      + " || output.message.content[].toolUse.input"),
              Map.entry(
                  AnswerPart.HIDDEN_REASONING,
                  "contentBlockDelta.delta.reasoningContent.redactedContent"
                      + " || output.message.content[].reasoningContent.redactedContent"),
              Map.entry(
                  AnswerPart.REASONING_SIGNATURE,
                  "contentBlockDelta.delta.reasoningContent.signature"
                      + " || output.message.content[].reasoningContent.reasoningText.signature"),
              Map.entry(
                  AnswerPart.TOOL_START,
                  "contentBlockStart.start.toolUse.name || output.message.content[].toolUse.name"),
              Map.entry(
                  AnswerPart.MEDIA,
                  "images || contentBlockDelta.delta.image.source"
                      + " || output.message.content[].image.source"),
              Map.entry(AnswerPart.STOP_REASON, "messageStop.stopReason || stopReason"),
              Map.entry(AnswerPart.INPUT, "metadata.usage.inputTokens || usage.inputTokens"),
              Map.entry(
                  AnswerPart.CACHE_READ,
                  "metadata.usage.cacheReadInputTokenCount || usage.cacheReadInputTokenCount"),
              Map.entry(
                  AnswerPart.CACHE_WRITE,
                  "metadata.usage.cacheWriteInputTokenCount || usage.cacheWriteInputTokenCount"),
              Map.entry(AnswerPart.OUTPUT, "metadata.usage.outputTokens || usage.outputTokens")));

  /** 25 MB in all, which base64 makes of 18 MB. */
  private static final AttachmentRules RULES =
      new AttachmentRules(
          "Nova's body",
          Map.of(
              Kind.IMAGE, new Some(Set.of("png", "jpeg", "gif", "webp"), 18 << 20, 20),
              Kind.DOCUMENT,
                  new Some(Set.of("pdf", "csv", "docx", "xlsx", "html", "txt", "md"), 18 << 20, 5),
              Kind.VIDEO, new Some(Set.of("mp4", "mov", "webm"), 18 << 20, 1)));

  private static final String API = "Nova's body";
  private static final MessageRules WORDS =
      new MessageRules(API, Optional.of(Part.Api.CONVERSE), Set.of(), false);
  private static final Map<Parameter, String> NAMES =
      Map.of(
          Parameter.MAX_TOKENS, "maxTokens",
          Parameter.TEMPERATURE, "temperature",
          Parameter.TOP_P, "topP");

  private NovaBody() {}

  static Map<String, Object> of(LlmRequest request) {
    Parameters parameters = request.parameters();
    Bodies.refuseEffort(parameters, API);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("schemaVersion", "messages-v1");
    if (!Bodies.plainSystem(request)) {
      body.put("system", Bodies.systemBlocks(request, NovaBody::content));
    } else if (!Bodies.system(request).isEmpty()) {
      body.put("system", List.of(Map.of("text", Bodies.system(request))));
    }
    body.put("messages", Bodies.turns(request, NovaBody::content));
    Map<String, Object> inference = parameters.fields(API, NAMES);
    if (!parameters.stop().isEmpty()) {
      inference.put("stopSequences", parameters.stop());
    }
    if (!inference.isEmpty()) {
      body.put("inferenceConfig", inference);
    }
    Bodies.putExtra(parameters, body);
    return body;
  }

  private static List<Map<String, Object>> content(Message message) {
    WORDS.check(message);
    return RULES.blocks(
        message, text -> Map.of("text", text.text()), NovaBody::block, Part.Block::fields);
  }

  private static Map<String, Object> block(Part.File part, int number) {
    Attachment file = part.file();
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("format", file.format());
    if (file.kind() == Kind.DOCUMENT) {
      String made = number + " " + file.name().replaceAll("[^A-Za-z0-9]+", "-");
      block.put("name", part.title().isEmpty() ? made : part.title());
    }
    block.put("source", Map.of("bytes", file.base64()));
    return Map.of(file.kind().name().toLowerCase(Locale.ROOT), block);
  }
}
