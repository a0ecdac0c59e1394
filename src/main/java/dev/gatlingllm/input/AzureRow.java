package dev.gatlingllm.input;

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

  static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";

  // Newer traces write the offset, +00:00; where there is none, UTC is meant.
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .optionalEnd()
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /**
   * Checks the first line of a file.
   *
   * @throws InputException if it is another
   */
  static void requireHeader(InputLines.Line first) {
    if (!first.text().equals(HEADER)) {
      throw first.wrong("header", HEADER, first.text());
    }
  }

  static AzureRow of(InputLines.Cells found) {
    List<String> cells = found.row().cells();
    if (cells.size() != 3) {
      throw found.place().wrong("row", "3 columns", cells.size() + " columns");
    }
    return new AzureRow(found.place(), cells.get(0), cells.get(1), cells.get(2));
  }

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
    return Optional.of(
        new TraceFile.Row(
            offset.toNanos(),
            TraceRow.tokens(line, "ContextTokens", contextTokens, 1),
            TraceRow.tokens(line, "GeneratedTokens", generatedTokens, 1)));
  }
}
