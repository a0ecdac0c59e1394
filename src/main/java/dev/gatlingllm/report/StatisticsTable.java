package dev.gatlingllm.report;

import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.Throughput;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * Every number of one key on the page, all text.
 *
 * @param name of the key
 * @param counts how its calls ended, in a line
 * @param breakdown by finish reason and region, in a line; empty if unknown
 * @param parts a table for latencies and sizes, one for rates, whose bad tail is the low one
 * @param unmeasured the measures without a value
 */
record StatisticsTable(
    String name, String counts, String breakdown, List<Table> parts, List<String> unmeasured) {

  private static final List<Quantile> HIGH =
      List.of(Quantile.P90, Quantile.P95, Quantile.P99, Quantile.P999);
  private static final List<Quantile> LOW_AND_HIGH =
      List.of(Quantile.P10, Quantile.P5, Quantile.P1, Quantile.P90, Quantile.P95, Quantile.P99);

  static List<StatisticsTable> of(RunReport report) {
    return HeadlineRows.of(report).stream().map(StatisticsTable::of).toList();
  }

  private static StatisticsTable of(CallStatistics calls) {
    List<List<Cell>> sizes = new ArrayList<>();
    List<List<Cell>> rates = new ArrayList<>();
    List<String> unmeasured = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      boolean rate = measure.direction() == Direction.HIGH_IS_GOOD;
      if (calls.of(measure).n() == 0) {
        unmeasured.add(measure.label());
      } else {
        (rate ? rates : sizes).add(row(measure, calls.of(measure), rate ? LOW_AND_HIGH : HIGH));
      }
    }
    List<Table> parts =
        Stream.of(table("measure", HIGH, sizes), table("rate", LOW_AND_HIGH, rates))
            .filter(part -> !part.isEmpty())
            .toList();
    return new StatisticsTable(
        calls.key().path(), counts(calls), breakdown(calls), parts, unmeasured);
  }

  private static Table table(String first, List<Quantile> quantiles, List<List<Cell>> rows) {
    return Columns.of(Kind.NAME, first)
        .numbers("n", "mean", "median", "IQR")
        .numbers(quantiles.stream().map(Quantile::label).toList())
        .numbers("sd", "CV", "min", "max")
        .with(rows);
  }

  private static List<Cell> row(
      Measure measure, Distribution distribution, List<Quantile> quantiles) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(measure.label(), measure.definition()).in(measure.unit()));
    cells.add(n(distribution));
    cells.add(Cell.number(distribution.mean(), ""));
    cells.add(percentile(distribution, Quantile.P50, ""));
    cells.add(Cell.number(distribution.iqr(), needs(Quantile.P75)));
    quantiles.forEach(quantile -> cells.add(percentile(distribution, quantile, needs(quantile))));
    cells.add(Cell.number(distribution.sd(), "needs 2 values"));
    cells.add(Cell.number(distribution.cv(), "needs 2 values and a mean other than 0"));
    cells.add(Cell.number(distribution.min(), ""));
    cells.add(
        distribution.longer() == 0
            ? Cell.number(distribution.max(), "")
            : above(distribution.max().orElse(0)));
    return cells;
  }

  private static Cell n(Distribution distribution) {
    return distribution.longer() == 0
        ? Cell.count(distribution.n())
        : Cell.of(
            Figures.count(distribution.n()) + " + " + Figures.count(distribution.longer()),
            "calls that succeeded, and those that rank above them: dropped, held back, timed out"
                + " or in flight at the end");
  }

  static Cell percentile(Distribution distribution, Quantile quantile, String reason) {
    return distribution.isLowerBound(quantile)
        ? above(distribution.at(quantile).orElse(0))
        : Cell.number(distribution.at(quantile), reason);
  }

  private static Cell above(double value) {
    return Cell.of("> " + Figures.number(value), "among the calls that rank above all others");
  }

  static String needs(Quantile quantile) {
    return "n too small (needs " + Figures.count(quantile.needed()) + ")";
  }

  private static String breakdown(CallStatistics calls) {
    List<String> groups = new ArrayList<>();
    add(groups, "finish reasons", calls.breakdown().finishReasons());
    add(groups, "regions", calls.breakdown().regions());
    add(groups, "served models", calls.breakdown().servedModels());
    add(groups, "served tiers", calls.breakdown().servedTiers());
    add(groups, "served latency modes", calls.breakdown().servedLatencyModes());
    return String.join("; ", groups);
  }

  private static void add(List<String> groups, String title, Map<String, Long> counts) {
    StringJoiner group = new StringJoiner(", ", title + ": ", "");
    counts.forEach((text, count) -> group.add(text + " " + Figures.count(count)));
    if (!counts.isEmpty()) {
      groups.add(group.toString());
    }
  }

  private static String counts(CallStatistics calls) {
    return Figures.fill(
        "%s started, %s succeeded, %s failed (%s throttled), %s%s unfinished, %s dropped;"
            + " %s retried, %s stalls; %s",
        Figures.count(calls.counts().started()),
        Figures.count(calls.counts().succeeded()),
        Figures.count(calls.counts().failed()),
        Figures.count(calls.counts().throttled()),
        cancelled(calls.counts().cancelled()),
        Figures.count(calls.counts().unfinished()),
        Figures.count(calls.counts().dropped()),
        Figures.count(calls.attempts().retriedCalls()),
        Figures.count(calls.dataQuality().stalls()),
        rates(calls));
  }

  private static String rates(CallStatistics calls) {
    Throughput throughput = calls.throughput();
    if (throughput.loadSeconds().isPresent() && throughput.startedPerMinute().isEmpty()) {
      return "no rate: " + Throughput.TURNS;
    }
    return Figures.fill(
        "rpm %s (started %s) over %s s of load; output tokens/min %s%s",
        Figures.number(throughput.requestsPerMinute()),
        Figures.number(throughput.startedPerMinute()),
        Figures.number(throughput.loadSeconds()),
        Figures.number(throughput.outputTokensPerMinute()),
        cacheRates(throughput));
  }

  private static String cancelled(long calls) {
    return calls == 0 ? "" : Figures.count(calls) + " cancelled by the client, ";
  }

  private static String cacheRates(Throughput throughput) {
    OptionalDouble read = throughput.cachedInputTokensPerMinute();
    OptionalDouble written = throughput.cacheWriteTokensPerMinute();
    return (read.isPresent() ? "; cached input tokens/min " + Figures.number(read) : "")
        + (written.isPresent() ? "; cache-write tokens/min " + Figures.number(written) : "");
  }
}
