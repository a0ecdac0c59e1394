package dev.gatlingllm.report.compare;

import dev.gatlingllm.decision.Change;
import dev.gatlingllm.decision.KeyComparison;
import dev.gatlingllm.decision.QuantileChange;
import dev.gatlingllm.decision.ShareChange;
import dev.gatlingllm.decision.Worth;
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
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** The calls of one key in two runs: a row for each number that is compared. */
final class ComparisonTable {

  /** The mark of a number that no gate named, and how its verdict is coloured: not at all. */
  private static final String EXPLORATORY = "exploratory";

  private ComparisonTable() {}

  /** The median and one percentile of the bad tail of each measure, shares, and rates. */
  static Table of(KeyComparison key, Candidate candidate) {
    List<List<Cell>> rows = new ArrayList<>();
    key.quantiles().stream()
        .filter(ComparisonTable::shown)
        .forEach(change -> rows.add(row(change, candidate.decided(key, change.number()))));
    key.shares().stream()
        .filter(
            share ->
                share.first().count() + share.second().count() > 0 || share.name().equals("failed"))
        .forEach(share -> rows.add(row(share, candidate.decided(key, share.name()))));
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
        .numbers(
            "n",
            Candidate.FIRST,
            candidate.letter(),
            candidate.letter() + " − " + Candidate.FIRST,
            "effect",
            "95 % interval")
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

  private static List<Cell> row(QuantileChange change, Optional<Change> decided) {
    String quantile = change.quantile() == Quantile.P50 ? "median" : change.quantile().label();
    return row(
        change.measure().label() + ", " + quantile,
        change.measure().unit(),
        n(change.first().n(), change.first().worth())
            + " | "
            + n(change.second().n(), change.second().worth()),
        Figures.number(change.first().value()),
        Figures.number(change.second().value()),
        signed(change.differenceOfRuns()),
        signedPercent(change.effectPercent()),
        interval(change.effectInterval(), ComparisonTable::signedPercent),
        change.change() == Change.TOO_FEW
            ? Change.TOO_FEW.text() + " (each run needs " + Figures.count(change.needed()) + ")"
            : verdict(change.change(), decided) + (change.pairs() > 0 ? ", in pairs" : ""),
        decided.map(Change::code).orElse(EXPLORATORY));
  }

  /** What is not decided is marked, and never coloured. */
  private static String verdict(Change looks, Optional<Change> decided) {
    if (decided.isPresent()) {
      Change change = decided.get();
      return change == Change.CANNOT_TELL ? change.text() : "shown " + change.text();
    }
    return EXPLORATORY + ": " + (looks == Change.CANNOT_TELL ? "" : "looks ") + looks.text();
  }

  private static String n(long calls, OptionalDouble worth) {
    return Worth.isLess(calls, worth.orElse((double) calls))
        ? Figures.count(calls) + " (" + Figures.count(Math.round(worth.getAsDouble())) + ")"
        : Figures.count(calls);
  }

  private static List<Cell> row(ShareChange share, Optional<Change> decided) {
    return row(
        share.name() + " calls",
        "%",
        n(share.first().of(), OptionalDouble.of(share.first().worth()))
            + " | "
            + n(share.second().of(), OptionalDouble.of(share.second().worth())),
        Figures.percent(share.firstPercent()),
        Figures.percent(share.secondPercent()),
        signed(share.points()),
        "",
        interval(share.difference(), ComparisonTable::signed),
        share.change() == Change.TOO_FEW ? share.change().text() : verdict(share.change(), decided),
        decided.map(Change::code).orElse(EXPLORATORY));
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
        both && first.getAsDouble() > 0
            ? signedPercent(
                OptionalDouble.of(100 * (second.getAsDouble() / first.getAsDouble() - 1)))
            : Figures.DASH,
        "",
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

  /** An open end is said, never left out. */
  private static String interval(
      Optional<Interval> interval, Function<OptionalDouble, String> print) {
    return interval
        .map(ends -> range(ends, end -> print.apply(OptionalDouble.of(end)), " … ", "open"))
        .orElse(Figures.DASH);
  }

  /**
   * Both ends, or the one that is known.
   *
   * @param to stands between two
   * @param open stands for none
   */
  static String range(Interval ends, DoubleFunction<String> print, String to, String open) {
    String low = ends.hasLow() ? print.apply(ends.low()) : "";
    String high = ends.hasHigh() ? print.apply(ends.high()) : "";
    if (ends.hasLow() && ends.hasHigh()) {
      return low + to + high;
    }
    return ends.hasLow() ? "at least " + low : ends.hasHigh() ? "at most " + high : open;
  }

  static String signed(OptionalDouble value) {
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
