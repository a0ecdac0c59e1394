package dev.gatlingllm.report.server;

import dev.gatlingllm.table.CsvReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metrics in columns. The header's first cell names the time, such as {@code TimeStamp} or {@code
 * Time (UTC)}; each further cell a metric, its unit in brackets behind it.
 */
record MetricsCsv(String file, MetricTime time) {

  private static final Pattern TIME = Pattern.compile("(?i)(date|time|timestamp|datetime)\\b.*");
  private static final Pattern METRIC =
      Pattern.compile("(?s)(.*?)\\s*(?:[(\\[]([^()\\[\\]]*)[)\\]])?");
  private static final Set<String> EMPTY = Set.of("", "-", "--", "null", "nan");

  List<ServerSeries> read(String text) {
    try {
      return read(text, new CsvReader(new StringReader(text), 0));
    } catch (IOException e) {
      throw new MetricsFileException(file + " " + e.getMessage());
    }
  }

  private List<ServerSeries> read(String text, CsvReader csv) throws IOException {
    List<String> names = header(text, csv);
    List<List<ServerSeries.Point>> points = new ArrayList<>();
    names.forEach(name -> points.add(new ArrayList<>()));
    Optional<CsvReader.Row> row = csv.next();
    while (row.isPresent()) {
      row(file + " line " + row.get().line(), row.get().stripped(), names, points);
      row = csv.next();
    }
    List<ServerSeries> series = new ArrayList<>();
    for (int column = 1; column < names.size(); column++) {
      series.add(series(names.get(column), points.get(column)));
    }
    return series;
  }

  private List<String> header(String text, CsvReader csv) throws IOException {
    Optional<CsvReader.Row> row = csv.next();
    while (row.isPresent() && !isHeader(row.get().stripped())) {
      row = csv.next();
    }
    return row.map(CsvReader.Row::stripped)
        .orElseThrow(
            () ->
                MetricsFileException.of(
                    file + " line 1",
                    "header",
                    "a time column and at least one metric",
                    text.lines().findFirst().orElse("absent")));
  }

  private static boolean isHeader(List<String> cells) {
    return cells.size() > 1 && TIME.matcher(cells.get(0)).matches();
  }

  private ServerSeries series(String header, List<ServerSeries.Point> points) {
    Matcher parts = METRIC.matcher(header);
    boolean split = parts.matches();
    String unit = split && parts.group(2) != null ? parts.group(2).strip() : "";
    return new ServerSeries(file, split ? parts.group(1) : header, "", unit, "", points);
  }

  private void row(
      String place, List<String> cells, List<String> names, List<List<ServerSeries.Point>> points) {
    if (cells.size() != names.size()) {
      throw MetricsFileException.of(
          place, "row", names.size() + " columns", cells.size() + " columns");
    }
    Instant begin =
        time.read(cells.get(0))
            .orElseThrow(
                () ->
                    MetricsFileException.of(
                        place, names.get(0), MetricTime.ACCEPTED, cells.get(0)));
    for (int column = 1; column < cells.size(); column++) {
      String value = cells.get(column);
      if (!EMPTY.contains(value.toLowerCase(Locale.ROOT))) {
        points
            .get(column)
            .add(new ServerSeries.Point(begin, number(place, names.get(column), value)));
      }
    }
  }

  private static double number(String place, String column, String value) {
    try {
      double number = Double.parseDouble(value);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException ignored) {
      // refused below
    }
    throw MetricsFileException.of(place, column, "a number", value);
  }
}
