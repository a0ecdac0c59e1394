package dev.gatlingllm.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.zip.CRC32;

/**
 * Frames of {@code application/vnd.amazon.eventstream}: total length, length of the headers, CRC32
 * of these eight bytes, headers, payload, CRC32 of everything before it. All numbers are
 * big-endian.
 */
final class EventStreamFrame {

  static final String MEDIA_TYPE = "application/vnd.amazon.eventstream";

  private static final int PRELUDE = 12;
  private static final int CHECKSUM = 4;
  private static final int STRING_HEADER = 7;
  private static final byte[] MODEL_ERROR = exceptionHeaders("modelStreamErrorException");

  private EventStreamFrame() {}

  /** The headers of an event of this type with a JSON payload. */
  static byte[] eventHeaders(String type) {
    return headers(
        ":event-type", type, ":content-type", "application/json", ":message-type", "event");
  }

  /** The headers of an exception of this type with a JSON payload. */
  static byte[] exceptionHeaders(String type) {
    return headers(
        ":exception-type", type, ":content-type", "application/json", ":message-type", "exception");
  }

  /** One frame. The payload is the given parts, one after the other. */
  static ByteBuf of(ByteBufAllocator alloc, byte[] headers, byte[]... payload) {
    int length = PRELUDE + headers.length + CHECKSUM;
    for (byte[] part : payload) {
      length += part.length;
    }
    ByteBuf frame = alloc.buffer(length);
    frame.writeInt(length).writeInt(headers.length);
    frame.writeInt(checksum(frame)).writeBytes(headers);
    for (byte[] part : payload) {
      frame.writeBytes(part);
    }
    return frame.writeInt(checksum(frame));
  }

  /** A frame that says that the model failed. */
  static ByteBuf modelError(ByteBufAllocator alloc) {
    String json =
        "{\"message\":\"The model failed while it was generating.\",\"originalStatusCode\":500}";
    return of(alloc, MODEL_ERROR, json.getBytes(UTF_8));
  }

  /** Adds a frame, which is released, to others. */
  static void append(ByteBuf frames, ByteBuf frame) {
    frames.writeBytes(frame);
    frame.release();
  }

  /** Spoils the checksum of a frame. */
  static ByteBuf corrupted(ByteBuf frame) {
    int last = frame.writerIndex() - 1;
    return frame.setByte(last, ~frame.getByte(last));
  }

  private static int checksum(ByteBuf written) {
    CRC32 crc = new CRC32();
    crc.update(written.nioBuffer());
    return (int) crc.getValue();
  }

  private static byte[] headers(String... namesAndValues) {
    ByteBuf headers = Unpooled.buffer();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      byte[] name = namesAndValues[i].getBytes(UTF_8);
      byte[] value = namesAndValues[i + 1].getBytes(UTF_8);
      headers.writeByte(name.length).writeBytes(name).writeByte(STRING_HEADER);
      headers.writeShort(value.length).writeBytes(value);
    }
    byte[] bytes = new byte[headers.readableBytes()];
    headers.readBytes(bytes);
    return bytes;
  }
}
