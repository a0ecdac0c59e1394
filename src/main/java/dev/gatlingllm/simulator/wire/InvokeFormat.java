package dev.gatlingllm.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Base64;
import java.util.List;

/** Bedrock's InvokeModel: the model's own JSON, in base64 in an event stream. */
final class InvokeFormat implements WireFormat {

  private static final byte[] CHUNK = EventStreamFrame.eventHeaders("chunk");

  /** Bedrock pads its chunks, so that their lengths say nothing about the text. */
  private static final byte[] END = "\",\"p\":\"abcdefghijklmnop\"}".getBytes(UTF_8);

  private static final byte[] START = "{\"bytes\":\"".getBytes(UTF_8);

  private final ModelAnswer body;

  InvokeFormat(ModelAnswer body) {
    this.body = body;
  }

  @Override
  public String streamType() {
    return EventStreamFrame.MEDIA_TYPE;
  }

  @Override
  public ByteBuf opening(ByteBufAllocator alloc) {
    return frames(alloc, body.opening());
  }

  @Override
  public ByteBuf chunk(ByteBufAllocator alloc, int choice, boolean reasoning, byte[] text) {
    return frames(alloc, body.chunk(reasoning, new String(text, UTF_8)));
  }

  @Override
  public ByteBuf closing(ByteBufAllocator alloc, AnswerEnd end) {
    String metrics = end.usage().map(usage -> "," + metrics(usage, end)).orElse("");
    List<String> events = body.closing(end, metrics);
    return frames(alloc, end.terminated() ? events : events.subList(0, events.size() - 1));
  }

  @Override
  public ByteBuf errorEvent(ByteBufAllocator alloc) {
    return EventStreamFrame.modelError(alloc);
  }

  @Override
  public ByteBuf malformedEvent(ByteBufAllocator alloc) {
    return EventStreamFrame.corrupted(frame(alloc, "{}"));
  }

  @Override
  public byte[] whole(byte[] reasoning, List<byte[]> contents, AnswerEnd end) {
    return body.whole(new String(reasoning, UTF_8), new String(contents.get(0), UTF_8), end)
        .getBytes(UTF_8);
  }

  @Override
  public void addHeaders(HttpHeaders headers, AnswerEnd end) {
    headers.set("x-amzn-bedrock-invocation-latency", end.latencyMillis());
    end.usage()
        .ifPresent(
            usage ->
                headers
                    .set("x-amzn-bedrock-input-token-count", usage.input() - usage.cached())
                    .set("x-amzn-bedrock-output-token-count", usage.output())
                    .set("x-amzn-bedrock-cache-read-input-token-count", usage.cached())
                    .set("x-amzn-bedrock-cache-write-input-token-count", 0));
  }

  private static String metrics(Usage usage, AnswerEnd end) {
    return Json.of(
        """
    "amazon-bedrock-invocationMetrics":{"inputTokenCount":%d,"outputTokenCount":%d,\
    "invocationLatency":%d,"firstByteLatency":%d,"cacheReadInputTokenCount":%d,\
    "cacheWriteInputTokenCount":0}\
    """,
        usage.input() - usage.cached(),
        usage.output(),
        end.latencyMillis(),
        Math.min(1, end.latencyMillis()),
        usage.cached());
  }

  private static ByteBuf frames(ByteBufAllocator alloc, List<String> events) {
    ByteBuf frames = alloc.buffer();
    for (String event : events) {
      EventStreamFrame.append(frames, frame(alloc, event));
    }
    return frames;
  }

  private static ByteBuf frame(ByteBufAllocator alloc, String event) {
    return EventStreamFrame.of(
        alloc, CHUNK, START, Base64.getEncoder().encode(event.getBytes(UTF_8)), END);
  }
}
