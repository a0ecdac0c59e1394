package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.SerializedListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import java.nio.ByteBuffer;

/**
 * A body that comes compressed with gzip (RFC 1952) or deflate (RFC 1950, or RFC 1951 as some
 * servers send it), decompressed as it comes. Nothing asks for compression; some gateways compress
 * all the same.
 */
final class InflatedBody implements Answer {

  /** Deflate makes a thousand times as much of it at most. */
  private static final int PIECE_BYTES = 4 * 1024;

  private final Answer plain;
  private final SerializedListener listener;
  private final EmbeddedChannel inflater;

  InflatedBody(Answer plain, boolean gzip, SerializedListener listener) {
    this.plain = plain;
    this.listener = listener;
    this.inflater =
        new EmbeddedChannel(
            gzip ? new JdkZlibDecoder(true, 0) : new JdkZlibDecoder(ZlibWrapper.ZLIB_OR_NONE, 0));
  }

  @Override
  public void bytes(long nanos, ByteBuffer bytes) {
    try {
      ByteBuf compressed = Unpooled.wrappedBuffer(bytes);
      while (compressed.isReadable() && !listener.ended()) {
        int length = Math.min(PIECE_BYTES, compressed.readableBytes());
        inflater.writeInbound(compressed.readRetainedSlice(length));
        passOn(nanos);
      }
    } catch (DecompressionException ignored) {
      throw new MalformedAnswerException("the compressed body cannot be decompressed");
    } finally {
      if (listener.ended()) {
        free();
      }
    }
  }

  private void passOn(long nanos) {
    for (ByteBuf piece = inflater.readInbound(); piece != null; piece = inflater.readInbound()) {
      try {
        plain.bytes(nanos, piece.nioBuffer());
      } finally {
        piece.release();
      }
    }
  }

  @Override
  public void end(long nanos) {
    free();
    plain.end(nanos);
  }

  private void free() {
    inflater.finishAndReleaseAll();
  }
}
