package dev.gatlingllm.report;

import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The measurement error as a table, all text.
 *
 * @param load under which load, in a line
 * @param rows one for each of schedule delay, time to first token and inter-chunk latency
 */
record MeasurementErrorTable(String load, List<List<Cell>> rows) {

  /** What must be known when reading it. */
  static final String CAVEAT =
      "Measured − true, on one clock: what the client says against what a simulated endpoint in the"
          + " same process did. The endpoint's own share of the processor is in it, so it is an"
          + " upper bound of what the client adds.";

  /** The table in milliseconds, a dash where there is no number. */
  public Table under(String head) {
    return Columns.of(Kind.NAME, head).numbers("n", "p50", "p99", "max").with(rows);
  }

  static List<MeasurementErrorTable> of(RunReport report) {
    List<MeasurementErrorTable> tables = new ArrayList<>();
    report
        .measurementErrors()
        .forEach(
            (run, error) -> tables.add(of(report.runs().size() == 1 ? "" : run + ": ", error)));
    return tables;
  }

  private static MeasurementErrorTable of(String run, MeasurementError error) {
    return new MeasurementErrorTable(
        run + load(error),
        List.of(
            row("schedule delay", "Actual start − intended start.", error.scheduleDelay()),
            row(
                "TTFT error",
                "Measured − true time to first token, the way through the loopback included.",
                error.ttft()),
            row(
                "inter-chunk error",
                "Size of measured − true, of each inter-chunk latency.",
                error.interChunk())));
  }

  /**
   * Such as {@code 10 calls in 5.2 s (calibration run before the load: …), 8 at once, 250
   * chunks/s}.
   */
  private static String load(MeasurementError error) {
    OptionalDouble rate = error.chunksPerSecond();
    OptionalLong first = error.firstTtftNanos();
    String source =
        error.source() == MeasurementError.Source.RUN
            ? "the run itself"
            : "calibration run before the load";
    String which = error.load().isEmpty() ? source : source + ": " + error.load();
    return Figures.fill(
        "%s calls in %s (%s), %s at once, %s chunks/s%s%s",
        Figures.count(error.calls()),
        Figures.duration(error.durationNanos() / 1e9),
        which,
        Figures.count(error.mostCallsAtOnce()),
        Figures.number(rate),
        first.isPresent() ? ", TTFT error of the first call " + millis(first) + " ms" : "",
        error.otherCalls() == 0 ? "" : ", not comparable: " + Figures.count(error.otherCalls()));
  }

  private static List<Cell> row(String label, String definition, MeasurementError.Spread spread) {
    return List.of(
        Cell.of(label, definition),
        Cell.count(spread.n()),
        Cell.of(millis(spread.p50Nanos())),
        Cell.of(millis(spread.p99Nanos())),
        Cell.of(millis(spread.maxNanos())));
  }

  private static String millis(OptionalLong nanos) {
    return nanos.isPresent() ? Figures.number(nanos.getAsLong() / 1e6) : Figures.DASH;
  }
}
