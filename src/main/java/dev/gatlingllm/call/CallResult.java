package dev.gatlingllm.call;

import dev.gatlingllm.provider.ConnectionUse;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.timing.CallTimeline;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of a call.
 *
 * @param outcome how it ended
 * @param error normalised text of the failure, empty on success
 * @param errorDetail what the provider said, empty on success
 * @param timeline its instants; nobody writes to it any more
 * @param head headers of the last response
 * @param connection the connection of the last attempt
 * @param served who served the last attempt
 * @param usage the provider's token counts
 * @param reasoningStreamed whether the text of the reasoning came, and not just a summary of it
 * @param media whether audio or an image came
 * @param finishReason why the model stopped
 * @param answer the visible text that came
 * @param reasoning the reasoning text that came
 * @param attempts every attempt, in order, with instants on the run's clock
 */
public record CallResult(
    Outcome outcome,
    String error,
    String errorDetail,
    CallTimeline timeline,
    ResponseHead head,
    ConnectionUse connection,
    Served served,
    TokenUsage usage,
    boolean reasoningStreamed,
    boolean media,
    String finishReason,
    Text answer,
    Text reasoning,
    List<AttemptTimes> attempts) {

  /**
   * A text that may be longer than what is kept of it.
   *
   * @param kept its beginning
   * @param chars the length of the whole, in UTF-16 units
   * @param firstChars the length of what its first chunk brought, 0 if that had no text
   * @param toolCallAt where in {@code kept} the arguments of a tool's call begin; absent if no tool
   *     is called
   */
  public record Text(String kept, long chars, long firstChars, OptionalInt toolCallAt) {

    /** No text came. */
    public static final Text NONE = new Text("", 0, 0);

    /** A text that calls no tool. */
    public Text(String kept, long chars, long firstChars) {
      this(kept, chars, firstChars, OptionalInt.empty());
    }

    /** What is kept of the words before a tool's call. */
    public String words() {
      return kept.substring(0, toolCallAt.orElse(kept.length()));
    }

    /** What is kept of the arguments of a tool's call; absent if no tool is called. */
    public Optional<String> toolCall() {
      return toolCallAt.isPresent()
          ? Optional.of(kept.substring(toolCallAt.getAsInt()))
          : Optional.empty();
    }

    /** Whether the end of the text is missing. */
    public boolean cut() {
      return kept.length() < chars;
    }
  }

  /**
   * One attempt.
   *
   * @param startNanos when it was sent
   * @param endNanos when it ended
   * @param status HTTP status, 0 if none came
   * @param outcome how it ended
   * @param pauseNanos the pause that followed
   */
  public record AttemptTimes(
      long startNanos, long endNanos, int status, Outcome outcome, long pauseNanos) {}
}
