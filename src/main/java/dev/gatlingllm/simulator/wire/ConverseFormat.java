package dev.gatlingllm.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/** Bedrock's Converse as an event stream. Reasoning and content are blocks of their own. */
final class ConverseFormat implements WireFormat {

  private static final byte[] MESSAGE_START = EventStreamFrame.eventHeaders("messageStart");
  private static final byte[] BLOCK_DELTA = EventStreamFrame.eventHeaders("contentBlockDelta");
  private static final byte[] BLOCK_STOP = EventStreamFrame.eventHeaders("contentBlockStop");
  private static final byte[] MESSAGE_STOP = EventStreamFrame.eventHeaders("messageStop");
  private static final byte[] METADATA = EventStreamFrame.eventHeaders("metadata");
  private static final byte[] REASONING_END = bytes("\"}}}");
  private static final byte[] CONTENT_END = bytes("\"}}");

  private int block;
  private boolean blockOpen;
  private boolean blockReasons;

  @Override
  public String streamType() {
    return EventStreamFrame.MEDIA_TYPE;
  }

  @Override
  public ByteBuf opening(ByteBufAllocator alloc) {
    return EventStreamFrame.of(alloc, MESSAGE_START, bytes("{\"role\":\"assistant\"}"));
  }

  @Override
  public ByteBuf chunk(ByteBufAllocator alloc, int choice, boolean reasoning, byte[] text) {
    if (blockOpen && blockReasons != reasoning) {
      ByteBuf events = alloc.buffer();
      EventStreamFrame.append(events, blockStop(alloc));
      block++;
      EventStreamFrame.append(events, delta(alloc, reasoning, text));
      return events;
    }
    return delta(alloc, reasoning, text);
  }

  @Override
  public ByteBuf closing(ByteBufAllocator alloc, AnswerEnd end) {
    ByteBuf events = alloc.buffer();
    if (blockOpen) {
      EventStreamFrame.append(events, blockStop(alloc));
    }
    EventStreamFrame.append(
        events, EventStreamFrame.of(alloc, MESSAGE_STOP, bytes("{" + stopReason(end) + "}")));
    if (end.terminated()) {
      EventStreamFrame.append(
          events, EventStreamFrame.of(alloc, METADATA, bytes("{" + metadata(end) + "}")));
    }
    return events;
  }

  @Override
  public ByteBuf errorEvent(ByteBufAllocator alloc) {
    return EventStreamFrame.modelError(alloc);
  }

  @Override
  public ByteBuf malformedEvent(ByteBufAllocator alloc) {
    return EventStreamFrame.corrupted(
        EventStreamFrame.of(
            alloc,
            BLOCK_DELTA,
            bytes("{\"contentBlockIndex\":0,\"delta\":{\"text\":\" spoilt\"}}")));
  }

  @Override
  public byte[] whole(byte[] reasoning, List<byte[]> contents, AnswerEnd end) {
    String thinking =
        reasoning.length == 0
            ? ""
            : "{\"reasoningContent\":{\"reasoningText\":{\"text\":\""
                + new String(reasoning, UTF_8)
                + "\"}}},";
    return bytes(
        "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":["
            + thinking
            + "{\"text\":\""
            + new String(contents.get(0), UTF_8)
            + "\"}]}},"
            + stopReason(end)
            + ","
            + metadata(end)
            + "}");
  }

  private ByteBuf delta(ByteBufAllocator alloc, boolean reasoning, byte[] text) {
    blockOpen = true;
    blockReasons = reasoning;
    String start = "{\"contentBlockIndex\":" + block + ",\"delta\":{";
    return reasoning
        ? EventStreamFrame.of(
            alloc,
            BLOCK_DELTA,
            bytes(start + "\"reasoningContent\":{\"text\":\""),
            text,
            REASONING_END)
        : EventStreamFrame.of(alloc, BLOCK_DELTA, bytes(start + "\"text\":\""), text, CONTENT_END);
  }

  private ByteBuf blockStop(ByteBufAllocator alloc) {
    return EventStreamFrame.of(alloc, BLOCK_STOP, bytes("{\"contentBlockIndex\":" + block + "}"));
  }

  private static String stopReason(AnswerEnd end) {
    return "\"stopReason\":\"" + end.reason().bedrockWord() + "\"";
  }

  private static String metadata(AnswerEnd end) {
    return end.usage().map(usage -> "\"usage\":" + Bedrock.json(usage, "s") + ",").orElse("")
        + "\"metrics\":{\"latencyMs\":"
        + end.latencyMillis()
        + "}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
