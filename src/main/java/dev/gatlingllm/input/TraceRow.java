package dev.gatlingllm.input;

import dev.gatlingllm.table.CsvReader;
import dev.gatlingllm.table.HeaderText;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** One line of a trace, in whatever format: its time is looked at first. */
interface TraceRow {

  /**
   * When the call began, on a clock of the trace's own.
   *
   * @throws InputException if it is not a time
   */
  Instant instant();

  /** A complaint about the time as it stands in the file. */
  InputException wrongTime(String accepted);

  /**
   * The call; empty if it is one that is not to be replayed.
   *
   * @param offset its start, from the beginning of the window
   * @throws InputException if a size is wrong
   */
  Optional<TraceFile.Row> row(Duration offset);

  /** The names of a header's columns; none if it is no CSV. */
  static List<String> names(String header) {
    char separator = CsvReader.separator(header);
    try (InputLines lines = new InputLines(new StringReader(header), "header")) {
      return lines.cells(separator).findFirst().map(row -> row.row().stripped()).orElse(List.of());
    } catch (InputException ignored) {
      return List.of();
    }
  }

  /**
   * The names of a header's columns, these among them.
   *
   * @throws InputException if one is missing, or stands twice, so that nobody knows which is meant
   */
  static List<String> columns(InputLines.Line header, List<String> needed) {
    List<String> names = names(header.text());
    for (String column : needed) {
      int times = Collections.frequency(names, column);
      if (times != 1) {
        throw header.wrong(
            "header",
            "one with the column " + column + (times == 0 ? "" : " once"),
            HeaderText.shown(header.text()));
      }
    }
    return names;
  }

  /**
   * A number of tokens.
   *
   * @throws InputException if it is not a whole number of at least {@code least} and at most nine
   *     digits
   */
  static int tokens(InputLines.Line line, String column, String value, int least) {
    int tokens = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
    if (tokens < least) {
      throw line.wrong(column, "an integer >= " + least, '"' + value + '"');
    }
    return tokens;
  }
}
