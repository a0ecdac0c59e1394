package dev.gatlingllm.input;

import dev.gatlingllm.table.HeaderText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One row of an Azure trace. */
record AzureRow(
    InputLines.Line line, String timestamp, String contextTokens, String generatedTokens)
    implements TraceRow {

  private static final List<String> NAMES =
      List.of("TIMESTAMP", "ContextTokens", "GeneratedTokens");

  /**
   * Where the columns are.
   *
   * @param names of all columns, in order
   */
  record Columns(List<String> names) {

    /**
     * The columns of a header.
     *
     * @throws InputException if one is missing or stands twice
     */
    static Columns of(InputLines.Line header) {
      if (!isHeader(header.text())) {
        throw header.wrong("header", String.join(",", NAMES), HeaderText.shown(header.text()));
      }
      return new Columns(TraceRow.columns(header, NAMES));
    }

    AzureRow row(InputLines.Cells found) {
      List<String> cells = found.row().cells();
      if (cells.size() != names.size()) {
        throw found.place().wrong("row", names.size() + " columns", cells.size() + " columns");
      }
      return new AzureRow(
          found.place(),
          cells.get(names.indexOf(NAMES.get(0))),
          cells.get(names.indexOf(NAMES.get(1))),
          cells.get(names.indexOf(NAMES.get(2))));
    }
  }

  static boolean isHeader(String text) {
    return TraceRow.names(text).containsAll(NAMES);
  }

  // Newer traces write the offset, +00:00; where there is none, UTC is meant.
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("[' ']['T']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  @Override
  public Instant instant() {
    try {
      return TIMESTAMP.parse(timestamp, Instant::from);
    } catch (DateTimeException ignored) {
      // It says no more than that the text could not be parsed.
      throw wrongTime("a time such as 2023-11-16 18:15:46.6805900");
    }
  }

  @Override
  public InputException wrongTime(String accepted) {
    return line.wrong("TIMESTAMP", accepted, '"' + timestamp + '"');
  }

  @Override
  public Optional<TraceFile.Row> row(Duration offset) {
    int context = TraceRow.tokens(line, "ContextTokens", contextTokens, 0);
    int generated = TraceRow.tokens(line, "GeneratedTokens", generatedTokens, 0);
    return context == 0 || generated == 0
        ? Optional.empty()
        : Optional.of(new TraceFile.Row(offset.toNanos(), context, generated));
  }
}
