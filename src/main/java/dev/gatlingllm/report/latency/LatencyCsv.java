package dev.gatlingllm.report.latency;

import dev.gatlingllm.text.CsvLine;
import dev.gatlingllm.text.Figures;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code latency-table.csv}: a line for each row, a column for each statistic. What is not known is
 * an empty cell.
 */
final class LatencyCsv {

  private LatencyCsv() {}

  static String of(LatencyTable table) {
    StringBuilder text = new StringBuilder();
    text.append(line("Row", LatencyStatistic::column));
    for (Map.Entry<String, LatencyRow> row : RowName.unique(table.rows()).entrySet()) {
      text.append(line(row.getKey(), statistic -> statistic.of(row.getValue())));
    }
    return text.toString();
  }

  private static String line(String first, Function<LatencyStatistic, String> cell) {
    return CsvLine.of(
        Stream.concat(Stream.of(first), Arrays.stream(LatencyStatistic.values()).map(cell))
            .map(text -> text.equals(Figures.DASH) ? "" : text)
            .toList(),
        "\n");
  }
}
