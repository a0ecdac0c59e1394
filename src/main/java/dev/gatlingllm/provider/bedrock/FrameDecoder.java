package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.MalformedAnswerException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Cuts the bytes of an {@code application/vnd.amazon.eventstream} body into frames, wherever the
 * transport happened to cut them. Bytes are copied only when a frame is spread over several
 * buffers.
 *
 * <p>A frame is: total length, length of the headers and the CRC-32 of these two (4 bytes each,
 * big-endian), headers, payload, CRC-32 of everything before. Confined to one thread at a time.
 */
final class FrameDecoder {

  /** Receives the frames in order. */
  @FunctionalInterface
  interface Sink {
    void frame(Frame frame);
  }

  private static final int PRELUDE = 12;
  private static final int CHECKSUM = 4;

  /** The format's own upper bound of a frame. */
  private static final int MAX_FRAME = 24 * 1024 * 1024;

  private final Sink sink;
  private final CRC32 crc = new CRC32();
  private byte[] pending = new byte[0];
  private int pendingLength;

  FrameDecoder(Sink sink) {
    this.sink = sink;
  }

  /** Whether the last frame is incomplete. */
  boolean midFrame() {
    return pendingLength > 0;
  }

  /**
   * Hands every frame that is complete with these bytes to the sink.
   *
   * @throws MalformedAnswerException if lengths are impossible or a checksum does not match; the
   *     decoder is of no use afterwards
   */
  void feed(ByteBuffer buffer) {
    if (pendingLength == 0 && buffer.hasArray()) {
      int from = buffer.arrayOffset() + buffer.position();
      keep(buffer.array(), frames(buffer.array(), from, from + buffer.remaining()), buffer);
    } else {
      append(buffer);
      int rest = frames(pending, 0, pendingLength);
      System.arraycopy(pending, rest, pending, 0, pendingLength - rest);
      pendingLength -= rest;
    }
  }

  private void keep(byte[] bytes, int rest, ByteBuffer buffer) {
    int to = buffer.arrayOffset() + buffer.limit();
    if (rest < to) {
      pending = Arrays.copyOfRange(bytes, rest, to);
      pendingLength = pending.length;
    }
  }

  private void append(ByteBuffer buffer) {
    int needed = pendingLength + buffer.remaining();
    if (needed > pending.length) {
      pending = Arrays.copyOf(pending, Math.max(needed, 2 * pending.length));
    }
    int length = buffer.remaining();
    buffer.duplicate().get(pending, pendingLength, length);
    pendingLength += length;
  }

  /** Returns where the first incomplete frame begins. */
  private int frames(byte[] bytes, int from, int to) {
    int at = from;
    while (to - at >= PRELUDE) {
      int length = checkedLength(bytes, at);
      if (to - at < length) {
        break;
      }
      checkSum(bytes, at, length - CHECKSUM, "frame");
      int headersFrom = at + PRELUDE;
      int payloadFrom = headersFrom + intAt(bytes, at + 4);
      sink.frame(new Frame(bytes, headersFrom, payloadFrom, at + length - CHECKSUM));
      at += length;
    }
    return at;
  }

  private int checkedLength(byte[] bytes, int at) {
    checkSum(bytes, at, PRELUDE - CHECKSUM, "prelude");
    int length = intAt(bytes, at);
    int headers = intAt(bytes, at + 4);
    if (length < PRELUDE + CHECKSUM
        || length > MAX_FRAME
        || headers < 0
        || headers > length - PRELUDE - CHECKSUM) {
      throw new MalformedAnswerException(
          "impossible lengths: frame " + length + ", headers " + headers);
    }
    return length;
  }

  private void checkSum(byte[] bytes, int from, int length, String what) {
    crc.reset();
    crc.update(bytes, from, length);
    if ((int) crc.getValue() != intAt(bytes, from + length)) {
      throw new MalformedAnswerException("the checksum of a " + what + " does not match");
    }
  }

  private static int intAt(byte[] bytes, int at) {
    return (bytes[at] << 24)
        | ((bytes[at + 1] & 0xff) << 16)
        | ((bytes[at + 2] & 0xff) << 8)
        | (bytes[at + 3] & 0xff);
  }
}
