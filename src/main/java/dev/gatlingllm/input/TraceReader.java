package dev.gatlingllm.input;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads the rows of one trace, line by line: a trace may be larger than the heap. */
final class TraceReader {

  private final InputLines lines;
  private final TraceWindow window;
  private final String format;
  private Instant first = Instant.MIN;
  private Instant previous = Instant.MIN;
  private int failed;

  /**
   * A reader.
   *
   * @param format one of {@link TraceFormat#WORDS}
   */
  TraceReader(InputLines lines, TraceWindow window, String format) {
    this.lines = lines;
    this.window = window;
    this.format = format;
  }

  TraceFile read() {
    Optional<InputLines.Line> line = lines.next();
    if (line.isEmpty()) {
      throw new InputException(lines.name() + ": must hold at least one row, was empty");
    }
    Function<InputLines.Line, TraceRow> rowOf =
        switch (TraceFormat.of(format, line.get())) {
          case AZURE -> {
            AzureRow.requireHeader(line.get());
            line = lines.next();
            yield AzureRow::of;
          }
          case BURSTGPT -> {
            BurstGptRow.Columns columns = BurstGptRow.Columns.of(line.get());
            line = lines.next();
            yield columns::row;
          }
          case MOONCAKE -> MooncakeRow::of;
        };
    return new TraceFile(rows(line, rowOf), failed);
  }

  private List<TraceFile.Row> rows(
      Optional<InputLines.Line> firstRow, Function<InputLines.Line, TraceRow> rowOf) {
    List<TraceFile.Row> rows = new ArrayList<>();
    Optional<InputLines.Line> line = firstRow;
    while (line.isPresent() && !window.isFull(rows.size())) {
      TraceRow row = rowOf.apply(line.get());
      Duration offset = offset(row);
      if (window.endsBefore(offset)) {
        break;
      }
      if (!window.beginsAfter(offset)) {
        add(row.row(offset.minus(window.from())), rows);
      }
      line = lines.next();
    }
    return requireRows(rows);
  }

  private void add(Optional<TraceFile.Row> row, List<TraceFile.Row> rows) {
    row.ifPresentOrElse(rows::add, () -> failed++);
  }

  private Duration offset(TraceRow row) {
    Instant instant = row.instant();
    if (instant.isBefore(previous)) {
      throw row.wrongTime("at or after that of the row before");
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
        String.format(
            Locale.ROOT,
            "%s: the window from %s must hold at least one row, the rows read last %s",
            lines.name(),
            window.from(),
            Duration.between(first, previous)));
  }
}
