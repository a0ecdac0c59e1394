package dev.gatlingllm.input;

import dev.gatlingllm.table.CsvReader;
import dev.gatlingllm.table.HeaderText;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the rows of one trace, line by line: a trace may be larger than the heap. */
final class TraceReader {

  private static final List<String> HASHED =
      List.of(TraceFormat.MOONCAKE.word(), TraceFormat.BAILIAN.word());

  /** Offsets are counted in nanoseconds of a long. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final InputLines lines;
  private final TraceWindow window;
  private final String format;
  private Instant first = Instant.MIN;
  private Instant previous = Instant.MIN;
  private int failed;
  private TraceFormat found = TraceFormat.AZURE;
  private Optional<HashedRow.Kind> kind = Optional.empty();

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
    Iterator<? extends TraceRow> trace = rowsFrom(head).iterator();
    List<TraceFile.Row> rows = rows(trace);
    return new TraceFile(found, rows, failed);
  }

  private Stream<? extends TraceRow> rowsFrom(InputLines.Line head) {
    boolean json = head.text().stripLeading().matches("(?s)[{\\[].*");
    String asked = format;
    if (asked.equals(TraceFormat.AUTO) ? json : HASHED.contains(asked)) {
      return hashed(head);
    }
    char separator = CsvReader.separator(head.text());
    if (asked.equals(TraceFormat.AZURE.word())
        || (asked.equals(TraceFormat.AUTO) && AzureRow.isHeader(head.text()))) {
      found = TraceFormat.AZURE;
      return lines.cells(separator).map(AzureRow.Columns.of(head)::row);
    }
    if (asked.equals(TraceFormat.BURSTGPT.word()) || BurstGptRow.isHeader(head.text())) {
      found = TraceFormat.BURSTGPT;
      return lines.cells(separator).map(BurstGptRow.Columns.of(head)::row);
    }
    throw head.wrong("header", TraceFormat.ACCEPTED, HeaderText.shown(head.text()));
  }

  private Stream<HashedRow> hashed(InputLines.Line head) {
    return lines.json(head).flatMap(TraceReader::elements).map(this::hashed);
  }

  private static Stream<InputLines.Json> elements(InputLines.Json value) {
    return value.node().isArray()
        ? StreamSupport.stream(value.node().spliterator(), false)
            .map(element -> new InputLines.Json(value.place(), element))
        : Stream.of(value);
  }

  private HashedRow hashed(InputLines.Json value) {
    if (kind.isEmpty()) {
      kind = Optional.of(kind(value));
      found = TraceFormat.valueOf(kind.get().name());
    }
    return HashedRow.of(value.place(), value.node(), kind.get());
  }

  private HashedRow.Kind kind(InputLines.Json first) {
    if (!format.equals(TraceFormat.AUTO)) {
      return HashedRow.Kind.valueOf(format.toUpperCase(Locale.ROOT));
    }
    return HashedRow.kindOf(first.node())
        .orElseThrow(
            () ->
                new InputException(
                    Figures.fill(
                        "%s: row must be %s, was %s",
                        first.place().place(),
                        TraceFormat.ACCEPTED,
                        first.node().isObject()
                            ? FileRequests.formatOf(first.node())
                            : JsonText.kind(first.node()))));
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
    Duration offset = Duration.between(first, instant);
    if (offset.compareTo(LONGEST) > 0) {
      throw row.wrongTime("within 100 years of the first row's");
    }
    return offset;
  }

  private List<TraceFile.Row> requireRows(List<TraceFile.Row> rows) {
    if (!rows.isEmpty()) {
      return rows;
    }
    if (previous.equals(Instant.MIN)) {
      throw new InputException(lines.name() + ": must hold at least one row, was empty");
    }
    if (failed > 0) {
      throw new InputException(
          Figures.fill(
              "%s: the window from %s must hold a call that did not fail, has %s with 0 input or"
                  + " output tokens",
              lines.name(), window.from(), Count.of(failed, "row")));
    }
    throw new InputException(
        Figures.fill(
            "%s: the window from %s must hold at least one row, the rows read last %s",
            lines.name(), window.from(), Duration.between(first, previous)));
  }
}
