package dev.gatlingllm.report.export;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.Measure;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The numbers of one line of LLMeter's responses. A call that did not succeed has none: LLMeter's
 * reader adds up all that stand in the lines.
 *
 * @param firstToken to the first visible token, in seconds
 * @param lastToken to the last token, in seconds; of an answer that was not streamed to its end
 * @param perOutputToken in seconds
 * @param input tokens
 * @param cachedInput of the input tokens
 * @param output tokens
 * @param reasoning of the output tokens
 */
record InvocationNumbers(
    Optional<BigDecimal> firstToken,
    Optional<BigDecimal> lastToken,
    Optional<BigDecimal> perOutputToken,
    OptionalLong input,
    OptionalLong cachedInput,
    OptionalLong output,
    OptionalLong reasoning) {

  private static final InvocationNumbers NONE =
      new InvocationNumbers(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  static InvocationNumbers of(CallRecord call) {
    if (call.outcome() != Outcome.SUCCEEDED) {
      return NONE;
    }
    OptionalDouble last = Measure.TTLT.of(call);
    CallRecord.Tokens tokens = call.tokens();
    return new InvocationNumbers(
        seconds(Measure.TTFVT.of(call)),
        seconds(last.isPresent() ? last : Measure.E2E.of(call)),
        seconds(Measure.TPOT.of(call)),
        tokens.input(),
        tokens.cachedInput(),
        tokens.output(),
        tokens.reasoning());
  }

  private static Optional<BigDecimal> seconds(OptionalDouble millis) {
    return millis.isPresent()
        ? Optional.of(Seconds.ofMillis(millis.getAsDouble()))
        : Optional.empty();
  }
}
