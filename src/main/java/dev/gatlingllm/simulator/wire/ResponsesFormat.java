package dev.gatlingllm.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/**
 * OpenAI's Responses API as server-sent events. Reasoning and the answer are output items of their
 * own; each event has the next sequence number.
 */
final class ResponsesFormat implements WireFormat {

  private static final long CREATED = 1_700_000_000;
  private static final String PING = ": ping\n\n";

  private final String id;
  private final String model;
  private final String maxTokens;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder doneItems = new StringBuilder();
  private final StringBuilder events = new StringBuilder();
  private final BiConsumer<String, String> keeper;
  private String said = "";
  private int sequence;
  private int item = -1;
  private boolean itemReasons;

  /**
   * The answer to a request.
   *
   * @param keeper takes the id of the answer and its text when it has ended
   */
  ResponsesFormat(
      String model, OptionalInt maxTokens, String requestId, BiConsumer<String, String> keeper) {
    this.model = Json.quoted(model);
    this.maxTokens = maxTokens.isPresent() ? "" + maxTokens.getAsInt() : "null";
    this.id = requestId.replace("-", "");
    this.keeper = keeper;
  }

  @Override
  public String streamType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public ByteBuf opening(ByteBufAllocator alloc) {
    String response = response("in_progress", "", "null", "null");
    event("response.created", "\"response\":" + response);
    event("response.in_progress", "\"response\":" + response);
    return taken(alloc);
  }

  @Override
  public ByteBuf chunk(ByteBufAllocator alloc, int choice, boolean reasoning, byte[] words) {
    if (item < 0 || itemReasons != reasoning) {
      endItem("completed");
      beginItem(reasoning);
    }
    String delta = new String(words, UTF_8);
    text.append(delta);
    event(
        itemReasons ? "response.reasoning_summary_text.delta" : "response.output_text.delta",
        place() + ",\"delta\":\"" + delta + "\"" + (itemReasons ? "" : ",\"logprobs\":[]"));
    return taken(alloc);
  }

  @Override
  public ByteBuf closing(ByteBufAllocator alloc, AnswerEnd end) {
    boolean complete = end.reason() == StopReason.STOP;
    endItem(complete ? "completed" : "incomplete");
    if (end.terminated()) {
      event(
          complete ? "response.completed" : "response.incomplete",
          "\"response\":" + ended(doneItems.toString(), end));
    }
    return taken(alloc);
  }

  @Override
  public ByteBuf errorEvent(ByteBufAllocator alloc) {
    event(
        "error",
        "\"code\":\"server_error\",\"message\":\"The model failed while it was generating.\","
            + "\"param\":null");
    return taken(alloc);
  }

  @Override
  public ByteBuf malformedEvent(ByteBufAllocator alloc) {
    events.append("event: response.output_text.delta\ndata: {\"type\":\"response.output\n\n");
    return taken(alloc);
  }

  @Override
  public ByteBuf keepAlive(ByteBufAllocator alloc) {
    return ByteBufUtil.writeUtf8(alloc, PING);
  }

  @Override
  public byte[] whole(byte[] reasoning, List<byte[]> contents, AnswerEnd end) {
    if (reasoning.length > 0) {
      beginItem(true);
      text.append(new String(reasoning, UTF_8));
      endItem("completed");
    }
    beginItem(false);
    text.append(new String(contents.get(0), UTF_8));
    endItem(end.reason() == StopReason.STOP ? "completed" : "incomplete");
    return ended(doneItems.toString(), end).getBytes(UTF_8);
  }

  private void beginItem(boolean reasoning) {
    item++;
    itemReasons = reasoning;
    text.setLength(0);
    event(
        "response.output_item.added",
        "\"output_index\":" + item + ",\"item\":" + item("in_progress", ""));
    event(
        reasoning ? "response.reasoning_summary_part.added" : "response.content_part.added",
        place() + ",\"part\":" + part(""));
  }

  private void endItem(String status) {
    if (item < 0) {
      return;
    }
    String whole = text.toString();
    said = itemReasons ? said : whole;
    String name = itemReasons ? "reasoning_summary" : "output";
    String part = itemReasons ? "reasoning_summary_part" : "content_part";
    event(
        "response." + name + "_text.done",
        place() + ",\"text\":\"" + whole + "\"" + (itemReasons ? "" : ",\"logprobs\":[]"));
    event("response." + part + ".done", place() + ",\"part\":" + part(whole));
    String done = item(status, part(whole));
    event("response.output_item.done", "\"output_index\":" + item + ",\"item\":" + done);
    doneItems.append(doneItems.isEmpty() ? "" : ",").append(done);
  }

  private String item(String status, String parts) {
    return itemReasons
        ? Json.of("{\"id\":\"rs_%s\",\"type\":\"reasoning\",\"summary\":[%s]}", id, parts)
        : Json.of(
            """
            {"id":"msg_%s","type":"message","status":"%s","role":"assistant","content":[%s]}\
            """,
            id, status, parts);
  }

  private String part(String said) {
    return itemReasons
        ? Json.of("{\"type\":\"summary_text\",\"text\":\"%s\"}", said)
        : Json.of(
            "{\"type\":\"output_text\",\"text\":\"%s\",\"annotations\":[],\"logprobs\":[]}", said);
  }

  private String place() {
    return itemReasons
        ? Json.of("\"item_id\":\"rs_%s\",\"output_index\":%d,\"summary_index\":0", id, item)
        : Json.of("\"item_id\":\"msg_%s\",\"output_index\":%d,\"content_index\":0", id, item);
  }

  private String ended(String items, AnswerEnd end) {
    keeper.accept("resp_" + id, said);
    String usage = end.usage().map(ResponsesFormat::json).orElse("null");
    return switch (end.reason()) {
      case STOP -> response("completed", items, "null", usage);
      case LENGTH -> response("incomplete", items, "{\"reason\":\"max_output_tokens\"}", usage);
      case FILTERED -> response("incomplete", items, "{\"reason\":\"content_filter\"}", usage);
    };
  }

  private String response(String status, String items, String incomplete, String usage) {
    return Json.of(
        """
        {"id":"resp_%s","object":"response","created_at":%d,"status":"%s","background":false,\
        "error":null,"incomplete_details":%s,"instructions":null,"max_output_tokens":%s,\
        "model":"%s","output":[%s],"parallel_tool_calls":true,"previous_response_id":null,\
        "reasoning":{"effort":null,"summary":null},"store":true,"temperature":1.0,\
        "text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_p":1.0,\
        "truncation":"disabled","usage":%s,"user":null,"metadata":{}}\
        """,
        id, CREATED, status, incomplete, maxTokens, model, items, usage);
  }

  private static String json(Usage usage) {
    return Json.of(
        """
        {"input_tokens":%d,"input_tokens_details":{"cached_tokens":%d},"output_tokens":%d,\
        "output_tokens_details":{"reasoning_tokens":%d},"total_tokens":%d}\
        """,
        usage.input(), usage.cached(), usage.output(), usage.reasoning(), usage.total());
  }

  private void event(String type, String fields) {
    events
        .append("event: ")
        .append(type)
        .append("\ndata: {\"type\":\"")
        .append(type)
        .append("\",\"sequence_number\":")
        .append(sequence++)
        .append(',')
        .append(fields)
        .append("}\n\n");
  }

  private ByteBuf taken(ByteBufAllocator alloc) {
    ByteBuf bytes = ByteBufUtil.writeUtf8(alloc, events);
    events.setLength(0);
    return bytes;
  }
}
