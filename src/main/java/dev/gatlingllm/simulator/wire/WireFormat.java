package dev.gatlingllm.simulator.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * The answer to one call as bytes. Made for one call, whose constant parts it prepares; confined to
 * the call's event loop. Texts are UTF-8 without anything that JSON would escape.
 */
public interface WireFormat {

  /** Content type of the stream. */
  String streamType();

  /** The events before the first chunk. */
  ByteBuf opening(ByteBufAllocator alloc);

  /**
   * One event with model output.
   *
   * @param choice which of the answers that were asked for, from 0
   */
  ByteBuf chunk(ByteBufAllocator alloc, int choice, boolean reasoning, byte[] text);

  /** The events after the last chunk. */
  ByteBuf closing(ByteBufAllocator alloc, AnswerEnd end);

  /** An event that says that the model failed. */
  ByteBuf errorEvent(ByteBufAllocator alloc);

  /** An event with model output that cannot be decoded. */
  ByteBuf malformedEvent(ByteBufAllocator alloc);

  /** Something that every reader skips; nothing where the format has no such thing. */
  default ByteBuf keepAlive(ByteBufAllocator alloc) {
    return Unpooled.EMPTY_BUFFER;
  }

  /**
   * The answer in one piece of JSON.
   *
   * @param contents the text of each answer that was asked for
   */
  byte[] whole(byte[] reasoning, List<byte[]> contents, AnswerEnd end);

  /** Adds to the headers of an answer in one piece what the format says there. */
  default void addHeaders(HttpHeaders headers, AnswerEnd end) {}

  /** Makes the format of the answer to one request. */
  interface Factory {
    /**
     * The format of an answer.
     *
     * @param usage what is known of its tokens before it begins; empty to say nothing of them
     */
    WireFormat of(String requestId, Optional<Usage> usage);
  }
}
