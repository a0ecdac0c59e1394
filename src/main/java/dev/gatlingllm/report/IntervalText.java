package dev.gatlingllm.report;

import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.text.Figures;

/** A confidence interval in print. An end that the calls cannot know is said to be open. */
final class IntervalText {

  private IntervalText() {}

  /** Such as {@code 95 % CI 231–260}, or {@code 95 % CI at least 231}. */
  static String of(Interval ends) {
    String low = Figures.number(ends.low());
    String high = Figures.number(ends.high());
    if (ends.hasLow() && ends.hasHigh()) {
      return "95 % CI " + low + "–" + high;
    }
    return ends.hasLow() ? "95 % CI at least " + low : "95 % CI at most " + high;
  }
}
