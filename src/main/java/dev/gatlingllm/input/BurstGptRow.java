package dev.gatlingllm.input;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One row of a BurstGPT trace, whose columns are found by their names. */
record BurstGptRow(InputLines.Line line, String time, String request, String response)
    implements TraceRow {

  private static final String TIME = "Timestamp";
  private static final String REQUEST = "Request tokens";
  private static final String RESPONSE = "Response tokens";

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
      return new Columns(TraceRow.columns(header, List.of(TIME, REQUEST, RESPONSE)));
    }

    BurstGptRow row(InputLines.Cells found) {
      List<String> cells = found.row().stripped();
      if (cells.size() != names.size()) {
        throw found.place().wrong("row", names.size() + " columns", cells.size() + " columns");
      }
      return new BurstGptRow(
          found.place(),
          cells.get(names.indexOf(TIME)),
          cells.get(names.indexOf(REQUEST)),
          cells.get(names.indexOf(RESPONSE)));
    }
  }

  static boolean isHeader(String text) {
    return TraceRow.names(text).containsAll(List.of(TIME, REQUEST, RESPONSE));
  }

  @Override
  public Instant instant() {
    if (!time.matches("\\d{1,12}(\\.\\d{1,9})?")) {
      throw wrongTime("seconds, a number >= 0");
    }
    BigDecimal seconds = new BigDecimal(time);
    return Instant.ofEpochSecond(
        seconds.longValue(), seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
  }

  @Override
  public InputException wrongTime(String accepted) {
    return line.wrong(TIME, accepted, '"' + time + '"');
  }

  @Override
  public Optional<TraceFile.Row> row(Duration offset) {
    int input = TraceRow.tokens(line, REQUEST, request, 0);
    int output = TraceRow.tokens(line, RESPONSE, response, 0);
    return input == 0 || output == 0
        ? Optional.empty()
        : Optional.of(new TraceFile.Row(offset.toNanos(), input, output));
  }
}
