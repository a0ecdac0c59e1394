package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A succeeded call that a report shows by itself.
 *
 * @param id number of the call within its run
 * @param startSeconds since the start of the (first) run
 * @param e2eMillis end to end
 * @param ttftMillis time to first token
 * @param inputTokens all input tokens
 * @param outputTokens all output tokens
 * @param requestId the provider's
 * @param region that served it
 */
public record NotableCall(
    long id,
    double startSeconds,
    double e2eMillis,
    OptionalDouble ttftMillis,
    OptionalLong inputTokens,
    OptionalLong outputTokens,
    String requestId,
    String region) {

  static NotableCall of(CallRecord call, double e2eMillis, long shiftNanos) {
    return new NotableCall(
        call.id(),
        (call.times().start().orElse(call.times().arrival()) + shiftNanos) / 1e9,
        e2eMillis,
        Measure.TTFT.of(call),
        call.tokens().input(),
        call.tokens().output(),
        call.service().requestId(),
        call.service().region());
  }

  /** {@code e2e} divided by the output tokens; absent without any. */
  public OptionalDouble millisPerOutputToken() {
    return outputTokens.isPresent() && outputTokens.getAsLong() > 0
        ? OptionalDouble.of(e2eMillis / outputTokens.getAsLong())
        : OptionalDouble.empty();
  }
}
