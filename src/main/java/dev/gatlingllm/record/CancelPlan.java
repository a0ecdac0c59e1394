package dev.gatlingllm.record;

import java.util.OptionalLong;

/**
 * When the client is to cancel a call, as drawn before the call was sent: whichever instant comes
 * first. A call that ends by itself before is not cancelled.
 *
 * @param afterStart nanoseconds after the actual start
 * @param afterFirstToken nanoseconds after the first output of a streamed call
 */
public record CancelPlan(
    @LineField("cancelAfterNanos") OptionalLong afterStart,
    @LineField("cancelAfterFirstTokenNanos") OptionalLong afterFirstToken) {

  /** The client waits for the whole answer. */
  public static final CancelPlan NONE = new CancelPlan(OptionalLong.empty(), OptionalLong.empty());

  /** The client waits for the first token at least. */
  public boolean waitsForFirstToken() {
    return afterStart.isEmpty();
  }

  /** Whether the client is to cancel the call. */
  public boolean cancels() {
    return afterStart.isPresent() || afterFirstToken.isPresent();
  }

  /** What is left of it for a call that does not stream, and so has no first token. */
  public CancelPlan withoutStream() {
    return afterFirstToken.isEmpty() ? this : new CancelPlan(afterStart, OptionalLong.empty());
  }
}
