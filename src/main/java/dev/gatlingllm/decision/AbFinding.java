package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.text.Figures;
import java.util.Optional;

/**
 * The second target of a run against the first, in a number that {@code llm.ab.worse} names.
 *
 * @param number such as {@code e2e.p50}
 * @param first name of the first target
 * @param second name of the second target
 * @param measure of the number; absent for the failures
 * @param margin the least change that matters
 * @param pairs of blocks that it rests on
 * @param effect absent with too few pairs, or too few calls in a block
 * @param change what is shown
 */
public record AbFinding(
    String number,
    String first,
    String second,
    Optional<Measure> measure,
    Margin margin,
    int pairs,
    Optional<Effect> effect,
    Change change) {

  /**
   * How far the second is from the first.
   *
   * @param estimate above 0 where the number is higher
   * @param interval at {@link Interval#CONFIDENCE}
   * @param unit with a blank before it
   */
  public record Effect(double estimate, Interval interval, String unit) {}

  /** In a sentence without its end: {@code b against a: e2e.p50 +18.0 % [12.0, 24.0], …}. */
  public String text() {
    return Figures.fill(
        "%s against %s: %s %s, from %d pairs of blocks",
        second, first, number, effect.map(this::text).orElse("cannot tell"), pairs);
  }

  private String text(Effect known) {
    return Figures.fill(
        "%+.1f%s [%.1f, %.1f], %s",
        known.estimate(), known.unit(), known.interval().low(), known.interval().high(), shown());
  }

  private String shown() {
    return switch (change) {
      case WORSE -> "shown worse";
      case BETTER -> "shown better";
      case EQUIVALENT -> "shown equivalent";
      case NO_WORSE -> "shown no worse";
      default -> change.text();
    };
  }
}
