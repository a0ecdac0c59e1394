package dev.gatlingllm.provider.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.OutputKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The body of an application's response, decoded as it comes. Tells its text to a listener, and the
 * value to be kept to a consumer, but not its end. Confined to one thread.
 */
sealed interface AppAnswer {

  ObjectMapper JSON = new ObjectMapper();

  /**
   * A piece of the body, with the instant at which it left the transport.
   *
   * @throws MalformedResponseException if it does not follow its format
   */
  void bytes(long nanos, ByteBuffer bytes);

  /** The body is over. */
  void end();

  /** The decoding that a format needs. */
  static AppAnswer of(AppFormat format, CallListener listener, Consumer<String> keep) {
    if (format instanceof AppFormat.Json json) {
      return new Whole(json, listener, keep);
    }
    if (format instanceof AppFormat.Events events) {
      return new Events(events, listener, keep);
    }
    return new PlainText(((AppFormat.Text) format).kept(), listener, keep);
  }

  private static void tell(CallListener listener, long nanos, String text) {
    if (!text.isEmpty()) {
      listener.output(nanos, OutputKind.CONTENT, text);
    }
  }

  private static JsonNode parsed(byte[] bytes, int offset, int length) {
    try {
      return JSON.readTree(bytes, offset, length);
    } catch (JacksonException e) {
      // Without the parser's message: it may quote the answer.
      throw new MalformedResponseException(
          "not JSON near byte " + e.getLocation().getByteOffset() + " of " + length);
    } catch (IOException e) {
      throw new MalformedResponseException("not JSON");
    }
  }

  /** One JSON object. */
  final class Whole implements AppAnswer {
    private final AppFormat.Json format;
    private final CallListener listener;
    private final Consumer<String> keep;
    private final ByteBlock body = new ByteBlock(Answer.LIMIT_BYTES);
    private long lastNanos;

    private Whole(AppFormat.Json format, CallListener listener, Consumer<String> keep) {
      this.format = format;
      this.listener = listener;
      this.keep = keep;
    }

    @Override
    public void bytes(long nanos, ByteBuffer bytes) {
      lastNanos = nanos;
      if (!body.append(bytes)) {
        throw new MalformedResponseException("the answer exceeds " + Answer.LIMIT_BYTES + " bytes");
      }
    }

    @Override
    public void end() {
      if (body.isEmpty()) {
        return;
      }
      JsonNode object = parsed(body.bytes(), 0, body.length());
      format.kept().in(object).ifPresent(keep);
      format.text().in(object).ifPresent(text -> tell(listener, lastNanos, text));
    }
  }

  /** Server-sent events. */
  final class Events implements AppAnswer {
    private static final String LAST = "[DONE]";

    private final AppFormat.Events format;
    private final CallListener listener;
    private final Consumer<String> keep;
    private final SseDecoder events = new SseDecoder(this::event);
    private long nanos;

    private Events(AppFormat.Events format, CallListener listener, Consumer<String> keep) {
      this.format = format;
      this.listener = listener;
      this.keep = keep;
    }

    @Override
    public void bytes(long pieceNanos, ByteBuffer bytes) {
      nanos = pieceNanos;
      events.feed(bytes);
    }

    @Override
    public void end() {
      events.end();
    }

    private void event(byte[] bytes, int offset, int length) {
      if (length > 0 && bytes[offset] == '{') {
        JsonNode object = parsed(bytes, offset, length);
        format.kept().in(object).ifPresent(keep);
        format.text().in(object).ifPresent(text -> tell(listener, nanos, text));
        return;
      }
      String text = new String(bytes, offset, length, UTF_8);
      if (!text.equals(LAST)) {
        tell(listener, nanos, text);
      }
    }
  }

  /** Text as it comes. What it begins with is held back until it is known what it is. */
  final class PlainText implements AppAnswer {
    private final Utf8Pieces pieces = new Utf8Pieces();
    private final CallListener listener;
    private final Consumer<String> keep;
    private final StringBuilder held = new StringBuilder();
    private Optional<Pattern> beginning;
    private long heldNanos;

    private PlainText(Optional<Pattern> beginning, CallListener listener, Consumer<String> keep) {
      this.beginning = beginning;
      this.listener = listener;
      this.keep = keep;
    }

    @Override
    public void bytes(long nanos, ByteBuffer bytes) {
      String text = pieces.next(bytes);
      if (beginning.isEmpty()) {
        tell(listener, nanos, text);
        return;
      }
      heldNanos = held.isEmpty() ? nanos : heldNanos;
      held.append(text);
      var matcher = beginning.get().matcher(held);
      boolean begins = matcher.lookingAt();
      boolean mayGoOn = matcher.hitEnd();
      if (begins && (matcher.end() < held.length() || !mayGoOn)) {
        keep.accept(matcher.group(1));
        held.delete(0, matcher.end());
        release(nanos);
      } else if (!mayGoOn) {
        release(heldNanos);
      }
    }

    @Override
    public void end() {
      held.append(pieces.end());
      beginning
          .map(pattern -> pattern.matcher(held))
          .filter(matcher -> matcher.lookingAt())
          .ifPresent(
              matcher -> {
                keep.accept(matcher.group(1));
                held.delete(0, matcher.end());
              });
      release(heldNanos);
    }

    private void release(long nanos) {
      beginning = Optional.empty();
      tell(listener, nanos, held.toString());
      held.setLength(0);
    }
  }
}
