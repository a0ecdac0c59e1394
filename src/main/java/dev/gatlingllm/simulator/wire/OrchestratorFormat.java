package dev.gatlingllm.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * The answers of a RAG orchestrator: a JSON object with {@code conversation_id} and {@code answer},
 * server-sent events with an object of both for each piece, or plain text that begins with the id
 * and a blank.
 */
final class OrchestratorFormat implements WireFormat {

  private static final String DONE = "data: [DONE]\n\n";
  private static final String ERROR = "data: {\"error\":\"the orchestrator failed\"}\n\n";
  private static final String CUT_JSON = "data: {\"answer\":\n\n";
  private static final String PING = ": ping\n\n";

  private final boolean plainText;
  private final String id;

  /**
   * The format of one answer.
   *
   * @param id the id of the conversation
   */
  OrchestratorFormat(boolean plainText, String id) {
    this.plainText = plainText;
    this.id = id;
  }

  @Override
  public String streamType() {
    return plainText ? "text/plain; charset=utf-8" : "text/event-stream; charset=utf-8";
  }

  @Override
  public ByteBuf opening(ByteBufAllocator alloc) {
    return plainText ? bytes(id + " ") : event("");
  }

  @Override
  public ByteBuf chunk(ByteBufAllocator alloc, int choice, boolean reasoning, byte[] text) {
    return plainText ? Unpooled.wrappedBuffer(text) : event(new String(text, UTF_8));
  }

  @Override
  public ByteBuf closing(ByteBufAllocator alloc, AnswerEnd end) {
    return plainText || !end.terminated() ? Unpooled.EMPTY_BUFFER : bytes(DONE);
  }

  @Override
  public ByteBuf errorEvent(ByteBufAllocator alloc) {
    return bytes(plainText ? " Internal server error" : ERROR);
  }

  @Override
  public ByteBuf malformedEvent(ByteBufAllocator alloc) {
    return plainText ? Unpooled.EMPTY_BUFFER : bytes(CUT_JSON);
  }

  @Override
  public ByteBuf keepAlive(ByteBufAllocator alloc) {
    return plainText ? Unpooled.EMPTY_BUFFER : bytes(PING);
  }

  @Override
  public byte[] whole(byte[] reasoning, List<byte[]> contents, AnswerEnd end) {
    return object(new String(contents.get(0), UTF_8)).getBytes(UTF_8);
  }

  private ByteBuf event(String text) {
    return bytes("data: " + object(text) + "\n\n");
  }

  private String object(String text) {
    return "{\"conversation_id\":\"" + id + "\",\"answer\":\"" + text + "\"}";
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, UTF_8);
  }
}
