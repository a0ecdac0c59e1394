package dev.gatlingllm.report.compare;

import dev.gatlingllm.decision.Change;
import dev.gatlingllm.decision.KeyComparison;
import dev.gatlingllm.decision.QuantileChange;
import dev.gatlingllm.decision.ShareChange;
import dev.gatlingllm.stats.CacheUse;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The calls of one key in two runs: a row for each number that is compared. */
final class ComparisonTable {

  private ComparisonTable() {}

  /** The median and one percentile of the bad tail of each measure, shares, and rates. */
  static Table of(KeyComparison key) {
    List<List<Cell>> rows = new ArrayList<>();
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
    List<Cell> hitRate =
        rate(
            "cache hit rate",
            "% of input tok",
            key,
            k -> k.cache().map(CacheUse::hitRatePercent).orElse(OptionalDouble.empty()));
    if (!hitRate.get(3).text().equals(Figures.DASH)
        || !hitRate.get(4).text().equals(Figures.DASH)) {
      rows.add(hitRate);
    }
    return Columns.of(Kind.NAME, "")
        .and(Kind.UNIT, "unit")
        .numbers("n", "A", "B", "B − A", "95 % interval", "effect")
        .and(Kind.VERDICT, "verdict")
        .with(key.key().path(), "", rows);
  }

  private static boolean shown(QuantileChange change) {
    return switch (change.quantile()) {
      case P50 -> true;
      case P95 -> true;
      case P10 -> change.measure().direction() == Direction.HIGH_IS_GOOD;
      default -> false;
    };
  }

  private static List<Cell> row(QuantileChange change) {
    String quantile = change.quantile() == Quantile.P50 ? "median" : change.quantile().label();
    return row(
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

  private static List<Cell> row(ShareChange share) {
    OptionalDouble points =
        share.direction() == Direction.HIGH_IS_GOOD
            ? negated(share.worsePoints())
            : share.worsePoints();
    return row(
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
  private static List<Cell> rate(
      String label,
      String unit,
      KeyComparison key,
      Function<CallStatistics, OptionalDouble> value) {
    OptionalDouble first = value.apply(key.first());
    OptionalDouble second = value.apply(key.second());
    boolean both = first.isPresent() && second.isPresent();
    return row(
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

  /** The texts of a row, and behind them how its verdict is coloured. */
  private static List<Cell> row(String... texts) {
    int last = texts.length - 1;
    List<Cell> cells = new ArrayList<>(Cell.row(Arrays.copyOf(texts, last)));
    cells.set(last - 1, cells.get(last - 1).as(texts[last]));
    return cells;
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
