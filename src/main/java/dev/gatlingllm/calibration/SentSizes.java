package dev.gatlingllm.calibration;

import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.text.Figures;
import java.util.LongSummaryStatistics;

/** The sizes of the calls that were made, as their usage says. Safe for use by many threads. */
final class SentSizes {

  private final LongSummaryStatistics input = new LongSummaryStatistics();
  private final LongSummaryStatistics output = new LongSummaryStatistics();

  synchronized void add(TokenUsage usage) {
    usage.input().ifPresent(input);
    usage.output().ifPresent(output);
  }

  /** Such as {@code calls of 9/50 tokens on average}; empty if no call said how large it was. */
  synchronized String text() {
    return input.getCount() == 0 || output.getCount() == 0
        ? ""
        : Figures.fill(
            "calls of %.0f/%.0f tokens on average", input.getAverage(), output.getAverage());
  }
}
