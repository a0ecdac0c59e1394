package dev.gatlingllm.input;

import dev.gatlingllm.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    InputLines.Line head =
        lines
            .next()
            .orElseThrow(
                () -> new InputException(lines.name() + ": must hold at least one row, was empty"));
    return new TraceFile(rows(rowsFrom(head).iterator()), failed);
  }

  private Stream<? extends TraceRow> rowsFrom(InputLines.Line head) {
    return switch (TraceFormat.of(format, head)) {
      case AZURE -> {
        AzureRow.requireHeader(head);
        yield lines.cells().map(AzureRow::of);
      }
      case BURSTGPT -> lines.cells().map(BurstGptRow.Columns.of(head)::row);
      case MOONCAKE ->
          Stream.iterate(Optional.of(head), Optional::isPresent, any -> lines.next())
              .map(line -> MooncakeRow.of(line.orElseThrow()));
    };
  }

  private List<TraceFile.Row> rows(Iterator<? extends TraceRow> trace) {
    List<TraceFile.Row> rows = new ArrayList<>();
    while (!window.isFull(rows.size()) && trace.hasNext()) {
      TraceRow row = trace.next();
      Duration offset = offset(row);
      if (window.endsBefore(offset)) {
        break;
      }
      if (!window.beginsAfter(offset)) {
        add(row.row(offset.minus(window.from())), rows);
      }
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
        Figures.fill(
            "%s: the window from %s must hold at least one row, the rows read last %s",
            lines.name(), window.from(), Duration.between(first, previous)));
  }
}
