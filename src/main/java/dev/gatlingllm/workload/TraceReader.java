package dev.gatlingllm.workload;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the rows of one trace, line by line: a trace may be larger than the heap. */
final class TraceReader {

  private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";

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

  private final InputLines lines;
  private final TraceWindow window;
  private Instant first = Instant.MIN;
  private Instant previous = Instant.MIN;

  TraceReader(InputLines lines, TraceWindow window) {
    this.lines = lines;
    this.window = window;
  }

  List<TraceFile.Row> rows() {
    requireHeader();
    List<TraceFile.Row> rows = new ArrayList<>();
    Optional<InputLines.Line> line = lines.next();
    while (line.isPresent() && !window.isFull(rows.size())) {
      Cells cells = Cells.of(line.get());
      Duration offset = offset(cells);
      if (window.endsBefore(offset)) {
        break;
      }
      if (!window.beginsAfter(offset)) {
        rows.add(cells.row(offset.minus(window.from())));
      }
      line = lines.next();
    }
    return requireRows(rows);
  }

  private void requireHeader() {
    Optional<InputLines.Line> line = lines.next();
    String header = line.map(InputLines.Line::text).orElse("absent");
    if (!header.equals(HEADER)) {
      String place = line.map(InputLines.Line::place).orElse(lines.name());
      throw InputException.of(place, "header", HEADER, header);
    }
  }

  private Duration offset(Cells cells) {
    Instant instant = cells.instant();
    if (instant.isBefore(previous)) {
      throw cells.wrong("TIMESTAMP", "at or after that of the row before", cells.timestamp());
    }
    if (previous.equals(Instant.MIN)) {
      first = instant;
    }
    previous = instant;
    return Duration.between(first, instant);
  }

  private List<TraceFile.Row> requireRows(List<TraceFile.Row> rows) {
    if (!rows.isEmpty()) {
      return rows;
    }
    if (previous.equals(Instant.MIN)) {
      throw new InputException(lines.name() + ": must hold at least one row, was empty");
    }
    throw new InputException(
        "%s: the window from %s must hold at least one row, the rows read last %s"
            .formatted(lines.name(), window.from(), Duration.between(first, previous)));
  }

  /** The three columns of one line. */
  private record Cells(
      InputLines.Line line, String timestamp, String contextTokens, String generatedTokens) {

    static Cells of(InputLines.Line line) {
      String[] cells = line.text().split(",", -1);
      if (cells.length != 3) {
        throw line.wrong("row", "3 columns", cells.length + " columns");
      }
      return new Cells(line, cells[0], cells[1], cells[2]);
    }

    Instant instant() {
      try {
        return TIMESTAMP.parse(timestamp, Instant::from);
      } catch (DateTimeException ignored) {
        // It says no more than that the text could not be parsed.
        throw wrong("TIMESTAMP", "a time such as 2023-11-16 18:15:46.6805900", timestamp);
      }
    }

    TraceFile.Row row(Duration offset) {
      return new TraceFile.Row(
          offset.toNanos(),
          tokens("ContextTokens", contextTokens),
          tokens("GeneratedTokens", generatedTokens));
    }

    private int tokens(String column, String value) {
      int tokens = value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
      if (tokens < 1) {
        throw wrong(column, "an integer >= 1", value);
      }
      return tokens;
    }

    InputException wrong(String column, String accepted, String value) {
      return line.wrong(column, accepted, "\"" + value + "\"");
    }
  }
}
