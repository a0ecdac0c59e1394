package dev.gatlingllm.provider.http;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.OutputKind;
import java.util.Arrays;

/**
 * Turns the JSON of the chat-completions format into calls of a listener: event by event for a
 * stream, at once for a whole answer. An event without model output (role, filter, usage, empty
 * delta) never produces any. After the terminal call nothing more is told.
 *
 * <p>One per call. Not safe for use by several threads.
 */
public final class ChatCompletionDecoder implements AnswerDecoder {

  private static final int OK = 200;
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};
  private static final OutputKind[] IN_ORDER_OF_GENERATION = {
    OutputKind.REASONING, OutputKind.CONTENT, OutputKind.TOOL_ARGUMENT
  };

  private final CallListener listener;
  private final PlainChunk plain = new PlainChunk();
  private boolean hasOutput;
  private final int choices;
  private int finished;
  private boolean ended;
  private int events;

  /** A decoder of one answer. */
  public ChatCompletionDecoder(CallListener listener) {
    this(listener, 1);
  }

  /**
   * A decoder of several answers to one call.
   *
   * @param choices how many were asked for
   */
  ChatCompletionDecoder(CallListener listener, int choices) {
    this.listener = listener;
    this.choices = choices;
  }

  /** Whether the terminal call was made. */
  public boolean ended() {
    return ended;
  }

  @Override
  public void event(long nanos, byte[] bytes, int offset, int length) {
    try {
      decodeEvent(nanos, bytes, offset, length);
    } catch (MalformedAnswerException e) {
      fail(nanos, new Failure(Failure.Kind.MALFORMED, OK, "", e.getMessage()));
    }
  }

  @Override
  public void lastEvent(long nanos, byte[] bytes, int offset, int length) {
    try {
      decodeEvent(nanos, bytes, offset, length);
    } catch (MalformedAnswerException e) {
      fail(nanos, new Failure(Failure.Kind.BROKEN, OK, "", "stream ended inside an event"));
    }
  }

  /**
   * The stream is over. Without {@code [DONE]}, which some servers leave out, it is complete if the
   * model said for every answer why it stopped, else broken.
   */
  @Override
  public void end(long nanos) {
    if (finished >= choices) {
      complete(nanos);
    } else {
      String message = "stream ended before finish_reason, after " + events + " events";
      fail(nanos, new Failure(Failure.Kind.BROKEN, OK, "", message));
    }
  }

  @Override
  public void whole(long nanos, byte[] bytes, int offset, int length) {
    event(nanos, bytes, offset, length);
    if (finished == 0 && !hasOutput) {
      String message = "the answer holds neither output nor finish_reason";
      fail(nanos, new Failure(Failure.Kind.MALFORMED, OK, "", message));
    }
    complete(nanos);
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
    if (ended || from == to) {
      return;
    }
    events++;
    if (isDone(bytes, from, to)) {
      complete(nanos);
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
      if (!text.isEmpty()) {
        hasOutput = true;
        listener.output(nanos, kind, text);
      }
    }
    chunk.usage().ifPresent(listener::usage);
    for (String reason : chunk.finishReasons()) {
      finished++;
      listener.finish(reason);
    }
    chunk.error().ifPresent(error -> fail(nanos, error.inStream(OK)));
  }

  private void complete(long nanos) {
    if (!ended) {
      ended = true;
      listener.completed(nanos);
    }
  }

  private void fail(long nanos, Failure failure) {
    if (!ended) {
      ended = true;
      listener.failed(nanos, failure);
    }
  }

  private static boolean isDone(byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, DONE, 0, DONE.length);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }
}
