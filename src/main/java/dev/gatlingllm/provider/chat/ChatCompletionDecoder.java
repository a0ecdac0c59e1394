package dev.gatlingllm.provider.chat;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.transport.JsonEventDecoder;

/**
 * Turns the JSON of the chat-completions format into calls of a listener: event by event for a
 * stream, at once for a whole answer. An event without model output (role, filter, usage, empty
 * delta) never produces any.
 *
 * <p>One per call. Not safe for use by several threads.
 */
public final class ChatCompletionDecoder extends JsonEventDecoder {

  private static final OutputKind[] IN_ORDER_OF_GENERATION = {
    OutputKind.REASONING_SUMMARY,
    OutputKind.REASONING,
    OutputKind.CONTENT,
    OutputKind.TOOL_CALL,
    OutputKind.MEDIA
  };

  private final PlainChunk plain = new PlainChunk();
  private final ChatChunk reused = new ChatChunk();
  private final int choices;
  private TokenUsage usage = TokenUsage.NONE;
  private Served served = Served.UNKNOWN;
  private boolean hasOutput;
  private boolean hasPieces;
  private boolean whole;
  private int finished;

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
    super(listener);
    this.choices = choices;
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
      endedBefore("finish_reason", nanos);
    }
  }

  @Override
  public void whole(long nanos, byte[] bytes, int offset, int length) {
    whole = true;
    event(nanos, bytes, offset, length);
    if (finished == 0 && !hasOutput) {
      String message = "the answer holds neither output nor finish_reason";
      listener.failed(nanos, new Failure(Failure.Kind.MALFORMED, OK, "", message));
    }
    listener.completed(nanos);
  }

  @Override
  protected void done(long nanos) {
    listener.completed(nanos);
  }

  @Override
  protected void decode(long nanos, byte[] bytes, int offset, int length) {
    reused.clear();
    if (plain.read(bytes, offset, length, reused)) {
      tell(nanos, reused);
    } else {
      ChatChunk chunk = ChatJson.read(bytes, offset, length, namedError());
      if (!chunk.isKnown()) {
        unknown(bytes, offset, length).ifPresent(chunk::setError);
      }
      tell(nanos, chunk);
    }
  }

  private void tell(long nanos, ChatChunk chunk) {
    // A message at the end of a stream repeats the pieces that came.
    if (!chunk.hasMessage() || !hasPieces) {
      tellOutput(nanos, chunk);
      hasPieces |= hasOutput && !chunk.hasMessage();
    }
    tellServed(chunk);
    chunk.usage().ifPresent(this::tellUsage);
    for (String reason : chunk.finishReasons()) {
      finished++;
      listener.finish(reason);
    }
    chunk
        .error()
        .ifPresent(
            error ->
                listener.failed(
                    nanos, whole && !hasOutput ? error.insteadOfAnswer(OK) : error.inStream(OK)));
  }

  private void tellOutput(long nanos, ChatChunk chunk) {
    boolean told = false;
    boolean toldVisible = false;
    for (OutputKind kind : IN_ORDER_OF_GENERATION) {
      String text = chunk.output(kind);
      if (!text.isEmpty()) {
        listener.output(nanos, kind, text);
        told = true;
        toldVisible |= kind.visible();
      }
    }
    if (chunk.mayHoldOutputWithoutText() && !toldVisible) {
      told |= tellOutputWithoutText(nanos, chunk, told);
    }
    hasOutput |= told;
  }

  /** At most one for each event, which is one chunk. */
  private boolean tellOutputWithoutText(long nanos, ChatChunk chunk, boolean toldReasoning) {
    for (OutputKind kind : OutputKind.values()) {
      if (kind.visible() && chunk.holds(kind)) {
        listener.outputWithoutText(nanos, kind);
        return true;
      }
    }
    if (!toldReasoning) {
      listener.outputWithoutText(nanos, OutputKind.REASONING);
    }
    return true;
  }

  private void tellServed(ChatChunk chunk) {
    if (!chunk.model().isEmpty() || !chunk.tier().isEmpty()) {
      Served known = served.then(chunk.model(), chunk.tier());
      if (!known.equals(served)) {
        served = known;
        listener.served(known);
      }
    }
  }

  private void tellUsage(TokenUsage reported) {
    usage = usage.then(reported);
    listener.usage(usage);
  }
}
