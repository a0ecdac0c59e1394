package dev.gatlingllm.report;

import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.Throughput;
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
    String name, String counts, String breakdown, List<Part> parts, List<String> unmeasured) {

  /** A table with its own columns. */
  record Part(List<String> columns, List<Row> rows) {}

  /** One measure. */
  record Row(String label, String unit, String definition, List<Cell> cells) {}

  /** One number; the reason is empty unless there is a dash. */
  record Cell(String text, String reason) {}

  private static final List<Quantile> HIGH =
      List.of(Quantile.P90, Quantile.P95, Quantile.P99, Quantile.P999);
  private static final List<Quantile> LOW_AND_HIGH =
      List.of(Quantile.P10, Quantile.P5, Quantile.P1, Quantile.P90, Quantile.P95, Quantile.P99);

  static List<StatisticsTable> of(RunReport report) {
    return HeadlineRows.of(report).stream().map(StatisticsTable::of).toList();
  }

  private static StatisticsTable of(CallStatistics calls) {
    List<Row> sizes = new ArrayList<>();
    List<Row> rates = new ArrayList<>();
    List<String> unmeasured = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      boolean rate = measure.direction() == Direction.HIGH_IS_GOOD;
      if (calls.of(measure).n() == 0) {
        unmeasured.add(measure.label());
      } else {
        (rate ? rates : sizes).add(row(measure, calls.of(measure), rate ? LOW_AND_HIGH : HIGH));
      }
    }
    List<Part> parts =
        Stream.of(
                new Part(columns("measure", HIGH), sizes),
                new Part(columns("rate", LOW_AND_HIGH), rates))
            .filter(part -> !part.rows().isEmpty())
            .toList();
    return new StatisticsTable(
        calls.key().path(), counts(calls), breakdown(calls), parts, unmeasured);
  }

  private static List<String> columns(String first, List<Quantile> quantiles) {
    List<String> columns = new ArrayList<>(List.of(first, "n", "mean", "median", "IQR"));
    quantiles.forEach(quantile -> columns.add(quantile.label()));
    columns.addAll(List.of("sd", "CV", "min", "max"));
    return columns;
  }

  private static Row row(Measure measure, Distribution distribution, List<Quantile> quantiles) {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(Figures.count(distribution.n()), ""));
    cells.add(cell(distribution.mean(), ""));
    cells.add(cell(distribution.median(), ""));
    cells.add(cell(distribution.iqr(), needs(Quantile.P75)));
    quantiles.forEach(quantile -> cells.add(cell(distribution.at(quantile), needs(quantile))));
    cells.add(cell(distribution.sd(), "needs 2 values"));
    cells.add(cell(distribution.cv(), "needs 2 values and a mean other than 0"));
    cells.add(cell(distribution.min(), ""));
    cells.add(cell(distribution.max(), ""));
    return new Row(measure.label(), measure.unit(), measure.definition(), cells);
  }

  private static Cell cell(OptionalDouble value, String reason) {
    return new Cell(Figures.number(value), value.isPresent() ? "" : reason);
  }

  private static String needs(Quantile quantile) {
    return "n too small (needs " + Figures.count(quantile.needed()) + ")";
  }

  private static String breakdown(CallStatistics calls) {
    List<String> groups = new ArrayList<>();
    add(groups, "finish reasons", calls.breakdown().finishReasons());
    add(groups, "regions", calls.breakdown().regions());
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
    return Figures.count(calls.counts().started())
        + " started, "
        + Figures.count(calls.counts().succeeded())
        + " succeeded, "
        + Figures.count(calls.counts().failed())
        + " failed ("
        + Figures.count(calls.counts().throttled())
        + " throttled), "
        + Figures.count(calls.counts().unfinished())
        + " unfinished, "
        + Figures.count(calls.counts().missed())
        + " missed; "
        + Figures.count(calls.attempts().retriedCalls())
        + " retried, "
        + Figures.count(calls.oddities().stalls())
        + " stalls; rpm "
        + Figures.number(calls.throughput().requestsPerMinute())
        + ", steady part "
        + Figures.number(calls.throughput().steadyRequestsPerMinute())
        + "; output tokens/min "
        + Figures.number(calls.throughput().outputTokensPerMinute())
        + cacheRates(calls.throughput());
  }

  private static String cacheRates(Throughput throughput) {
    OptionalDouble read = throughput.cachedInputTokensPerMinute();
    OptionalDouble written = throughput.cacheWriteTokensPerMinute();
    return (read.isPresent() ? "; cached input tokens/min " + Figures.number(read) : "")
        + (written.isPresent() ? "; cache-write tokens/min " + Figures.number(written) : "");
  }
}
