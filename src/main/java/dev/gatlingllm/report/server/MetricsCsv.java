package dev.gatlingllm.report.server;

import dev.gatlingllm.table.CsvReader;
import dev.gatlingllm.table.HeaderText;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metrics in columns, apart by comma, semicolon or tab; a first line such as {@code sep=;} says
 * which. The header's first cell names the time, such as {@code TimeStamp} or {@code Time (UTC)};
 * each further cell a metric, its unit in brackets behind it. A header with {@code TimeGenerated}
 * and {@code MetricName} begins a table of Azure Log Analytics.
 */
record MetricsCsv(String file, MetricTime time) {

  private static final Pattern SEPARATOR = Pattern.compile("(?i)\"?sep=(.)\"?\\s*");
  private static final Pattern TIME =
      Pattern.compile("(?i)(date|time|timestamp|datetime|timegenerated|_time)\\b.*");
  private static final Pattern UTC = Pattern.compile("(?i).*\\[UTC].*");
  private static final Pattern METRIC =
      Pattern.compile("(?s)(.*?)\\s*(?:[(\\[]([^()\\[\\]]*)[)\\]])?");

  List<ServerSeries> read(String text) {
    try {
      char separator = separator(text);
      MetricNumber numbers = new MetricNumber(commas(text, separator));
      return read(text, new CsvReader(new StringReader(text), 0, separator), numbers);
    } catch (IOException e) {
      throw new MetricsFileException(file + " " + e.getMessage());
    }
  }

  /** Only what is apart by semicolons may have decimals behind a comma. */
  private static MetricNumber.Commas commas(String text, char separator) throws IOException {
    if (separator != ';') {
      return MetricNumber.Commas.THOUSANDS;
    }
    CsvReader csv = new CsvReader(new StringReader(text), 0, separator);
    boolean decimal = false;
    boolean thousands = false;
    for (Optional<CsvReader.Row> row = csv.next(); row.isPresent(); row = csv.next()) {
      for (String cell : row.get().stripped()) {
        decimal |= MetricNumber.isSurelyDecimal(cell);
        thousands |= MetricNumber.isSurelyThousands(cell);
      }
    }
    if (decimal == thousands) {
      return MetricNumber.Commas.UNKNOWN;
    }
    return decimal ? MetricNumber.Commas.DECIMAL : MetricNumber.Commas.THOUSANDS;
  }

  private static char separator(String text) {
    Matcher said = SEPARATOR.matcher(text.lines().findFirst().orElse(""));
    if (said.matches()) {
      return said.group(1).charAt(0);
    }
    return text.lines()
        .filter(line -> TIME.matcher(line.replace("\"", "").strip()).matches())
        .findFirst()
        .or(() -> text.lines().findFirst())
        .map(CsvReader::separator)
        .orElse(',');
  }

  private List<ServerSeries> read(String text, CsvReader csv, MetricNumber numbers)
      throws IOException {
    List<String> names = header(text, csv);
    boolean named = MetricRows.haveNames(names);
    MetricRows rows = new MetricRows(file, time, numbers);
    List<List<ServerSeries.Point>> points = new ArrayList<>();
    names.forEach(name -> points.add(new ArrayList<>()));
    for (Optional<CsvReader.Row> row = csv.next(); row.isPresent(); row = csv.next()) {
      String place = file + " line " + row.get().line();
      List<String> cells = row.get().stripped();
      requireColumns(place, cells, names);
      if (named) {
        rows.add(place, byName(names, cells));
      } else {
        row(place, cells, names, points, numbers);
      }
    }
    return named ? rows.series() : series(names, points);
  }

  private static Map<String, String> byName(List<String> names, List<String> cells) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int column = 0; column < names.size(); column++) {
      row.put(names.get(column), cells.get(column));
    }
    return row;
  }

  private List<ServerSeries> series(List<String> names, List<List<ServerSeries.Point>> points) {
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
                    text.lines().findFirst().map(HeaderText::shown).orElse("absent")));
  }

  private static boolean isHeader(List<String> cells) {
    return cells.size() > 1
        && (TIME.matcher(cells.get(0)).matches() || MetricRows.haveNames(cells));
  }

  private ServerSeries series(String header, List<ServerSeries.Point> points) {
    Matcher parts = METRIC.matcher(header);
    boolean split = parts.matches();
    String unit = split && parts.group(2) != null ? parts.group(2).strip() : "";
    return new ServerSeries(file, split ? parts.group(1) : header, "", unit, "", points);
  }

  private static void requireColumns(String place, List<String> cells, List<String> names) {
    if (cells.size() != names.size()) {
      throw MetricsFileException.of(
          place, "row", names.size() + " columns", cells.size() + " columns");
    }
  }

  private void row(
      String place,
      List<String> cells,
      List<String> names,
      List<List<ServerSeries.Point>> points,
      MetricNumber numbers) {
    MetricTime of = UTC.matcher(names.get(0)).matches() ? new MetricTime(ZoneOffset.UTC) : time;
    Instant begin =
        of.read(cells.get(0))
            .orElseThrow(
                () ->
                    MetricsFileException.of(
                        place, names.get(0), MetricTime.ACCEPTED, cells.get(0)));
    for (int column = 1; column < cells.size(); column++) {
      String value = cells.get(column);
      if (!MetricNumber.isAbsent(value)) {
        double number = numbers.read(place, names.get(column), value);
        points.get(column).add(new ServerSeries.Point(begin, number));
      }
    }
  }
}
