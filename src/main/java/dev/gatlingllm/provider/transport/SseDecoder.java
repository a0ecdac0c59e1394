package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.MalformedAnswerException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into server-sent events, as section 9.2 of the HTML standard defines them.
 * The bytes may arrive in pieces split anywhere. Only the {@code data} of an event is kept;
 * comments and other fields are skipped.
 *
 * <p>One per call. Not safe for use by several threads.
 */
public final class SseDecoder {

  /** The longest line, and the most data in one event, that is accepted: 1 MiB. */
  public static final int DEFAULT_LIMIT_BYTES = 1 << 20;

  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] LINE_FEED = {'\n'};

  private final int limitBytes;
  private final Sink sink;
  private final ByteBlock line;
  private final ByteBlock data;
  private byte[] copy = new byte[0];
  private boolean firstLine = true;
  private boolean afterCarriageReturn;
  private boolean hasData;

  // Where the data of the event is, as long as it is one line of the bytes that are being fed: most
  // events come in one piece and need no copy.
  private byte[] held;
  private int heldFrom;
  private int heldTo;

  /** Receives the data of each event. */
  @FunctionalInterface
  public interface Sink {

    /** The data of one event, its lines joined by a line feed. Valid only during this call. */
    void event(byte[] bytes, int offset, int length);
  }

  public SseDecoder(Sink sink) {
    this(DEFAULT_LIMIT_BYTES, sink);
  }

  /**
   * A decoder with another limit.
   *
   * @param limitBytes longest line, and most data in one event, in bytes; at least 1
   */
  public SseDecoder(int limitBytes, Sink sink) {
    if (limitBytes < 1) {
      throw new IllegalArgumentException("limitBytes must be >= 1, was " + limitBytes);
    }
    this.limitBytes = limitBytes;
    this.sink = sink;
    this.line = new ByteBlock(limitBytes);
    this.data = new ByteBlock(limitBytes);
  }

  /** Decodes the remaining bytes. The buffer's position is left as it was. */
  public void feed(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (bytes.hasArray()) {
      feed(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
      return;
    }
    if (copy.length < length) {
      copy = new byte[length];
    }
    bytes.duplicate().get(copy, 0, length);
    feed(copy, 0, length);
  }

  /**
   * Decodes a piece of an array.
   *
   * @throws RuntimeException if a line or an event is longer than the limit, or the sink throws;
   *     the decoder must not be used afterwards
   */
  public void feed(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int lineStart = offset;
    for (int i = offset; i < end; i++) {
      byte b = bytes[i];
      // Most bytes are above both; those of UTF-8 sequences are below zero.
      if (b > '\r' || b < 0) {
        continue;
      }
      if (b == '\n' && i == lineStart && afterCarriageReturn) {
        lineStart = i + 1;
        afterCarriageReturn = false;
      } else if (b == '\n' || b == '\r') {
        lineEnded(bytes, lineStart, i);
        afterCarriageReturn = b == '\r';
        lineStart = i + 1;
      }
    }
    if (lineStart < end) {
      afterCarriageReturn = false;
      keep(line, bytes, lineStart, end, "line");
    }
    holdOn();
  }

  /**
   * The stream is over: takes an unfinished line, and then an unfinished event, as finished. The
   * standard drops them; services exist that leave out the last empty line.
   */
  public void end() {
    if (!line.isEmpty()) {
      lineEnded(line.bytes(), 0, 0);
    }
    dispatch();
  }

  private void lineEnded(byte[] bytes, int from, int to) {
    if (line.isEmpty()) {
      if (to - from > limitBytes) {
        throw tooLong("line");
      }
      takeLine(bytes, from, to);
      return;
    }
    keep(line, bytes, from, to, "line");
    takeLine(line.bytes(), 0, line.length());
    holdOn();
    line.clear();
  }

  private void takeLine(byte[] bytes, int from, int to) {
    int start = firstLine ? afterByteOrderMark(bytes, from, to) : from;
    firstLine = false;
    if (start == to) {
      dispatch();
    } else if (isData(bytes, start, to)) {
      takeData(bytes, start + DATA.length, to);
    }
  }

  private void takeData(byte[] bytes, int from, int to) {
    int start = from;
    if (start < to) {
      start++;
    }
    if (start < to && bytes[start] == ' ') {
      start++;
    }
    if (hasData) {
      holdOn();
      keep(data, LINE_FEED, 0, 1, "event");
      keep(data, bytes, start, to, "event");
    } else {
      held = bytes;
      heldFrom = start;
      heldTo = to;
      hasData = true;
    }
  }

  /** Copies the data that is still where it came: those bytes are about to go. */
  private void holdOn() {
    if (held != null) {
      keep(data, held, heldFrom, heldTo, "event");
      held = null;
    }
  }

  private void dispatch() {
    if (!hasData) {
      return;
    }
    hasData = false;
    try {
      if (held == null) {
        sink.event(data.bytes(), 0, data.length());
      } else {
        sink.event(held, heldFrom, heldTo - heldFrom);
      }
    } finally {
      held = null;
      data.clear();
    }
  }

  private static boolean isData(byte[] bytes, int from, int to) {
    int length = to - from;
    boolean bare = length == DATA.length;
    boolean named = length > DATA.length && bytes[from + DATA.length] == ':';
    return (bare || named) && Arrays.equals(bytes, from, from + DATA.length, DATA, 0, DATA.length);
  }

  private static int afterByteOrderMark(byte[] bytes, int from, int to) {
    boolean marked =
        to - from >= 3
            && bytes[from] == (byte) 0xEF
            && bytes[from + 1] == (byte) 0xBB
            && bytes[from + 2] == (byte) 0xBF;
    return marked ? from + 3 : from;
  }

  private void keep(ByteBlock block, byte[] bytes, int from, int to, String what) {
    if (!block.append(bytes, from, to)) {
      throw tooLong(what);
    }
  }

  private MalformedAnswerException tooLong(String what) {
    return new MalformedAnswerException(what + " of the stream exceeds " + limitBytes + " bytes");
  }
}
