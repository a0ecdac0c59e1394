package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.text.Figures;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleUnaryOperator;

/**
 * A number of two runs that the user named, and how much of a difference matters.
 *
 * <ul>
 *   <li>Equivalent: the difference is shown to be less than matters, on both sides (the two
 *       one-sided tests of D. J. Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15,
 *       1987).
 *   <li>Worse: it is shown to be worse, and not shown to be by less than matters. A change as great
 *       as matters is so found by enough calls, which a claim that it is greater never would be.
 *   <li>Better: likewise.
 *   <li>No worse: it is shown to be worse by less than matters, or better; which, is not shown.
 * </ul>
 *
 * @param worse how far the second run is from the first; above 0 is worse
 * @param margin the least difference that matters, on the same scale
 * @param calls of both runs, in words
 * @param perRun calls of the run that has fewer
 * @param least how many calls each run needs for both ends of an interval
 * @param shown the number in print for one on the scale
 * @param unit of the number in print
 * @param more what there would have to be more of
 */
record NamedDifference(
    Contrast worse,
    double margin,
    String calls,
    long perRun,
    double least,
    DoubleUnaryOperator shown,
    String unit,
    String more) {

  /** The share of differences that are found, for which calls are planned. */
  private static final double Z_OF_POWER = 0.8416212335729143;

  private static final double Z_OF_RISK = 1.6448536269514722;
  private static final double MOST_CALLS = 1e9;

  static NamedDifference of(QuantileChange change, Contrast contrast, double percent) {
    boolean falls = change.measure().direction() == Direction.HIGH_IS_GOOD;
    return new NamedDifference(
        falls ? contrast.turned() : contrast,
        change.margin(percent),
        Worth.text(change.first().n(), change.first().worth())
            + " | "
            + Worth.text(change.second().n(), change.second().worth())
            + (change.pairs() > 0 ? ", in " + change.pairs() + " pairs of blocks" : ""),
        Math.min(change.first().n(), change.second().n()),
        change.callsForBothEnds(),
        percentOfLog(falls),
        " %",
        more(contrast));
  }

  private static DoubleUnaryOperator percentOfLog(boolean falls) {
    return log -> 100 * (falls ? -Math.expm1(-log) : Math.expm1(log));
  }

  private static String more(Contrast contrast) {
    return contrast.runs() > 0 ? "runs in each group" : "calls in each run";
  }

  /** A number that a gate names, in pairs of blocks. */
  static NamedDifference ofPairs(ComparisonGate gate, Contrast contrast, int pairs) {
    Optional<Measure> measure = gate.measure();
    boolean falls = measure.filter(m -> m.direction() == Direction.HIGH_IS_GOOD).isPresent();
    return new NamedDifference(
        falls ? contrast.turned() : contrast,
        measure.map(m -> QuantileChange.margin(m, gate.percent())).orElse(gate.percent()),
        pairs + " pairs of blocks",
        pairs,
        2,
        measure.isPresent() ? percentOfLog(falls) : same -> same,
        measure.isPresent() ? " %" : " points",
        "pairs of blocks");
  }

  static NamedDifference of(ShareChange change, Contrast contrast, double points) {
    return new NamedDifference(
        change.direction() == Direction.HIGH_IS_GOOD ? contrast.turned() : contrast,
        points,
        Worth.text(change.first().of(), change.first().worth())
            + " | "
            + Worth.text(change.second().of(), change.second().worth()),
        Math.min(change.first().of(), change.second().of()),
        ShareChange.FEWEST,
        same -> same,
        " points",
        more(contrast));
  }

  /**
   * What is shown.
   *
   * @param risk of the claim that it is worse, among all claims that are made with it
   */
  Change change(double risk) {
    Interval sides = worse.sides();
    if (sides.low() > -margin && sides.high() < margin) {
      return Change.EQUIVALENT;
    }
    if (risk <= Interval.RISK_OF_ONE_SIDE) {
      return Change.WORSE;
    }
    if (sides.high() < 0) {
      return Change.BETTER;
    }
    return sides.high() < margin ? Change.NO_WORSE : Change.CANNOT_TELL;
  }

  /** How far the second is from the first in the number itself, not in what is worse. */
  AbFinding.Effect effect(ComparisonGate gate) {
    boolean falls = gate.measure().filter(m -> m.direction() == Direction.HIGH_IS_GOOD).isPresent();
    double sign = falls ? -1 : 1;
    double one = sign * shown.applyAsDouble(worse.interval().low());
    double other = sign * shown.applyAsDouble(worse.interval().high());
    return new AbFinding.Effect(
        sign * shown.applyAsDouble(worse.estimate()),
        new Interval(Math.min(one, other), Math.max(one, other)),
        unit);
  }

  /** What is shown, in words. */
  String text(Change change) {
    return switch (change) {
      case WORSE ->
          "shown worse: " + signed(worse.estimate()) + ", at least " + size(worse.sides().low());
      case BETTER ->
          "shown better: " + signed(worse.estimate()) + ", at least " + size(worse.sides().high());
      case EQUIVALENT ->
          "shown equivalent: " + signed(worse.estimate()) + ", at most " + size(most());
      case NO_WORSE ->
          "shown no worse: "
              + signed(worse.estimate())
              + ", at most "
              + size(worse.sides().high())
              + " worse";
      default -> "cannot tell: " + signed(worse.estimate()) + " from " + calls + wouldTell();
    };
  }

  private double most() {
    Interval sides = worse.sides();
    return sides.high() > -sides.low() ? sides.high() : sides.low();
  }

  private String wouldTell() {
    double matters = margin > 0 ? margin : Math.abs(worse.estimate());
    boolean byRuns = worse.runs() > 0;
    OptionalLong needed =
        byRuns ? needed(matters, worse.runs(), 2) : needed(matters, (double) perRun, least);
    if (needed.isEmpty()) {
      return "";
    }
    return "; "
        + Figures.count(needed.getAsLong())
        + " "
        + more
        + " would show "
        + size(matters)
        + (worse.error().isPresent() ? "" : " at the earliest");
  }

  /** How many on each side would show a difference with a probability of 80 %. */
  private OptionalLong needed(double matters, double now, double atLeast) {
    OptionalDouble error = worse.error();
    double times = error.isEmpty() ? 0 : (Z_OF_RISK + Z_OF_POWER) * error.getAsDouble() / matters;
    double many = Math.max(atLeast, now * times * times);
    return many > now && many < MOST_CALLS
        ? OptionalLong.of((long) Math.ceil(many))
        : OptionalLong.empty();
  }

  private String signed(double difference) {
    return size(difference) + (difference < 0 ? " better" : " worse");
  }

  private String size(double difference) {
    return Figures.fill("%.1f", Math.abs(shown.applyAsDouble(difference))) + unit;
  }
}
