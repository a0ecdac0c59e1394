package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.JsonTexts;
import dev.gatlingllm.provider.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.zip.CRC32;
import software.amazon.awssdk.eventstream.HeaderValue;

/** An event stream drawn at random, and what must be heard of it. */
public final class FrameStream {

  /** Told when the body is over, not by any byte of it. */
  static final int AT_THE_END = Integer.MAX_VALUE;

  /**
   * One event that must be heard.
   *
   * @param complete how many bytes of the stream must have come
   */
  record Expected(String text, int complete) {}

  private static final int PRELUDE = 12;

  private final SplittableRandom random;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Expected> expected = new ArrayList<>();
  private boolean thought;

  private FrameStream(SplittableRandom random) {
    this.random = random;
  }

  /** A stream that ends in one of the ways a stream can end. */
  public static FrameStream draw(SplittableRandom random) {
    FrameStream stream = new FrameStream(random);
    int events = random.nextInt(12);
    for (int i = 0; i < events; i++) {
      stream.event();
    }
    stream.ending();
    return stream;
  }

  /** The stream. */
  public byte[] bytes() {
    return bytes.toByteArray();
  }

  List<Expected> expected() {
    return expected;
  }

  private void event() {
    String text = JsonTexts.text(random);
    String quoted = JsonTexts.quoted(text, random);
    switch (random.nextInt(11)) {
      case 0 -> event("messageStart", "{\"role\":\"assistant\"}");
      case 1, 2 -> delta("{\"text\":" + quoted + "}", "CONTENT " + text);
      case 3 -> {
        delta("{\"reasoningContent\":{¤\"text\":" + quoted + "}}", "REASONING " + text);
        thought = true;
      }
      case 4 -> delta("{\"toolUse\":{\"input\":¤" + quoted + "}}", "TOOL_CALL " + text);
      case 5 -> delta("{\"reasoningContent\":{\"signature\":" + quoted + "}}", seal());
      case 6 -> event("inventedLater", random.nextBoolean() ? "not even JSON" : "");
      case 7 -> {
        event("contentBlockStop", "{\"contentBlockIndex\":0}");
        thought = false;
      }
      case 8 ->
          delta("{\"reasoningContent\":{\"redactedContent\":¤\"AAAA\"}}", "REASONING without text");
      case 9 ->
          event(
              "contentBlockStart",
              "{\"start\":{\"toolUse\":¤{\"name\":" + quoted + "}}}",
              "TOOL_CALL without text");
      default ->
          delta("{\"text\":" + JsonTexts.quoted(huge(text), random) + "}", "CONTENT " + huge(text));
    }
  }

  /** Seals what was shown, or stands for what was not. */
  private String[] seal() {
    return thought ? new String[0] : new String[] {"REASONING without text"};
  }

  private static String huge(String text) {
    return text.repeat(200);
  }

  private void ending() {
    switch (random.nextInt(9)) {
      case 0, 1 -> {
        event("messageStop", "{\"stopReason\":\"end_turn\"}", "finish end_turn");
        usage();
        expected.add(new Expected("completed", AT_THE_END));
      }
      case 2 ->
          expected.add(
              new Expected(
                  "failed BROKEN : the stream ended before the model stopped", AT_THE_END));
      case 3 -> {
        bytes.write(frame("messageStop", "{}"), 0, 30);
        expected.add(new Expected("failed BROKEN : the stream ended within a frame", AT_THE_END));
      }
      case 4 -> {
        add(
            Frames.exception("throttlingException", "{\"message\":\"Too many\"}"),
            "failed THROTTLED throttlingException: Too many");
        eventThatNobodyHears();
      }
      case 5 -> {
        event(
            "contentBlockDelta",
            "{\"delta\":{\"text\":\"cut",
            "failed MALFORMED : the payload of contentBlockDelta is not valid JSON");
        eventThatNobodyHears();
      }
      case 6 -> {
        byte[] wrong = frame("messageStop", "{}");
        wrong[PRELUDE + random.nextInt(wrong.length - PRELUDE)] ^= (byte) (1 << random.nextInt(8));
        add(wrong, "failed MALFORMED : the checksum of a frame does not match");
        eventThatNobodyHears();
      }
      case 7 -> {
        byte[] wrong = frame("messageStop", "{}");
        wrong[random.nextInt(PRELUDE)] ^= (byte) (1 << random.nextInt(8));
        malformedPrelude(wrong, "the checksum of a prelude does not match");
      }
      default -> impossibleLengths();
    }
  }

  private void impossibleLengths() {
    int length = random.nextBoolean() ? random.nextInt(16) : random.nextInt(24 << 20, 1 << 30) + 1;
    int headers = random.nextInt(-5, 50);
    ByteBuffer prelude = ByteBuffer.allocate(PRELUDE).putInt(length).putInt(headers);
    CRC32 crc = new CRC32();
    crc.update(prelude.array(), 0, 8);
    malformedPrelude(
        prelude.putInt((int) crc.getValue()).array(),
        "impossible lengths: frame " + length + ", headers " + headers);
  }

  private void malformedPrelude(byte[] frame, String reason) {
    expected.add(new Expected("failed MALFORMED : " + reason, bytes.size() + PRELUDE));
    bytes.writeBytes(frame);
    eventThatNobodyHears();
  }

  private void usage() {
    if (random.nextBoolean()) {
      TokenUsage usage =
          new TokenUsage(
              OptionalLong.of(12),
              OptionalLong.of(2),
              OptionalLong.empty(),
              OptionalLong.of(5),
              OptionalLong.empty());
      event(
          "metadata",
          "{\"usage\":{\"inputTokens\":10,¤\"cacheReadInputTokens\":2,\"outputTokens\":5}}",
          usage.toString());
    }
  }

  private void eventThatNobodyHears() {
    int before = expected.size();
    event();
    expected.subList(before, expected.size()).clear();
  }

  private void delta(String delta, String... heard) {
    event("contentBlockDelta", "{\"contentBlockIndex\":0,¤\"delta\":" + delta + "}", heard);
  }

  private void event(String type, String payload, String... heard) {
    add(frame(type, JsonTexts.spaced(payload, random)), heard);
  }

  private void add(byte[] frame, String... heard) {
    bytes.writeBytes(frame);
    for (String text : heard) {
      expected.add(new Expected(text, bytes.size()));
    }
  }

  private byte[] frame(String type, String payload) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    otherHeaders(headers, "a");
    headers.put(":message-type", HeaderValue.fromString("event"));
    otherHeaders(headers, "b");
    headers.put(":event-type", HeaderValue.fromString(type));
    otherHeaders(headers, "c");
    return Frames.encoded(headers, payload);
  }

  private void otherHeaders(Map<String, HeaderValue> headers, String prefix) {
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      headers.put(prefix + i, header());
    }
  }

  private HeaderValue header() {
    return switch (random.nextInt(7)) {
      case 0 -> HeaderValue.fromBoolean(random.nextBoolean());
      case 1 -> HeaderValue.fromInteger(random.nextInt());
      case 2 -> HeaderValue.fromLong(random.nextLong());
      case 3 -> HeaderValue.fromByteArray(new byte[1 + random.nextInt(300)]);
      case 4 -> HeaderValue.fromTimestamp(Instant.ofEpochMilli(random.nextInt()));
      case 5 -> HeaderValue.fromUuid(new UUID(random.nextLong(), random.nextLong()));
      default -> HeaderValue.fromString(JsonTexts.text(random));
    };
  }
}
