package dev.gatlingllm.compare;

import dev.gatlingllm.decision.Change;
import dev.gatlingllm.decision.KeyComparison;
import dev.gatlingllm.decision.QuantileChange;
import dev.gatlingllm.decision.ShareChange;
import dev.gatlingllm.stats.CacheUse;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The calls of one key in two runs, all text.
 *
 * @param name of the key
 * @param rows the median and one percentile of the bad tail of each measure, shares, and rates
 */
record ComparisonTable(String name, List<Row> rows) {

  /** The columns, in the order of {@link Row#cells()}. */
  static final List<String> COLUMNS =
      List.of("", "unit", "n", "A", "B", "B − A", "95 % interval", "effect", "verdict");

  /** One number; the change is a word that says how it is to be coloured. */
  record Row(
      String label,
      String unit,
      String n,
      String first,
      String second,
      String difference,
      String interval,
      String effect,
      String verdict,
      String change) {

    List<String> cells() {
      return List.of(label, unit, n, first, second, difference, interval, effect, verdict);
    }
  }

  static ComparisonTable of(KeyComparison key) {
    List<Row> rows = new ArrayList<>();
    key.quantiles().stream()
        .filter(ComparisonTable::shown)
        .forEach(change -> rows.add(row(change)));
    key.shares().stream()
        .filter(
            share -> share.firstCount() + share.secondCount() > 0 || share.name().equals("failed"))
        .forEach(share -> rows.add(row(share)));
    rows.add(rate("completions", "1/min", key, k -> k.throughput().requestsPerMinute()));
    rows.add(rate("input tokens", "tok/min", key, k -> k.throughput().inputTokensPerMinute()));
    rows.add(rate("output tokens", "tok/min", key, k -> k.throughput().outputTokensPerMinute()));
    Row hitRate =
        rate(
            "cache hit rate",
            "% of input tok",
            key,
            k -> k.cache().map(CacheUse::hitRatePercent).orElse(OptionalDouble.empty()));
    if (!hitRate.first().equals(Figures.DASH) || !hitRate.second().equals(Figures.DASH)) {
      rows.add(hitRate);
    }
    return new ComparisonTable(key.key().path(), rows);
  }

  private static boolean shown(QuantileChange change) {
    return switch (change.quantile()) {
      case P50 -> true;
      case P95 -> true;
      case P10 -> change.measure().direction() == Direction.HIGH_IS_GOOD;
      default -> false;
    };
  }

  private static Row row(QuantileChange change) {
    String quantile = change.quantile() == Quantile.P50 ? "median" : change.quantile().label();
    return new Row(
        change.measure().label() + ", " + quantile,
        change.measure().unit(),
        Figures.count(change.firstN()) + " | " + Figures.count(change.secondN()),
        Figures.number(change.first()),
        Figures.number(change.second()),
        signed(change.differenceOfRuns()),
        interval(change.difference()),
        signedPercent(change.effectPercent()),
        change.change() == Change.TOO_FEW
            ? Change.TOO_FEW.text() + " (each run needs " + Figures.count(change.needed()) + ")"
            : change.change().text(),
        change.change().code());
  }

  private static Row row(ShareChange share) {
    OptionalDouble points =
        share.direction() == Direction.HIGH_IS_GOOD
            ? negated(share.worsePoints())
            : share.worsePoints();
    return new Row(
        share.name() + " calls",
        "%",
        Figures.count(share.firstOf()) + " | " + Figures.count(share.secondOf()),
        Figures.percent(share.firstPercent()),
        Figures.percent(share.secondPercent()),
        signed(points),
        interval(share.difference()),
        "",
        share.change().text(),
        share.change().code());
  }

  private static OptionalDouble negated(OptionalDouble value) {
    return value.isPresent() ? OptionalDouble.of(-value.getAsDouble()) : value;
  }

  /** A run has one rate: there is nothing to make an interval from. */
  private static Row rate(
      String label,
      String unit,
      KeyComparison key,
      Function<CallStatistics, OptionalDouble> value) {
    OptionalDouble first = value.apply(key.first());
    OptionalDouble second = value.apply(key.second());
    boolean both = first.isPresent() && second.isPresent();
    return new Row(
        label,
        unit,
        "",
        Figures.number(first),
        Figures.number(second),
        both ? signed(OptionalDouble.of(second.getAsDouble() - first.getAsDouble())) : Figures.DASH,
        "",
        both && first.getAsDouble() > 0
            ? signedPercent(
                OptionalDouble.of(100 * (second.getAsDouble() / first.getAsDouble() - 1)))
            : Figures.DASH,
        "",
        "");
  }

  private static String interval(Optional<Interval> interval) {
    return interval
        .map(
            known ->
                signed(OptionalDouble.of(known.low()))
                    + " … "
                    + signed(OptionalDouble.of(known.high())))
        .orElse(Figures.DASH);
  }

  private static String signed(OptionalDouble value) {
    if (value.isEmpty()) {
      return Figures.DASH;
    }
    double number = value.getAsDouble();
    String size = Figures.number(Math.abs(number));
    return size.matches("[0.]+") ? "0" : (number > 0 ? "+" : "−") + size;
  }

  private static String signedPercent(OptionalDouble value) {
    if (value.isEmpty()) {
      return Figures.DASH;
    }
    String percent = Figures.fill("%+.1f", value.getAsDouble());
    return (percent.endsWith("0.0") && percent.length() == 4 ? "0" : percent.replace('-', '−'))
        + " %";
  }
}
