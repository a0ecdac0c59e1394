package dev.gatlingllm.provider.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.SerializedListener;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What the streams of all APIs have in common: each event is a JSON object, but for the mark of the
 * end, heart beats, and errors in plain text. One per call. Not safe for use by several threads.
 */
public abstract class JsonEventDecoder implements AnswerDecoder {

  /** The status of a response that became a stream. */
  protected static final int OK = 200;

  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};
  private static final int LONGEST_DONE = DONE.length + 2;
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  /** What an event is called whose name does not come (HTML standard, 9.2.6). */
  private static final String NO_NAME = "message";

  /** Where an object should be, the words of a server that has failed; no model begins so. */
  private static final Pattern PLAIN_ERROR =
      Pattern.compile(
          "[\\[\\s\\d]*(error|exception|internal server error|bad gateway|service unavailable"
              + "|gateway time-?out)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final int LONGEST_BEAT = 32;
  private static final int LONGEST_MESSAGE = 1_000;
  private static final Set<String> BEATS = Set.of("ping", "pong", "keepalive", "heartbeat");

  /** Hears of the answer. */
  protected final SerializedListener listener;

  private Supplier<String> eventName = () -> "";
  private Optional<ServiceError> lastWords = Optional.empty();
  private int events;

  /** A decoder of one answer. */
  protected JsonEventDecoder(SerializedListener listener) {
    this.listener = listener;
  }

  /** Decodes one object; throws {@link MalformedAnswerException} if it is none. */
  protected abstract void decode(long nanos, byte[] bytes, int offset, int length);

  /** The mark of the end came. */
  protected abstract void done(long nanos);

  @Override
  public final boolean readsObjects() {
    return true;
  }

  @Override
  public final void nameOfEvents(Supplier<String> name) {
    eventName = name;
  }

  @Override
  public final void event(long nanos, byte[] bytes, int offset, int length) {
    try {
      take(nanos, bytes, offset, length);
    } catch (MalformedAnswerException e) {
      noObject(
          nanos,
          new String(bytes, offset, length, UTF_8),
          new Failure(Failure.Kind.MALFORMED, OK, "", e.getMessage()));
    }
  }

  @Override
  public final void lastEvent(long nanos, byte[] bytes, int offset, int length) {
    try {
      take(nanos, bytes, offset, length);
    } catch (MalformedAnswerException e) {
      noObject(
          nanos,
          new String(bytes, offset, length, UTF_8),
          new Failure(Failure.Kind.BROKEN, OK, "", "stream ended inside an event"));
    }
  }

  /** A server that fails may forget that it writes a stream: an error is read, all else is not. */
  @Override
  public final void strayObject(long nanos, byte[] bytes, int offset, int length) {
    ErrorBody.error(bytes, offset, length)
        .ifPresent(said -> listener.failed(nanos, said.inStream(OK)));
  }

  /** The name of the present event; empty if it has none, or the one that stands for none. */
  protected final String eventName() {
    String name = eventName.get();
    return name.equals(NO_NAME) ? "" : name;
  }

  /** Whether the present event is an error by its name. */
  protected final boolean namedError() {
    return eventName().equals("error");
  }

  /** How many events came, without the mark of the end and comments. */
  protected final int events() {
    return events;
  }

  private void take(long nanos, byte[] bytes, int offset, int length) {
    int from = offset;
    int to = offset + length;
    while (from < to && isBlank(bytes[from])) {
      from++;
    }
    while (from < to && isBlank(bytes[to - 1])) {
      to--;
    }
    // Gateways that wrap each line of a service wrap its comments too.
    if (from == to || bytes[from] == ':') {
      return;
    }
    if (isDone(bytes, from, to)) {
      done(nanos);
    } else if (!Arrays.equals(bytes, from, to, NULL, 0, NULL.length)) {
      events++;
      decodeText(nanos, bytes, from, to - from);
    }
  }

  /** The standard reads what is not UTF-8 as U+FFFD: services cut characters in pieces. */
  private void decodeText(long nanos, byte[] bytes, int offset, int length) {
    try {
      decode(nanos, bytes, offset, length);
    } catch (MalformedAnswerException e) {
      byte[] text = new String(bytes, offset, length, UTF_8).getBytes(UTF_8);
      if (Arrays.equals(text, 0, text.length, bytes, offset, offset + length)) {
        throw e;
      }
      decode(nanos, text, 0, text.length);
    }
  }

  /**
   * An object that no API knows. It may be an error in the shape of some gateway: one that cannot
   * be anything else is one, and the words of any other are kept for a stream that ends too soon.
   *
   * @return the error, if it is one for certain
   */
  protected final Optional<ServiceError> unknown(byte[] bytes, int offset, int length) {
    Optional<Object> tree = ErrorBody.tree(bytes, offset, length);
    tree.flatMap(ErrorShapes::of)
        .filter(said -> !said.saysAllIsWell() && !said.message().isEmpty())
        .ifPresent(said -> lastWords = Optional.of(said));
    return tree.flatMap(ErrorShapes::unmistakable);
  }

  /**
   * The stream is over, and the answer is not.
   *
   * @param missing what should have come
   */
  protected final void endedBefore(String missing, long nanos) {
    String message = "stream ended before " + missing + ", after " + events + " events";
    Failure failure =
        lastWords
            .map(said -> new ServiceError(said.code(), message + "; it said: " + said.message()))
            .orElseGet(() -> new ServiceError("", message))
            .inStream(OK);
    listener.failed(nanos, failure);
  }

  private void noObject(long nanos, String data, Failure otherwise) {
    byte[] bytes = data.getBytes(UTF_8);
    Optional<ServiceError> inList =
        ErrorBody.tree(bytes, 0, bytes.length).flatMap(ErrorShapes::unmistakable);
    if (inList.isPresent()) {
      listener.failed(nanos, inList.get().inStream(OK));
    } else if (namedError() || PLAIN_ERROR.matcher(data).lookingAt()) {
      String message = data.substring(0, Math.min(data.length(), LONGEST_MESSAGE));
      listener.failed(nanos, new ServiceError("", message.strip()).inStream(OK));
    } else if (!isBeat(eventName()) && !isBeat(data)) {
      listener.failed(nanos, otherwise);
    }
  }

  private static boolean isBeat(String text) {
    return text.length() <= LONGEST_BEAT
        && BEATS.contains(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
  }

  /** Gateways that write each event anew may quote the mark. */
  private static boolean isDone(byte[] bytes, int from, int to) {
    boolean quoted = to - from == LONGEST_DONE && bytes[from] == '"' && bytes[to - 1] == '"';
    int inset = quoted ? 1 : 0;
    return Arrays.equals(bytes, from + inset, to - inset, DONE, 0, DONE.length);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }
}
