package dev.gatlingllm.input;

import dev.gatlingllm.table.CsvReader;
import dev.gatlingllm.table.HeaderText;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rates over time from a CSV file with the header {@code second,rpm}, or {@code second,clients}:
 * what the load is at each second, in straight lines from row to row. The first row is second 0;
 * two rows of one second are a jump.
 *
 * @param unit {@code rpm} or {@code clients}
 * @param rows at least two
 */
public record RateFile(String unit, List<Row> rows) {

  private static final String HEADER = "second,rpm or second,clients";

  /** The load at an instant. */
  public record Row(BigDecimal second, BigDecimal value) {}

  /** Copies the rows. */
  public RateFile {
    rows = List.copyOf(rows);
  }

  /**
   * Reads a file.
   *
   * @throws InputException naming the line that cannot be used
   */
  public static RateFile read(Path file) {
    try (InputLines lines = InputLines.open(file)) {
      InputLines.Line header =
          lines
              .next()
              .orElseThrow(
                  () -> new InputException(file + ": must begin with " + HEADER + ", was empty"));
      char separator = CsvReader.separator(header.text());
      List<String> names =
          TraceRow.names(header.text()).stream()
              .map(name -> name.toLowerCase(Locale.ROOT))
              .toList();
      String unit =
          List.of("rpm", "clients").stream()
              .filter(known -> names.equals(List.of("second", known)))
              .findFirst()
              .orElseThrow(() -> header.wrong("header", HEADER, HeaderText.quoted(header.text())));
      List<Row> rows = new ArrayList<>();
      lines.cells(separator).forEach(cells -> rows.add(row(cells, unit, rows)));
      if (rows.size() < 2) {
        throw new InputException(file + ": must have at least two rows, had " + rows.size());
      }
      return new RateFile(unit, rows);
    }
  }

  private static Row row(InputLines.Cells found, String unit, List<Row> before) {
    List<String> cells = found.row().stripped();
    if (cells.size() != 2) {
      throw found.place().wrong("row", "2 columns", cells.size() + " columns");
    }
    BigDecimal least = before.isEmpty() ? BigDecimal.ZERO : before.get(before.size() - 1).second();
    BigDecimal second = number(found.place(), "second", cells.get(0), least);
    if (before.isEmpty() && second.signum() != 0) {
      throw found.place().wrong("second", "0 in the first row", cells.get(0));
    }
    return new Row(second, number(found.place(), unit, cells.get(1), BigDecimal.ZERO));
  }

  private static BigDecimal number(
      InputLines.Line place, String field, String text, BigDecimal least) {
    if (text.matches("\\d{1,12}(\\.\\d{1,9})?")) {
      BigDecimal number = new BigDecimal(text);
      if (number.compareTo(least) >= 0) {
        return number;
      }
    }
    throw place.wrong(field, "a number of at least " + least.toPlainString(), '"' + text + '"');
  }
}
