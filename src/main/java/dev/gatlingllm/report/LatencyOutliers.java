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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Calls that took much longer than their tokens explain, of those that were drawn as points.
 *
 * @param outliers the calls farthest above the line of e2e against output tokens
 * @param pairs calls with the same number of input and output tokens, or nearly, whose e2e differs
 *     most; each call in one pair at most
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

    boolean sameTokens(Known other) {
      return input == other.input && output == other.output;
    }

    boolean isAlike(Known other) {
      return isNear(output, other.output) && isNear(input, other.input);
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

  /**
   * The slowest of the calls with the same tokens with the fastest, the second slowest with the
   * second fastest, and so on; a call that is alone, with its neighbour in the order of tokens.
   */
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
    for (int first = 0, end; first < sorted.size(); first = end) {
      end = first + 1;
      while (end < sorted.size() && sorted.get(end).sameTokens(sorted.get(first))) {
        end++;
      }
      for (int i = 0; i < Math.min(MOST, (end - first) / 2); i++) {
        differences.add(new Difference(sorted.get(first + i), sorted.get(end - 1 - i)));
      }
      if (first > 0 && sorted.get(first - 1).isAlike(sorted.get(first))) {
        differences.add(new Difference(sorted.get(first - 1), sorted.get(first)));
      }
    }
    differences.sort(Comparator.comparingDouble(Difference::millis).reversed());
    List<Difference> shown = new ArrayList<>();
    // A call that took long for itself is far from all its neighbours, and yet one finding.
    Set<Known> used = new HashSet<>();
    for (Difference pair : differences) {
      if (!used.contains(pair.one()) && !used.contains(pair.other())) {
        used.addAll(List.of(pair.one(), pair.other()));
        shown.add(pair);
      }
    }
    return shown.stream()
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
  private static boolean isNear(double one, double other) {
    return Math.abs(one - other) <= 0.01 * Math.max(one, other);
  }

  private static String both(double one, double other) {
    return Figures.number(one) + ", " + Figures.number(other);
  }
}
