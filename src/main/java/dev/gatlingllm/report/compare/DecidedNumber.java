package dev.gatlingllm.report.compare;

import dev.gatlingllm.decision.Change;
import dev.gatlingllm.decision.ComparisonGate;
import dev.gatlingllm.decision.Contrast;
import dev.gatlingllm.decision.KeyComparison;
import dev.gatlingllm.decision.Margin;
import dev.gatlingllm.decision.QuantileChange;
import dev.gatlingllm.decision.ShareChange;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.text.Figures;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * A number of two runs that was decided, in print.
 *
 * @param path of its calls
 * @param number for machines
 * @param percent the least change that matters
 * @param change what is shown
 * @param actual what was found, in words
 * @param percentile in both runs; absent if it is a share, or was measured in neither
 * @param share of calls in both runs; absent if it is a percentile
 */
record DecidedNumber(
    String path,
    String number,
    double percent,
    Change change,
    String actual,
    Optional<QuantileChange> percentile,
    Optional<ShareChange> share) {

  /** Ratios as near to 1 as this need a third decimal. */
  private static final double NEAR = 0.0095;

  /** Absent if there was nothing to decide. */
  static Optional<DecidedNumber> of(ComparisonGate.Result result, ComparedRuns runs) {
    return result.decided().map(decided -> of(decided, result.actual(), runs));
  }

  private static DecidedNumber of(
      ComparisonGate.Decided decided, String actual, ComparedRuns runs) {
    Optional<KeyComparison> key =
        runs.comparison().keys().stream()
            .filter(any -> any.key().path().equals(decided.path()))
            .findFirst();
    return new DecidedNumber(
        decided.path(),
        decided.number(),
        decided.percent(),
        decided.change(),
        actual,
        key.stream()
            .flatMap(calls -> calls.quantiles().stream())
            .filter(any -> any.number().equals(decided.number()))
            .findFirst(),
        key.stream()
            .flatMap(calls -> calls.shares().stream())
            .filter(any -> any.name().equals(decided.number()))
            .findFirst());
  }

  /** Such as {@code TTFT p95} or {@code failed calls}. */
  String label() {
    return percentile
        .map(found -> found.measure().label() + " " + found.quantile().label())
        .or(() -> share.map(found -> found.name() + " calls"))
        .orElse(number);
  }

  /** In print. */
  String unit() {
    return percentile.map(found -> found.measure().unit()).orElse("%");
  }

  /** The measure; absent for a share. */
  Optional<Measure> measure() {
    return percentile.map(QuantileChange::measure);
  }

  /** The number in the first run. */
  String first() {
    return percentile
        .map(found -> Figures.number(found.first().value()))
        .or(() -> share.map(found -> Figures.percent(found.firstPercent())))
        .orElse(Figures.DASH);
  }

  /** The number in the second run. */
  String second() {
    return percentile
        .map(found -> Figures.number(found.second().value()))
        .or(() -> share.map(found -> Figures.percent(found.secondPercent())))
        .orElse(Figures.DASH);
  }

  /** How many calls of the first run have it. */
  long firstCalls() {
    return percentile
        .map(found -> found.first().n())
        .or(() -> share.map(found -> found.first().of()))
        .orElse(0L);
  }

  /** How many calls of the second run have it. */
  long secondCalls() {
    return percentile
        .map(found -> found.second().n())
        .or(() -> share.map(found -> found.second().of()))
        .orElse(0L);
  }

  /** Whether one of the two runs has it, and the other does not. */
  boolean isInOneRunAlone() {
    return (firstCalls() == 0) != (secondCalls() == 0);
  }

  /** Whether neither run has it. */
  boolean isInNeither() {
    return firstCalls() == 0 && secondCalls() == 0;
  }

  /** The least change that matters, in print. */
  String margin() {
    return new Margin(percent, share.isPresent()).text();
  }

  /** Whether it would have been shown if it had been the only number that was decided. */
  boolean looksChanged() {
    Change looks =
        percentile
            .map(QuantileChange::change)
            .or(() -> share.map(ShareChange::change))
            .orElse(Change.TOO_FEW);
    return change == Change.CANNOT_TELL && (looks == Change.WORSE || looks == Change.BETTER);
  }

  /** The mark, in print: such as {@code ✗ worse} or {@code ✓ no worse than 10 %}. */
  String mark() {
    return change.sign()
        + " "
        + switch (change) {
          case EQUIVALENT -> "within " + margin();
          case NO_WORSE -> "no worse than " + margin();
          case TOO_FEW -> isInOneRunAlone() || isInNeither() ? "not measured" : change.text();
          default -> change.text();
        };
  }

  /** How far, with the interval: {@code 1.31 × (1.22 to 1.41)}; empty if it is not known. */
  String effect() {
    if (share.isPresent()) {
      OptionalDouble points = share.get().points();
      return points.isEmpty()
          ? ""
          : ComparisonTable.signed(points)
              + " points"
              + between(share.get().contrast(), DecidedNumber::points);
    }
    OptionalDouble effect =
        percentile.isPresent() ? percentile.get().effectPercent() : OptionalDouble.empty();
    if (effect.isEmpty()) {
      return "";
    }
    double ratio = 1 + effect.getAsDouble() / 100;
    String format = format(ratio, percentile.get().contrast());
    return Figures.fill(format, ratio)
        + " ×"
        + between(percentile.get().contrast(), log -> Figures.fill(format, Math.exp(log)));
  }

  /** With the decimals that keep an interval from being a point, or a ratio from being 1. */
  private static String format(double ratio, Optional<Contrast> contrast) {
    double off = Math.abs(ratio - 1);
    double wide =
        contrast
            .map(Contrast::interval)
            .filter(ends -> ends.hasLow() && ends.hasHigh())
            .map(ends -> Math.exp(ends.high()) - Math.exp(ends.low()))
            .orElse(1.0);
    return (off > 0 && off < NEAR) || wide < NEAR ? "%.3f" : ratio < 10 ? "%.2f" : "%.1f";
  }

  private static String points(double value) {
    return ComparisonTable.signed(OptionalDouble.of(value));
  }

  private String between(Optional<Contrast> contrast, DoubleFunction<String> print) {
    return contrast
        .map(known -> ComparisonTable.range(ends(known), print, " to ", "open"))
        .map(text -> " (" + text + ")")
        .orElse("");
  }

  /**
   * What is shown rests on one side alone, which is surer than an interval with two ends: where
   * that would deny it, the side stands alone.
   */
  private Interval ends(Contrast contrast) {
    Interval both = contrast.interval();
    boolean shown = change == Change.WORSE || change == Change.BETTER;
    if (!shown || both.low() > 0 || both.high() < 0) {
      return both;
    }
    return contrast.sides().low() > 0
        ? new Interval(contrast.sides().low(), Double.POSITIVE_INFINITY)
        : new Interval(Double.NEGATIVE_INFINITY, contrast.sides().high());
  }
}
