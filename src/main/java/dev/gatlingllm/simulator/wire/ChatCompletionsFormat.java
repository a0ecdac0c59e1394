package dev.gatlingllm.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.List;

/**
 * Chat completions as server-sent events. Azure adds the results of its content filter: an event of
 * its own before everything else, and an object in each choice.
 */
final class ChatCompletionsFormat implements WireFormat {

  private static final String SAFE =
      """
      {"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":false,\
      "severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},\
      "violence":{"filtered":false,"severity":"safe"}}\
      """;
  private static final String PROMPT_FILTER =
      "\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":" + SAFE + "}]";
  private static final String PROMPT_FILTER_EVENT =
      "data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
          + PROMPT_FILTER
          + "}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final String PING = ": ping\n\n";
  private static final String CUT_JSON = "data: {\"choices\":[{\"delta\":{\"content\":\n\n";
  private static final String ERROR =
      "data: {\"error\":{\"code\":\"server_error\",\"message\":\"The model failed while it was"
          + " generating.\",\"param\":null,\"type\":\"server_error\"}}\n\n";

  /** The simulator has no wall clock: every answer was created at the same second. */
  private static final long CREATED = 1_700_000_000;

  private final boolean azure;
  private final boolean usageEvent;
  private final String identity;
  private final byte[] contentStart;
  private final byte[] reasoningStart;
  private final byte[][] chunkEnds;

  ChatCompletionsFormat(
      boolean azure, boolean usageEvent, int choices, String model, String requestId) {
    this.azure = azure;
    this.usageEvent = usageEvent;
    this.identity =
        Json.of(
            "\"created\":%d,\"id\":\"chatcmpl-%s\",\"model\":\"%s\",\"system_fingerprint\":\"fp_sim\"",
            CREATED, requestId.replace("-", ""), Json.quoted(model));
    this.contentStart = bytes(choiceStart(filterResults(SAFE)) + "{\"content\":\"");
    this.reasoningStart = bytes(choiceStart(filterResults("{}")) + "{\"reasoning_content\":\"");
    this.chunkEnds = new byte[choices][];
    for (int choice = 0; choice < chunkEnds.length; choice++) {
      chunkEnds[choice] = bytes("\"}" + choiceEnd(choice, "null"));
    }
  }

  @Override
  public String streamType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public ByteBuf opening(ByteBufAllocator alloc) {
    StringBuilder events = new StringBuilder(azure ? PROMPT_FILTER_EVENT : "");
    for (int choice = 0; choice < chunkEnds.length; choice++) {
      events.append(choiceStart(filterResults("{}")));
      events.append("{\"content\":\"\",\"refusal\":null,\"role\":\"assistant\"}");
      events.append(choiceEnd(choice, "null"));
    }
    return ByteBufUtil.writeUtf8(alloc, events);
  }

  @Override
  public ByteBuf chunk(ByteBufAllocator alloc, int choice, boolean reasoning, byte[] text) {
    byte[] start = reasoning ? reasoningStart : contentStart;
    byte[] rest = chunkEnds[choice];
    return alloc
        .buffer(start.length + text.length + rest.length)
        .writeBytes(start)
        .writeBytes(text)
        .writeBytes(rest);
  }

  @Override
  public ByteBuf closing(ByteBufAllocator alloc, AnswerEnd end) {
    StringBuilder events = new StringBuilder(1024);
    for (int choice = 0; choice < chunkEnds.length; choice++) {
      events.append(choiceStart(filterResults("{}"))).append("{}");
      events.append(choiceEnd(choice, "\"" + end.reason().openAiWord() + "\""));
    }
    if (usageEvent && end.usage().isPresent()) {
      events.append("data: {\"choices\":[],").append(identity).append(objectAndUsage());
      events.append(json(end.usage().get())).append("}\n\n");
    }
    return ByteBufUtil.writeUtf8(alloc, events.append(end.terminated() ? DONE : ""));
  }

  @Override
  public ByteBuf errorEvent(ByteBufAllocator alloc) {
    return ByteBufUtil.writeUtf8(alloc, ERROR);
  }

  @Override
  public ByteBuf malformedEvent(ByteBufAllocator alloc) {
    return ByteBufUtil.writeUtf8(alloc, CUT_JSON);
  }

  @Override
  public ByteBuf keepAlive(ByteBufAllocator alloc) {
    return ByteBufUtil.writeUtf8(alloc, PING);
  }

  @Override
  public byte[] whole(byte[] reasoning, List<byte[]> contents, AnswerEnd end) {
    String thinking =
        reasoning.length == 0
            ? ""
            : "\"reasoning_content\":\"" + new String(reasoning, UTF_8) + "\",";
    StringBuilder choices = new StringBuilder();
    for (int choice = 0; choice < contents.size(); choice++) {
      choices.append(choice == 0 ? "{" : ",{").append(filterResults(SAFE));
      choices.append("\"finish_reason\":\"").append(end.reason().openAiWord());
      choices.append("\",\"index\":").append(choice).append(",\"logprobs\":null,\"message\":{");
      choices.append(thinking).append("\"content\":\"");
      choices.append(new String(contents.get(choice), UTF_8));
      choices.append("\",\"refusal\":null,\"role\":\"assistant\"}}");
    }
    return bytes(
        "{\"choices\":["
            + choices
            + "],"
            + identity
            + ",\"object\":\"chat.completion\""
            + (azure ? "," + PROMPT_FILTER : "")
            + end.usage().map(usage -> ",\"usage\":" + json(usage)).orElse("")
            + "}");
  }

  private String filterResults(String results) {
    return azure ? "\"content_filter_results\":" + results + "," : "";
  }

  private static String choiceStart(String filterResults) {
    return "data: {\"choices\":[{" + filterResults + "\"delta\":";
  }

  private String choiceEnd(int choice, String finishReason) {
    return ",\"finish_reason\":"
        + finishReason
        + ",\"index\":"
        + choice
        + ",\"logprobs\":null}],"
        + identity
        + (usageEvent
            ? objectAndUsage() + "null}\n\n"
            : ",\"object\":\"chat.completion.chunk\"}\n\n");
  }

  private static String objectAndUsage() {
    return ",\"object\":\"chat.completion.chunk\",\"usage\":";
  }

  static String json(Usage usage) {
    return Json.of(
        """
        {"completion_tokens":%d,"completion_tokens_details":{"accepted_prediction_tokens":0,\
        "audio_tokens":0,"reasoning_tokens":%d,"rejected_prediction_tokens":0},\
        "prompt_tokens":%d,"prompt_tokens_details":{"audio_tokens":0,"cached_tokens":%d},\
        "total_tokens":%d}\
        """,
        usage.output(), usage.reasoning(), usage.input(), usage.cached(), usage.total());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
