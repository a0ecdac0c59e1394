package dev.gatlingllm.provider.chat;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.transport.AnswerDecoder;
import java.util.Arrays;

/**
 * Turns the JSON of the chat-completions format into calls of a listener: event by event for a
 * stream, at once for a whole answer. An event without model output (role, filter, usage, empty
 * delta) never produces any.
 *
 * <p>One per call. Not safe for use by several threads.
 */
public final class ChatCompletionDecoder implements AnswerDecoder {

  private static final int OK = 200;
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};
  private static final OutputKind[] IN_ORDER_OF_GENERATION = {
    OutputKind.REASONING, OutputKind.CONTENT, OutputKind.TOOL_CALL
  };

  private final SerializedListener listener;
  private final PlainChunk plain = new PlainChunk();
  private boolean hasOutput;
  private final int choices;
  private int finished;
  private int events;

  /** A decoder of one answer. */
  public ChatCompletionDecoder(SerializedListener listener) {
    this(listener, 1);
  }

  /**
   * A decoder of several answers to one call.
   *
   * @param choices how many were asked for
   */
  ChatCompletionDecoder(SerializedListener listener, int choices) {
    this.listener = listener;
    this.choices = choices;
  }

  @Override
  public void event(long nanos, byte[] bytes, int offset, int length) {
    try {
      decodeEvent(nanos, bytes, offset, length);
    } catch (MalformedAnswerException e) {
      listener.failed(nanos, new Failure(Failure.Kind.MALFORMED, OK, "", e.getMessage()));
    }
  }

  @Override
  public void lastEvent(long nanos, byte[] bytes, int offset, int length) {
    try {
      decodeEvent(nanos, bytes, offset, length);
    } catch (MalformedAnswerException e) {
      listener.failed(
          nanos, new Failure(Failure.Kind.BROKEN, OK, "", "stream ended inside an event"));
    }
  }

  /**
   * The stream is over. Without {@code [DONE]}, which some servers leave out, it is complete if the
   * model said for every answer why it stopped, else broken.
   */
  @Override
  public void end(long nanos) {
    if (finished >= choices) {
      listener.completed(nanos);
    } else {
      String message = "stream ended before finish_reason, after " + events + " events";
      listener.failed(nanos, new Failure(Failure.Kind.BROKEN, OK, "", message));
    }
  }

  @Override
  public void whole(long nanos, byte[] bytes, int offset, int length) {
    event(nanos, bytes, offset, length);
    if (finished == 0 && !hasOutput) {
      String message = "the answer holds neither output nor finish_reason";
      listener.failed(nanos, new Failure(Failure.Kind.MALFORMED, OK, "", message));
    }
    listener.completed(nanos);
  }

  private void decodeEvent(long nanos, byte[] bytes, int offset, int length) {
    int from = offset;
    int to = offset + length;
    while (from < to && isBlank(bytes[from])) {
      from++;
    }
    while (from < to && isBlank(bytes[to - 1])) {
      to--;
    }
    if (from == to) {
      return;
    }
    events++;
    if (isDone(bytes, from, to)) {
      listener.completed(nanos);
    } else {
      tell(nanos, read(bytes, from, to - from));
    }
  }

  private ChatChunk read(byte[] bytes, int offset, int length) {
    ChatChunk chunk = new ChatChunk();
    return plain.read(bytes, offset, length, chunk) ? chunk : ChatJson.read(bytes, offset, length);
  }

  private void tell(long nanos, ChatChunk chunk) {
    for (OutputKind kind : IN_ORDER_OF_GENERATION) {
      String text = chunk.output(kind);
      hasOutput |= !text.isEmpty();
      listener.output(nanos, kind, text);
    }
    chunk.usage().ifPresent(listener::usage);
    for (String reason : chunk.finishReasons()) {
      finished++;
      listener.finish(reason);
    }
    chunk.error().ifPresent(error -> listener.failed(nanos, error.inStream(OK)));
  }

  private static boolean isDone(byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, DONE, 0, DONE.length);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }
}
