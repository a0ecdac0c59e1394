package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.SerializedListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The body of a successful response, which should be a stream of events, or one JSON object. Its
 * first bytes tell whether it is. Anything else is read for the error it may hold, and named.
 */
final class ExpectedBody implements Answer {

  /** With one of these begins JSON, or a page. */
  private static final String NO_STREAM = "{[<\"";

  private static final Set<String> STREAMS =
      Set.of("", "text/event-stream", "application/octet-stream");

  private static final Set<String> FIELDS = Set.of("", "data", "event", "id", "retry", "error");

  /** Hold the output of an answer: of chat completions, Responses and Messages. */
  private static final Set<String> ANSWERS = Set.of("choices", "output", "content");

  private static final int LONGEST_FIELD = "event".length() + 1;
  private static final int OK = 200;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Answer expected;
  private final boolean streamed;
  private final int status;
  private final BodyType type;
  private final SerializedListener listener;
  private final ByteBlock start = new ByteBlock(LONGEST_FIELD);
  private ByteBlock other = new ByteBlock(0);
  private int ofMark;
  private Shape shape = Shape.UNKNOWN;

  private enum Shape {
    UNKNOWN,
    EXPECTED,
    OTHER
  }

  /**
   * A body.
   *
   * @param expected decodes it if it is what it should be
   * @param streamed whether that is a stream
   */
  ExpectedBody(
      Answer expected, boolean streamed, int status, BodyType type, SerializedListener listener) {
    this.expected = expected;
    this.streamed = streamed;
    this.status = status;
    this.type = type;
    this.listener = listener;
  }

  @Override
  public void bytes(long nanos, ByteBuffer bytes) {
    if (shape == Shape.UNKNOWN) {
      look(nanos, bytes);
    }
    if (shape == Shape.EXPECTED && bytes.hasRemaining()) {
      expected.bytes(nanos, bytes);
    } else if (shape == Shape.OTHER && !other.append(bytes)) {
      judge(nanos);
    }
  }

  /** Takes bytes until the shape shows, and gives those to whoever reads the rest. */
  private void look(long nanos, ByteBuffer bytes) {
    while (shape == Shape.UNKNOWN && bytes.hasRemaining()) {
      byte one = bytes.get();
      if (!start.isEmpty() || !(isBlank(one) || isOfMark(one))) {
        start.append(new byte[] {one}, 0, 1);
        shape = streamed ? streamShape(one) : objectShape();
      }
    }
    if (shape == Shape.EXPECTED) {
      giveStart(nanos);
    } else if (shape == Shape.OTHER) {
      other = new ByteBlock(ErrorBody.LIMIT_BYTES);
      other.append(start.bytes(), 0, start.length());
    }
  }

  private static boolean isBlank(byte one) {
    return one == ' ' || one == '\t' || one == '\r' || one == '\n';
  }

  private boolean isOfMark(byte one) {
    boolean next = ofMark < BYTE_ORDER_MARK.length && one == BYTE_ORDER_MARK[ofMark];
    ofMark += next ? 1 : 0;
    return next;
  }

  private void giveStart(long nanos) {
    expected.bytes(nanos, ByteBuffer.wrap(start.bytes(), 0, start.length()));
  }

  private Shape streamShape(byte last) {
    int first = start.bytes()[0] & 0xFF;
    if (NO_STREAM.indexOf(first) >= 0) {
      return Shape.OTHER;
    }
    if (STREAMS.contains(type.media())) {
      // A stream may begin with fields that nobody knows, which its reader skips.
      return Shape.EXPECTED;
    }
    boolean over = last == ':' || last == '\n' || last == '\r';
    String field = text(start).replaceFirst("[:\\r\\n]$", "");
    if (over) {
      return FIELDS.contains(field) ? Shape.EXPECTED : Shape.OTHER;
    }
    boolean possible = FIELDS.stream().anyMatch(known -> known.startsWith(field));
    return possible ? Shape.UNKNOWN : Shape.OTHER;
  }

  private Shape objectShape() {
    String begun = text(start);
    if (begun.startsWith("<")) {
      return Shape.OTHER;
    }
    if (begun.matches("(?s)(data|event):")) {
      return Shape.OTHER;
    }
    boolean possible = Stream.of("data:", "event:").anyMatch(field -> field.startsWith(begun));
    return possible ? Shape.UNKNOWN : Shape.EXPECTED;
  }

  private static String text(ByteBlock block) {
    return new String(block.bytes(), 0, block.length(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void end(long nanos) {
    if (shape == Shape.OTHER) {
      judge(nanos);
      return;
    }
    if (shape == Shape.UNKNOWN && start.isEmpty() && status != OK) {
      listener.failed(
          nanos,
          new Failure(
              Failure.Kind.REJECTED,
              status,
              "no-body",
              "the service answered " + status + " without a body, so without an answer"));
      return;
    }
    if (shape == Shape.UNKNOWN && !start.isEmpty()) {
      giveStart(nanos);
    }
    expected.end(nanos);
  }

  private void judge(long nanos) {
    Optional<Object> tree = ErrorBody.tree(other.bytes(), other.length());
    Optional<ServiceError> error = tree.filter(one -> !isAnswer(one)).flatMap(ErrorShapes::of);
    listener.failed(
        nanos, error.map(one -> one.insteadOfAnswer(status)).orElseGet(this::unexpected));
  }

  private static boolean isAnswer(Object tree) {
    return tree instanceof Map<?, ?> object
        && object.get("error") == null
        && ANSWERS.stream().anyMatch(object::containsKey);
  }

  private Failure unexpected() {
    String begun = text(other);
    String wanted = streamed ? "a stream" : "one JSON object";
    if (begun.startsWith("<")) {
      return malformed(
          "html-page",
          "a page where "
              + wanted
              + " should be: "
              + type.ofBytes(other.length())
              + "; a proxy, a gateway or a login page may answer instead of the service");
    }
    if (!streamed) {
      return malformed(
          "unwanted-stream",
          "a stream where "
              + wanted
              + " should be; set llm.request.streaming = true to measure the stream");
    }
    boolean whole = ANSWERS.stream().anyMatch(field -> begun.contains('"' + field + '"'));
    return whole
        ? malformed(
            "whole-answer",
            "a whole answer where a stream should be: "
                + type.ofBytes(other.length())
                + "; the service, or a gateway before it, does not stream; set"
                + " llm.request.streaming = false to measure whole answers")
        : malformed(
            "no-stream",
            "no stream of events: "
                + type.ofBytes(other.length())
                + "; does the address belong to this API?");
  }

  private Failure malformed(String code, String message) {
    return new Failure(Failure.Kind.MALFORMED, status, code, message);
  }
}
