package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.SerializedListener;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A body that comes compressed with gzip (RFC 1952) or deflate (RFC 1950, or RFC 1951 as some
 * servers send it), decompressed as it comes. Nothing asks for compression; some gateways compress
 * all the same.
 */
final class InflatedBody implements Answer {

  private static final int PIECE_BYTES = 8 * 1024;
  private static final int MAGIC_1 = 0x1F;
  private static final int MAGIC_2 = 0x8B;
  private static final int TRAILER_BYTES = 8;

  private final Answer plain;
  private final boolean gzip;
  private final SerializedListener listener;
  private final GzipHeader header = new GzipHeader();
  private Inflater inflater;
  private int trailerLeft;

  InflatedBody(Answer plain, boolean gzip, SerializedListener listener) {
    this.plain = plain;
    this.gzip = gzip;
    this.listener = listener;
  }

  @Override
  public void bytes(long nanos, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining() && !listener.ended()) {
        if (trailerLeft > 0) {
          bytes.get();
          trailerLeft--;
        } else if (inflater == null) {
          begin(bytes);
        } else {
          inflate(nanos, bytes);
        }
      }
    } catch (DataFormatException ignored) {
      throw new MalformedAnswerException("the compressed body cannot be decompressed");
    } finally {
      if (listener.ended()) {
        free();
      }
    }
  }

  private void begin(ByteBuffer bytes) {
    if (gzip) {
      if (header.isOver(bytes)) {
        inflater = new Inflater(true);
      }
    } else {
      // The first byte of RFC 1950 says deflate with a window of 32 KiB at most.
      boolean zlib = (bytes.get(bytes.position()) & 0x0F) == 8;
      inflater = new Inflater(!zlib);
    }
  }

  private void inflate(long nanos, ByteBuffer bytes) throws DataFormatException {
    inflater.setInput(bytes);
    byte[] piece = new byte[PIECE_BYTES];
    int length;
    while ((length = inflater.inflate(piece)) > 0 && !listener.ended()) {
      plain.bytes(nanos, ByteBuffer.wrap(piece, 0, length));
    }
    if (inflater.finished()) {
      free();
      header.restart();
      trailerLeft = gzip ? TRAILER_BYTES : Integer.MAX_VALUE;
    } else if (inflater.needsDictionary()) {
      throw new DataFormatException();
    }
  }

  @Override
  public void end(long nanos) {
    free();
    plain.end(nanos);
  }

  private void free() {
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
  }

  /** What stands before the compressed bytes; it may come in pieces. */
  private static final class GzipHeader {

    private static final int FIXED_BYTES = 10;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int FLAG_CHECKSUM = 2;

    private int count;
    private int flags;
    private int extraLeft;
    private int extraLengthBytes;

    void restart() {
      count = 0;
      flags = 0;
      extraLeft = 0;
      extraLengthBytes = 0;
    }

    /** Takes bytes of the header, and says whether it is over. */
    boolean isOver(ByteBuffer bytes) {
      while (bytes.hasRemaining() && !complete()) {
        take(bytes.get() & 0xFF);
      }
      return complete();
    }

    private boolean complete() {
      return count >= FIXED_BYTES && flags == 0 && extraLeft == 0;
    }

    private void take(int one) {
      if (count < FIXED_BYTES) {
        takeFixed(one);
      } else if ((flags & FLAG_EXTRA) != 0) {
        takeExtra(one);
      } else if ((flags & (FLAG_NAME | FLAG_COMMENT)) != 0) {
        if (one == 0) {
          flags &= (flags & FLAG_NAME) != 0 ? ~FLAG_NAME : ~FLAG_COMMENT;
        }
      } else if (++extraLengthBytes == 2) {
        flags = 0;
      }
    }

    private void takeFixed(int one) {
      boolean wrong = (count == 0 && one != MAGIC_1) || (count == 1 && one != MAGIC_2);
      if (wrong) {
        throw new MalformedAnswerException("the body should be compressed with gzip and is not");
      }
      if (count == 3) {
        flags = one & (FLAG_EXTRA | FLAG_NAME | FLAG_COMMENT | FLAG_CHECKSUM);
      }
      count++;
    }

    private void takeExtra(int one) {
      if (extraLengthBytes < 2) {
        extraLeft |= one << (8 * extraLengthBytes);
        extraLengthBytes++;
      } else {
        extraLeft--;
      }
      if (extraLengthBytes == 2 && extraLeft == 0) {
        flags &= ~FLAG_EXTRA;
        extraLengthBytes = 0;
      }
    }
  }
}
