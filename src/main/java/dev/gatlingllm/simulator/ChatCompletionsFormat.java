package dev.gatlingllm.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Chat completions as server-sent events. Azure adds the results of its content filter: an event of
 * its own before everything else, and an object in each choice.
 */
final class ChatCompletionsFormat implements WireFormat {

  private static final String SAFE =
      """
      {"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":false,\
      "severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},\
      "violence":{"filtered":false,"severity":"safe"}}""";
  private static final String PROMPT_FILTER =
      "\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":" + SAFE + "}]";
  private static final String PROMPT_FILTER_EVENT =
      "data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
          + PROMPT_FILTER
          + "}\n\n";
  private static final byte[] DONE = bytes("data: [DONE]\n\n");
  private static final byte[] PING = bytes(": ping\n\n");
  private static final byte[] CUT_JSON = bytes("data: {\"choices\":[{\"delta\":{\"content\":\n\n");
  private static final byte[] ERROR =
      bytes(
          "data: {\"error\":{\"code\":\"server_error\",\"message\":\"The model failed while it was"
              + " generating.\",\"param\":null,\"type\":\"server_error\"}}\n\n");

  /** The simulator has no wall clock: every answer was created at the same second. */
  private static final long CREATED = 1_700_000_000;

  private final boolean azure;
  private final boolean usageEvent;
  private final String identity;
  private final byte[] contentStart;
  private final byte[] reasoningStart;
  private final byte[] chunkEnd;

  ChatCompletionsFormat(Api api, CallRequest request, String requestId) {
    this.azure = api == Api.AZURE_OPENAI;
    this.usageEvent = request.usageEvent();
    this.identity =
        "\"created\":%d,\"id\":\"chatcmpl-%s\",\"model\":\"%s\",\"system_fingerprint\":\"fp_sim\""
            .formatted(CREATED, requestId.replace("-", ""), quoted(request.model()));
    this.contentStart = bytes(choiceStart(filterResults(SAFE)) + "{\"content\":\"");
    this.reasoningStart = bytes(choiceStart(filterResults("{}")) + "{\"reasoning_content\":\"");
    this.chunkEnd = bytes("\"}" + choiceEnd("null"));
  }

  @Override
  public String streamType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public ByteBuf opening(ByteBufAllocator alloc) {
    String role =
        choiceStart(filterResults("{}"))
            + "{\"content\":\"\",\"refusal\":null,\"role\":\"assistant\"}"
            + choiceEnd("null");
    return buffer(alloc, bytes(azure ? PROMPT_FILTER_EVENT + role : role));
  }

  @Override
  public ByteBuf chunk(ByteBufAllocator alloc, boolean reasoning, byte[] text) {
    return buffer(alloc, reasoning ? reasoningStart : contentStart, text, chunkEnd);
  }

  @Override
  public ByteBuf closing(ByteBufAllocator alloc, Tail tail) {
    StringBuilder events = new StringBuilder(1024);
    events.append(choiceStart(filterResults("{}"))).append("{}");
    events.append(choiceEnd("\"" + tail.reason().openAiWord() + "\""));
    if (usageEvent && tail.usage().isPresent()) {
      events.append("data: {\"choices\":[],").append(identity).append(objectAndUsage());
      events.append(tail.usage().get().openAiJson()).append("}\n\n");
    }
    byte[] bytes = bytes(events.toString());
    return tail.terminated() ? buffer(alloc, bytes, DONE) : buffer(alloc, bytes);
  }

  @Override
  public ByteBuf errorEvent(ByteBufAllocator alloc) {
    return buffer(alloc, ERROR);
  }

  @Override
  public ByteBuf malformedEvent(ByteBufAllocator alloc) {
    return buffer(alloc, CUT_JSON);
  }

  @Override
  public ByteBuf keepAlive(ByteBufAllocator alloc) {
    return buffer(alloc, PING);
  }

  @Override
  public byte[] whole(byte[] reasoning, byte[] content, Tail tail) {
    String thinking =
        reasoning.length == 0
            ? ""
            : "\"reasoning_content\":\"" + new String(reasoning, UTF_8) + "\",";
    return bytes(
        "{\"choices\":[{"
            + filterResults(SAFE)
            + "\"finish_reason\":\""
            + tail.reason().openAiWord()
            + "\",\"index\":0,\"logprobs\":null,\"message\":{"
            + thinking
            + "\"content\":\""
            + new String(content, UTF_8)
            + "\",\"refusal\":null,\"role\":\"assistant\"}}],"
            + identity
            + ",\"object\":\"chat.completion\""
            + (azure ? "," + PROMPT_FILTER : "")
            + tail.usage().map(usage -> ",\"usage\":" + usage.openAiJson()).orElse("")
            + "}");
  }

  private String filterResults(String results) {
    return azure ? "\"content_filter_results\":" + results + "," : "";
  }

  private static String choiceStart(String filterResults) {
    return "data: {\"choices\":[{" + filterResults + "\"delta\":";
  }

  private String choiceEnd(String finishReason) {
    return ",\"finish_reason\":"
        + finishReason
        + ",\"index\":0,\"logprobs\":null}],"
        + identity
        + (usageEvent
            ? objectAndUsage() + "null}\n\n"
            : ",\"object\":\"chat.completion.chunk\"}\n\n");
  }

  private static String objectAndUsage() {
    return ",\"object\":\"chat.completion.chunk\",\"usage\":";
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static ByteBuf buffer(ByteBufAllocator alloc, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuf buffer = alloc.buffer(length);
    for (byte[] part : parts) {
      buffer.writeBytes(part);
    }
    return buffer;
  }
}
