package dev.gatlingllm.provider.bedrock.body;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.anthropic.MessagesBody;
import java.util.LinkedHashMap;
import java.util.Map;

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

  private static final String VERSION = "2023-05-31";

  /** A request to Bedrock is at most 20 MB, which base64 makes of 15 MB. */
  private static final MessagesBody BODY = MessagesBody.of(20, 15 << 20, 5);

  private AnthropicBody() {}

  static Map<String, Object> of(LlmRequest request) {
    Bodies.refuseEffort(request.parameters(), MessagesBody.API);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("anthropic_version", "bedrock-" + VERSION);
    body.putAll(BODY.fields(request, VERSION));
    return body;
  }
}
