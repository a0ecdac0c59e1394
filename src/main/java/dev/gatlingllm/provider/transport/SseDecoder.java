package dev.gatlingllm.provider.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.provider.AnswerLimits;
import dev.gatlingllm.provider.MalformedAnswerException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into server-sent events, as section 9.2 of the HTML standard defines them.
 * The bytes may arrive in pieces split anywhere. Only the {@code data} and the name of an event are
 * kept; comments and other fields are skipped.
 *
 * <p>One per call. Not safe for use by several threads.
 */
public final class SseDecoder {

  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
  private static final int LONGEST_NAME = 64;
  private static final byte[] ERROR = {'e', 'r', 'r', 'o', 'r'};
  private static final byte[] LINE_FEED = {'\n'};

  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  private final int limitBytes;
  private final boolean objects;
  private final Sink sink;
  private final ByteBlock line;
  private final ByteBlock data;
  private byte[] copy = new byte[0];
  private byte[] name = new byte[0];
  private int nameLength;
  private boolean firstLine = true;
  private boolean afterCarriageReturn;
  private boolean hasData;
  private boolean dataWaits;

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

    /**
     * A line that begins with a brace, which no field does, or the value of a field {@code error},
     * which the standard does not know. Valid only during this call.
     */
    default void strayObject(byte[] bytes, int offset, int length) {}

    /** Data has come, and whether its event is over only later bytes will tell. */
    default void dataWaits() {}

    /**
     * As {@link #event}, of data that was whole when {@link #dataWaits} was called last: no empty
     * line followed, but the next event.
     */
    default void waitingEvent(byte[] bytes, int offset, int length) {
      event(bytes, offset, length);
    }
  }

  public SseDecoder(Sink sink) {
    this(AnswerLimits.DEFAULT.eventBytes(), sink);
  }

  /**
   * A decoder with another limit.
   *
   * @param limitBytes longest line, and most data in one event, in bytes; at least 1
   */
  public SseDecoder(int limitBytes, Sink sink) {
    this(limitBytes, false, sink);
  }

  /**
   * A decoder of events that are JSON objects, the mark {@code [DONE]} aside.
   *
   * @param objects whether they are. Then the empty lines between them may be missing: an object
   *     that is over and one that begins on the next line are never two lines of one. The first is
   *     told when the second comes.
   */
  SseDecoder(int limitBytes, boolean objects, Sink sink) {
    if (limitBytes < 1) {
      throw new IllegalArgumentException("limitBytes must be >= 1, was " + limitBytes);
    }
    this.limitBytes = limitBytes;
    this.objects = objects;
    this.sink = sink;
    this.line = new ByteBlock(limitBytes);
    this.data = new ByteBlock(limitBytes);
  }

  /**
   * The name of the present event, of which no more than 64 bytes are kept; empty if it has none.
   */
  public String name() {
    return nameLength == 0 ? "" : new String(name, 0, nameLength, UTF_8);
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
    if (hasData && !dataWaits) {
      dataWaits = true;
      sink.dataWaits();
    }
  }

  /**
   * The stream is over: takes an unfinished line, and then an unfinished event, as finished. The
   * standard drops them; services exist that leave out the last empty line.
   */
  public void end() {
    if (!line.isEmpty()) {
      lineEnded(line.bytes(), 0, 0);
    }
    dispatch(true);
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
      dispatch(true);
    } else if (isField(DATA, bytes, start, to)) {
      takeData(bytes, valueFrom(start + DATA.length, bytes, to), to);
    } else if (isField(EVENT, bytes, start, to)) {
      takeName(bytes, valueFrom(start + EVENT.length, bytes, to), to);
    } else if (bytes[start] == '{') {
      sink.strayObject(bytes, start, to - start);
    } else if (isField(ERROR, bytes, start, to)) {
      // llama.cpp's own field.
      int value = valueFrom(start + ERROR.length, bytes, to);
      sink.strayObject(bytes, value, to - value);
    }
  }

  private void takeName(byte[] bytes, int from, int to) {
    if (name.length == 0) {
      name = new byte[LONGEST_NAME];
    }
    nameLength = Math.min(LONGEST_NAME, to - from);
    System.arraycopy(bytes, from, name, 0, nameLength);
  }

  /** Behind the colon and one space. */
  private static int valueFrom(int colon, byte[] bytes, int to) {
    int start = colon < to ? colon + 1 : colon;
    return start < to && bytes[start] == ' ' ? start + 1 : start;
  }

  private void takeData(byte[] bytes, int start, int to) {
    if (hasData && objects && isOver() && begins(bytes, start, to)) {
      dispatch(false);
    }
    if (hasData) {
      holdOn();
      keep(data, LINE_FEED, 0, 1, "event");
      keep(data, bytes, start, to, "event");
      dataWaits = false;
    } else {
      held = bytes;
      heldFrom = start;
      heldTo = to;
      hasData = true;
    }
  }

  /** Whether the data so far ends as an object does. */
  private boolean isOver() {
    return held == null
        ? isObjectEnd(data.bytes(), 0, data.length())
        : isObjectEnd(held, heldFrom, heldTo);
  }

  private static boolean isObjectEnd(byte[] bytes, int from, int to) {
    int last = to - 1;
    while (last > from && (bytes[last] == ' ' || bytes[last] == '\t')) {
      last--;
    }
    return last > from && bytes[last] == '}';
  }

  /** Whether an object, or the mark of the end, begins there. */
  private static boolean begins(byte[] bytes, int start, int to) {
    int first = start;
    while (first < to && (bytes[first] == ' ' || bytes[first] == '\t')) {
      first++;
    }
    return first < to
        && (bytes[first] == '{'
            || Arrays.equals(
                bytes, first, Math.min(to, first + DONE.length), DONE, 0, DONE.length));
  }

  /** Copies the data that is still where it came: those bytes are about to go. */
  private void holdOn() {
    if (held != null) {
      keep(data, held, heldFrom, heldTo, "event");
      held = null;
    }
  }

  private void dispatch(boolean byEmptyLine) {
    if (!hasData) {
      nameLength = 0;
      return;
    }
    hasData = false;
    try {
      if (dataWaits && !byEmptyLine) {
        sink.waitingEvent(data.bytes(), 0, data.length());
      } else if (held == null) {
        sink.event(data.bytes(), 0, data.length());
      } else {
        sink.event(held, heldFrom, heldTo - heldFrom);
      }
    } finally {
      held = null;
      dataWaits = false;
      nameLength = 0;
      data.clear();
    }
  }

  private static boolean isField(byte[] field, byte[] bytes, int from, int to) {
    int length = to - from;
    boolean bare = length == field.length;
    boolean named = length > field.length && bytes[from + field.length] == ':';
    return (bare || named)
        && Arrays.equals(bytes, from, from + field.length, field, 0, field.length);
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
    return new MalformedAnswerException(
        what
            + " of the stream exceeds "
            + limitBytes
            + " bytes; llm.limit.eventBytes raises the limit");
  }
}
