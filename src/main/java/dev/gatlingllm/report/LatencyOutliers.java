package dev.gatlingllm.report;

import dev.gatlingllm.stats.LineFit;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.RunStatistics;
import dev.gatlingllm.stats.TokenPoints.Point;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Calls that took much longer than their tokens explain, of those that were drawn as points.
 *
 * @param outliers the calls farthest above the line of e2e against output tokens
 * @param pairs calls with the same number of input and output tokens, or nearly, whose e2e differs
 *     most
 */
record LatencyOutliers(Table outliers, Table pairs) {

  private static final int MOST = 5;

  /** A call of which all four numbers are known. */
  private record Known(long id, double input, double output, double e2e) {
    static List<Known> of(Point point) {
      return point.outputTokens().isEmpty() || point.e2eMillis().isEmpty()
          ? List.of()
          : List.of(
              new Known(
                  point.id(),
                  point.inputTokens(),
                  point.outputTokens().getAsDouble(),
                  point.e2eMillis().getAsDouble()));
    }
  }

  static LatencyOutliers of(RunStatistics statistics) {
    List<Known> calls =
        statistics.points().points().stream().flatMap(point -> Known.of(point).stream()).toList();
    List<List<Cell>> outliers =
        statistics.views().fits().stream()
            .filter(fit -> fit.x() == Measure.OUTPUT_TOKENS && fit.y() == Measure.E2E)
            .findFirst()
            .map(fit -> outliers(calls, fit))
            .orElse(List.of());
    return new LatencyOutliers(
        table("Slowest for its output", "the line says, ms", outliers),
        table("Alike, yet apart: calls", "difference, ms", pairs(calls)));
  }

  private static Table table(String first, String last, List<List<Cell>> rows) {
    return Columns.of(Kind.TEXT, first)
        .numbers("input, tok", "output, tok", "e2e, ms", last)
        .with(rows);
  }

  private static List<List<Cell>> outliers(List<Known> calls, LineFit fit) {
    return calls.stream()
        .sorted(Comparator.comparingDouble((Known call) -> fit.at(call.output()) - call.e2e()))
        .limit(MOST)
        .map(
            call ->
                Cell.row(
                    "call " + call.id(),
                    Figures.number(call.input()),
                    Figures.number(call.output()),
                    Figures.number(call.e2e()),
                    Figures.number(fit.at(call.output()))))
        .toList();
  }

  /** A call and the fastest with the same tokens, or else its neighbour in the order of tokens. */
  private static List<List<Cell>> pairs(List<Known> calls) {
    List<Known> sorted =
        calls.stream()
            .sorted(
                Comparator.comparingDouble(Known::output)
                    .thenComparingDouble(Known::input)
                    .thenComparingDouble(Known::e2e))
            .toList();
    record Difference(Known one, Known other) {
      double millis() {
        return Math.abs(other.e2e() - one.e2e());
      }
    }
    List<Difference> differences = new ArrayList<>();
    for (int i = 1, first = 0; i < sorted.size(); i++) {
      Known call = sorted.get(i);
      Known fastest = sorted.get(first);
      if (call.input() != fastest.input() || call.output() != fastest.output()) {
        first = i;
      }
      Known other = first == i ? sorted.get(i - 1) : fastest;
      if (alike(other.output(), call.output()) && alike(other.input(), call.input())) {
        differences.add(new Difference(other, call));
      }
    }
    return differences.stream()
        .sorted(Comparator.comparingDouble(Difference::millis).reversed())
        .limit(MOST)
        .map(
            difference ->
                Cell.row(
                    difference.one().id() + ", " + difference.other().id(),
                    both(difference.one().input(), difference.other().input()),
                    both(difference.one().output(), difference.other().output()),
                    both(difference.one().e2e(), difference.other().e2e()),
                    Figures.number(difference.millis())))
        .toList();
  }

  /** Within 1 %. */
  private static boolean alike(double one, double other) {
    return Math.abs(one - other) <= 0.01 * Math.max(one, other);
  }

  private static String both(double one, double other) {
    return Figures.number(one) + ", " + Figures.number(other);
  }
}
