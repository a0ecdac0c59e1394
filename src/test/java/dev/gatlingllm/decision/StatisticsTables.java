package dev.gatlingllm.decision;

import dev.gatlingllm.capacity.SearchTables;
import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.PercentileInterval;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.stats.Values;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * The tables of reports/statistics.md: how often intervals hold the truth, limits are wrongly met,
 * and a run is called worse than itself, on {@link DependentSeries}. The same numbers every time.
 */
public final class StatisticsTables {

  static final double[] SHARES = {0.5, 0.9, 0.95};
  private static final Quantile[] QUANTILES = {Quantile.P50, Quantile.P90, Quantile.P95};
  static final int[] CALLS = {100, 300, 1000, 4000};
  private static final int SEED = 11;

  private final int sets;

  StatisticsTables(int sets) {
    this.sets = sets;
  }

  /**
   * Prints tables.
   *
   * @param arguments {@code coverage}, {@code limits}, {@code extend}, {@code comparison}, {@code
   *     gate}, {@code ab}, {@code pairs}, {@code drift}, {@code growth}, {@code told} or {@code
   *     capacity}, and how many sets; for {@code gate}, after that, of how many calls
   */
  public static void main(String[] arguments) {
    if (arguments[0].equals("capacity")) {
      SearchTables.print(Integer.parseInt(arguments[1]), System.out);
      return;
    }
    StatisticsTables tables = new StatisticsTables(Integer.parseInt(arguments[1]));
    switch (arguments[0]) {
      case "ab" -> tables.printBlocks(System.out);
      case "gate" ->
          tables.printGate(
              arguments.length > 2 ? new int[] {Integer.parseInt(arguments[2])} : CALLS,
              System.out);
      case "pairs" -> tables.printPairs(System.out);
      case "drift" -> SteadinessTables.printDrift(tables.sets, System.out);
      case "growth" -> SteadinessTables.printGrowth(tables.sets, System.out);
      case "told" -> tables.printTold(System.out);
      default -> tables.print(arguments[0], System.out);
    }
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
      case "extend" -> n > 1000 ? "-" : extended(series, share, n).text();
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

  /** How many times the planned calls a load goes on to in the tables. */
  static final int GOES_ON = 8;

  private static final Limit LATENCY =
      new Limit("latency", List.of(), "e2eMillis", "p50", Limit.Bound.AT_MOST, 0);

  /** In percent of the sets. */
  record Extended(double wronglyMet, double wronglyMissed, double met, double missed) {
    String text() {
      return String.format(
          Locale.ROOT, "%.1f, %.1f / %.0f / %.0f", wronglyMet, wronglyMissed, met, missed);
    }
  }

  /** A load that goes on to eight times its plan, with the limit at the truth and beside it. */
  Extended extended(DependentSeries series, double share, int planned) {
    double truth = series.percentile(share);
    RandomGenerator random = new Well19937c(SEED + planned);
    double[] counts = new double[4];
    for (int set = 0; set < sets; set++) {
      double[] values = series.draw(GOES_ON * planned, random);
      Outcome atTruth = extended(values, truth, share, planned);
      counts[0] += atTruth == Outcome.MET ? 1 : 0;
      counts[1] += atTruth == Outcome.MISSED ? 1 : 0;
      counts[2] += extended(values, 1.5 * truth, share, planned) == Outcome.MET ? 1 : 0;
      counts[3] += extended(values, truth / 1.5, share, planned) == Outcome.MISSED ? 1 : 0;
    }
    double all = sets / 100.0;
    return new Extended(counts[0] / all, counts[1] / all, counts[2] / all, counts[3] / all);
  }

  private static Outcome extended(double[] values, double limit, double share, int planned) {
    Looks looks = new Looks(List.of(LATENCY));
    long calls = planned;
    while (true) {
      int first = (int) Math.min(calls, values.length);
      Evidence evidence =
          LimitDecision.atMost(Values.inOrder(Arrays.copyOf(values, first)), limit, share);
      looks.lookAt(LATENCY, evidence, share, first);
      if (looks.isDecided() || first == values.length) {
        return Outcome.of(looks.made().last(LATENCY).orElseThrow().outcome());
      }
      calls = Looks.callsAfter(calls);
    }
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

  /**
   * In percent of the pairs, for each of the shares: how often {@code compare} and {@code
   * llm.gate.baseline} call a service worse than itself if that percentile alone is named.
   */
  double[] calledWorseByTheGate(DependentSeries series, int n) {
    RandomGenerator random = new Well19937c(SEED + n);
    double[] worse = new double[SHARES.length];
    for (int set = 0; set < sets; set++) {
      RunComparison pair = RunComparison.of(run(series, n, random), run(series, n, random));
      for (int i = 0; i < SHARES.length; i++) {
        worse[i] += isWorse(pair, SHARES[i]) ? 100.0 / sets : 0;
      }
    }
    return worse;
  }

  private static boolean isWorse(RunComparison pair, double share) {
    String gate = String.format(Locale.ROOT, "e2e.p%.0f=0%%", 100 * share);
    return ComparisonGate.judge(List.of(ComparisonGate.parse(gate)), pair).stream()
        .anyMatch(result -> !result.passesUnlessWorse());
  }

  private void printGate(int[] calls, PrintStream out) {
    for (int n : calls) {
      List<double[]> cells = new ArrayList<>();
      for (DependentSeries series : DependentSeries.values()) {
        cells.add(calledWorseByTheGate(series, n));
      }
      for (int i = 0; i < SHARES.length; i++) {
        StringBuilder row =
            new StringBuilder(String.format(Locale.ROOT, "| p%.0f, n = %,d |", 100 * SHARES[i], n));
        for (double[] cell : cells) {
          row.append(String.format(Locale.ROOT, " %.1f |", cell[i]));
        }
        out.println(row);
      }
    }
  }

  private static RunComparison.Collected run(
      DependentSeries series, int n, RandomGenerator random) {
    StatisticsCollector calls =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
    double scale = 100 / series.percentile(0.5);
    double[] latencies = series.draw(n, random);
    for (int i = 0; i < n; i++) {
      calls.add(
          CallFixture.call().id(i).from(10.0 * i, 10.0 * i + scale * latencies[i]).record(), 0);
    }
    return new RunComparison.Collected(calls.result(), calls);
  }

  /** How often two runs of one seed show the second worse, in pairs and as independent runs. */
  private void printPairs(PrintStream out) {
    for (double slower : new double[] {1, 1.1, 1.2, 1.5}) {
      out.println(String.format(Locale.ROOT, "%.1f ×", slower));
      for (int n : CALLS) {
        String[] rows = new String[SHARES.length];
        for (int i = 0; i < rows.length; i++) {
          rows[i] = String.format(Locale.ROOT, "| p%.0f, n = %,d |", 100 * SHARES[i], n);
        }
        for (PairedSeries series : PairedSeries.values()) {
          PairedSeries.Seen[] seen = PairedSeries.seen(series, sets, slower, n, QUANTILES);
          for (int i = 0; i < rows.length; i++) {
            rows[i] +=
                String.format(
                    Locale.ROOT, " %.1f · %.1f |", seen[i].inPairs(), seen[i].asIndependent());
          }
        }
        List.of(rows).forEach(out::println);
      }
    }
  }

  /** How often the told number of calls decides a limit on failures, where they come in bursts. */
  private void printTold(PrintStream out) {
    double[][] limits = {{0.10, 0.05}, {0.05, 0.01}, {0.10, 0.02}, {0.02, 0.05}};
    for (double[] limit : limits) {
      for (int n : new int[] {120, 400, 1500}) {
        StringBuilder row =
            new StringBuilder(
                String.format(
                    Locale.ROOT,
                    "| %.0f %%, limit %.0f %%, n = %,d |",
                    100 * limit[0],
                    100 * limit[1],
                    n));
        for (double length : new double[] {5, 20, 60}) {
          BurstyFailures.Told told =
              new BurstyFailures(length, limit[0]).decidedByTheNumberTold(n, sets, 1 - limit[1]);
          row.append(
              String.format(
                  Locale.ROOT, " %.0f of %d, %,.0f |", told.percent(), told.runs(), told.calls()));
        }
        out.println(row);
      }
    }
  }

  /** How often a run in blocks, and two runs of as many calls, show the second target worse. */
  private void printBlocks(PrintStream out) {
    for (String gate : List.of("e2e.p50=5%", "e2e.p95=5%")) {
      for (double slower : new double[] {1, 1.1, 1.2, 1.5}) {
        out.println(
            String.format(
                Locale.ROOT,
                "| %s, %.1f × | %.1f | %.1f |",
                gate,
                slower,
                AbQueue.seenInBlocks(sets, slower, 8, 150, gate),
                AbQueue.seenInTwoRuns(sets, slower, 1200, gate)));
      }
    }
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
