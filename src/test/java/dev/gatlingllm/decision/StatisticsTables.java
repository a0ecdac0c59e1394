package dev.gatlingllm.decision;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.PercentileInterval;
import dev.gatlingllm.stats.Values;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * The tables of reports/statistics.md: how often intervals hold the truth, limits are wrongly met,
 * and a run is called worse than itself, on {@link DependentSeries}. The same numbers every time.
 */
final class StatisticsTables {

  static final double[] SHARES = {0.5, 0.9, 0.95};
  static final int[] CALLS = {100, 300, 1000, 4000};
  private static final int SEED = 11;

  private final int sets;

  StatisticsTables(int sets) {
    this.sets = sets;
  }

  /**
   * Prints tables.
   *
   * @param arguments {@code coverage}, {@code limits} or {@code comparison}, and how many sets
   */
  public static void main(String[] arguments) {
    new StatisticsTables(Integer.parseInt(arguments[1])).print(arguments[0], System.out);
  }

  private void print(String table, PrintStream out) {
    for (double share : SHARES) {
      for (int n : CALLS) {
        StringBuilder row =
            new StringBuilder(String.format(Locale.ROOT, "| p%.0f, n = %,d |", 100 * share, n));
        for (DependentSeries series : DependentSeries.values()) {
          row.append(' ').append(cell(table, series, share, n)).append(" |");
        }
        out.println(row);
      }
    }
  }

  private String cell(String table, DependentSeries series, double share, int n) {
    return switch (table) {
      case "coverage" -> coverage(series, share, n).text();
      case "limits" -> limits(series, share, n).text();
      case "comparison" -> comparison(series, share, n).text();
      default -> throw new IllegalArgumentException("no such table: " + table);
    };
  }

  /** In percent of the sets. */
  record Coverage(double held, double bothEnds) {
    String text() {
      return String.format(Locale.ROOT, "%.0f %% (%.0f %%)", held, bothEnds);
    }
  }

  Coverage coverage(DependentSeries series, double share, int n) {
    double truth = series.percentile(share);
    List<Interval> intervals = new ArrayList<>();
    for (Values values : draw(series, n, sets)) {
      double worth = PercentileInterval.worth(values, 100 * share).orElseThrow();
      intervals.add(PercentileInterval.of(values, 100 * share, worth, Interval.RISK_OF_ONE_END));
    }
    return new Coverage(
        percent(intervals, ends -> ends.low() <= truth && truth <= ends.high()),
        percent(intervals, ends -> ends.hasLow() && ends.hasHigh()));
  }

  /** In percent of the sets. */
  record Limits(double wronglyMet, double wronglyMissed, double met, double missed) {
    String text() {
      return String.format(
          Locale.ROOT, "%.0f / %.0f / %.0f / %.0f", wronglyMet, wronglyMissed, met, missed);
    }
  }

  Limits limits(DependentSeries series, double share, int n) {
    double truth = series.percentile(share);
    List<Values> runs = draw(series, n, sets);
    return new Limits(
        decided(runs, truth, share, Outcome.MET),
        decided(runs, truth, share, Outcome.MISSED),
        decided(runs, 1.5 * truth, share, Outcome.MET),
        decided(runs, truth / 1.5, share, Outcome.MISSED));
  }

  private static double decided(List<Values> runs, double limit, double share, Outcome outcome) {
    return percent(runs, values -> LimitDecision.atMost(values, limit, share).outcome() == outcome);
  }

  /** In percent of the pairs. */
  record Pairs(
      double calledWorse, double looksDifferent, double sees12, double sees15, double sees20) {
    String text() {
      return String.format(
          Locale.ROOT,
          "%.1f, %.1f / %.0f / %.0f / %.0f",
          calledWorse,
          looksDifferent,
          sees12,
          sees15,
          sees20);
    }
  }

  Pairs comparison(DependentSeries series, double share, int n) {
    List<Values> runs = draw(series, n, 2 * sets);
    List<Contrast> pairs = new ArrayList<>();
    for (int i = 0; i < sets; i++) {
      pairs.add(PercentileContrast.of(runs.get(i), runs.get(sets + i), 100 * share).orElseThrow());
    }
    return new Pairs(
        seen(pairs, 1),
        percent(pairs, pair -> pair.interval().low() > 0 || pair.interval().high() < 0),
        seen(pairs, 1.2),
        seen(pairs, 1.5),
        seen(pairs, 2));
  }

  /** A service that is slower by a factor shifts every limit of the logarithm by the same. */
  private static double seen(List<Contrast> pairs, double factor) {
    return percent(pairs, pair -> pair.sides().low() + Math.log(factor) > 0);
  }

  private static List<Values> draw(DependentSeries series, int n, int sets) {
    RandomGenerator random = new Well19937c(SEED + n);
    List<Values> runs = new ArrayList<>();
    for (int i = 0; i < sets; i++) {
      runs.add(Values.inOrder(series.draw(n, random)));
    }
    return runs;
  }

  private static <T> double percent(List<T> all, Predicate<T> counted) {
    return 100.0 * all.stream().filter(counted).count() / all.size();
  }
}
