package dev.gatlingllm.run;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.record.Outcome;
import java.util.OptionalLong;

/**
 * What is believed of the counts that a provider reported for a call.
 *
 * @param usage the counts that can be true
 * @param doubt how the reported ones contradict each other or the stream, as in {@link
 *     dev.gatlingllm.record.CallRecord.Tokens#doubt}
 */
record BelievedUsage(TokenUsage usage, String doubt) {

  /** A chunk can hold less than a token, since a tokenizer may cut a character in pieces. */
  private static final int MOST_CHUNKS_PER_TOKEN = 2;

  static BelievedUsage of(CallResult result) {
    TokenUsage reported = result.usage().plausible();
    TokenUsage believed = hasOutput(result) ? withoutZeros(reported) : reported;
    return new BelievedUsage(believed, doubt(result, reported, believed));
  }

  /** The believed part of the reasoning that was not streamed; absent if none was counted. */
  OptionalLong hiddenReasoning(CallResult result) {
    return result.reasoningStreamed() && usage.reasoning().isPresent()
        ? OptionalLong.of(0)
        : usage.reasoning();
  }

  private static boolean hasOutput(CallResult result) {
    return result.outcome() == Outcome.SUCCEEDED
        || result.answer().chars() + result.reasoning().chars() + result.timeline().chunks() > 0;
  }

  /** A request has input, and an answer has output. */
  private static TokenUsage withoutZeros(TokenUsage usage) {
    return new TokenUsage(
        notZero(usage.input()),
        usage.cachedInput(),
        usage.cacheWrite(),
        notZero(usage.output()),
        usage.reasoning(),
        usage.totalDiffers(),
        usage.rejected());
  }

  private static OptionalLong notZero(OptionalLong count) {
    return count.orElse(1) == 0 ? OptionalLong.empty() : count;
  }

  private static String doubt(CallResult result, TokenUsage reported, TokenUsage believed) {
    OptionalLong output = believed.output();
    int chunks = result.timeline().chunks();
    if (result.media() && chunks > 1) {
      return "media";
    }
    if (!reported.equals(believed)) {
      return "zero";
    }
    if (output.isPresent() && believed.reasoning().orElse(0) > output.getAsLong()) {
      return "reasoning-exceeds-output";
    }
    if (believed.totalDiffers()) {
      return "total-differs";
    }
    return output.isPresent() && output.getAsLong() * MOST_CHUNKS_PER_TOKEN < chunks
        ? "fewer-than-chunks"
        : "";
  }
}
