package dev.gatlingllm.report;

import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.GroupStatistics;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PerToken;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The calls of each model, region and profile. Of fewer calls than succeeded, a number says of how
 * many.
 */
final class GroupTable {

  private GroupTable() {}

  static Table of(List<GroupStatistics> groups) {
    List<String> names = GroupingNames.of(groups);
    return Columns.of(Kind.NAME, "Calls")
        .numbers("ended", "failed, %")
        .and(Kind.TEXT, "how")
        .numbers("n, succeeded", "input", "output", "best", "median", "worst", "best", "worst")
        .with(
            IntStream.range(0, groups.size())
                .mapToObj(i -> row(names.get(i), groups.get(i)))
                .toList());
  }

  private static List<Cell> row(String name, GroupStatistics group) {
    long succeeded = group.counts().succeeded();
    Distribution e2e = group.of(Measure.E2E);
    Distribution input = group.of(Measure.INPUT_TOKENS);
    Distribution output = group.of(Measure.OUTPUT_TOKENS);
    PerToken perToken = group.perToken();
    return Cell.row(
        name,
        Figures.count(group.counts().judged()),
        Figures.percent(group.counts().errorPercent()),
        failures(group),
        Figures.count(succeeded),
        number(input.median(), input.n(), succeeded),
        number(output.median(), output.n(), succeeded),
        number(e2e.min(), e2e.n(), succeeded),
        number(e2e.median(), e2e.n(), succeeded),
        number(e2e.max(), e2e.n(), succeeded),
        number(perToken.bestMillis(), perToken.n(), succeeded),
        number(perToken.worstMillis(), perToken.n(), succeeded));
  }

  private static String failures(GroupStatistics group) {
    return group.counts().failures().entrySet().stream()
        .map(kind -> Figures.count(kind.getValue()) + " " + kind.getKey().code())
        .collect(Collectors.joining(", "));
  }

  private static String number(OptionalDouble value, long n, long succeeded) {
    return Figures.number(value)
        + (n == succeeded || n == 0 ? "" : " (n = " + Figures.count(n) + ")");
  }
}
