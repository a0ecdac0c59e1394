package dev.gatlingllm.provider.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.provider.AnswerLimits;
import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.transport.Answer;
import dev.gatlingllm.provider.transport.AnswerDecoder;
import dev.gatlingllm.provider.transport.Utf8Pieces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The body of an application's response, decoded as it comes. Confined to one thread.
 *
 * @param keep receives the value to be kept
 */
record AppAnswer(
    AppFormat.Path text, AppFormat.Path kept, Consumer<String> keep, SerializedListener listener)
    implements AnswerDecoder {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LAST = "[DONE]";

  /** The answers of a format; any status from 200 to 299 is a success. */
  static Answer.Factory of(AppFormat format, Consumer<String> keep, AnswerLimits limits) {
    return (status, listener) ->
        status >= 200 && status < 300
            ? Optional.of(of(format, keep, limits, listener))
            : Optional.empty();
  }

  private static Answer of(
      AppFormat format, Consumer<String> keep, AnswerLimits limits, SerializedListener listener) {
    if (format instanceof AppFormat.Json json) {
      return new Answer.Whole(new AppAnswer(json.text(), json.kept(), keep, listener), limits);
    }
    if (format instanceof AppFormat.Events events) {
      return new Answer.Streamed(
          new AppAnswer(events.text(), events.kept(), keep, listener), limits);
    }
    return new PlainText(((AppFormat.Text) format).kept(), listener, keep);
  }

  @Override
  public void event(long nanos, byte[] bytes, int offset, int length) {
    if (length > 0 && bytes[offset] == '{') {
      object(nanos, bytes, offset, length);
      return;
    }
    String piece = new String(bytes, offset, length, UTF_8);
    if (!piece.equals(LAST)) {
      listener.output(nanos, OutputKind.CONTENT, piece);
    }
  }

  @Override
  public void lastEvent(long nanos, byte[] bytes, int offset, int length) {
    event(nanos, bytes, offset, length);
  }

  @Override
  public void whole(long nanos, byte[] bytes, int offset, int length) {
    if (length > 0) {
      object(nanos, bytes, offset, length);
    }
  }

  @Override
  public void end(long nanos) {
    listener.completed(nanos);
  }

  private void object(long nanos, byte[] bytes, int offset, int length) {
    JsonNode object = parsed(bytes, offset, length);
    kept.in(object).ifPresent(keep);
    text.in(object).ifPresent(found -> listener.output(nanos, OutputKind.CONTENT, found));
  }

  private static JsonNode parsed(byte[] bytes, int offset, int length) {
    try {
      return JSON.readTree(bytes, offset, length);
    } catch (JacksonException e) {
      // Without the parser's message: it may quote the answer.
      throw new MalformedAnswerException(
          "not JSON near byte " + e.getLocation().getByteOffset() + " of " + length);
    } catch (IOException e) {
      throw new MalformedAnswerException("not JSON");
    }
  }

  /** Text as it comes. What it begins with is held back until it is known what it is. */
  private static final class PlainText implements Answer {
    private final Utf8Pieces pieces = new Utf8Pieces();
    private final SerializedListener listener;
    private final Consumer<String> keep;
    private final StringBuilder held = new StringBuilder();
    private Optional<Pattern> beginning;
    private long heldNanos;

    private PlainText(
        Optional<Pattern> beginning, SerializedListener listener, Consumer<String> keep) {
      this.beginning = beginning;
      this.listener = listener;
      this.keep = keep;
    }

    @Override
    public void bytes(long nanos, ByteBuffer bytes) {
      String text = pieces.next(bytes);
      if (beginning.isEmpty()) {
        listener.output(nanos, OutputKind.CONTENT, text);
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
    public void end(long nanos) {
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
      listener.completed(nanos);
    }

    private void release(long nanos) {
      beginning = Optional.empty();
      listener.output(nanos, OutputKind.CONTENT, held.toString());
      held.setLength(0);
    }
  }
}
