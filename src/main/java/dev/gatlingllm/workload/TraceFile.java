package dev.gatlingllm.workload;

import java.io.Reader;
import java.nio.file.Path;
import java.util.List;

/**
 * A recorded load, in the CSV format of Azure's public LLM inference traces: {@code
 * TIMESTAMP,ContextTokens,GeneratedTokens}, that line first, timestamps such as {@code 2023-11-16
 * 18:15:46.6805900} in UTC with up to nine digits of a second, rows in ascending order. UTF-8; a
 * byte order mark, line ends of any system and blank lines are tolerated.
 *
 * @param rows in ascending order, at least one
 */
public record TraceFile(List<Row> rows) {

  /**
   * One call of a trace.
   *
   * @param offsetNanos its start, from the beginning of the window
   * @param contextTokens its input tokens, at least 1
   * @param generatedTokens its output tokens, at least 1
   */
  public record Row(long offsetNanos, int contextTokens, int generatedTokens) {}

  /** Copies the list. */
  public TraceFile {
    rows = List.copyOf(rows);
  }

  /**
   * Reads the rows of a window. Rows after the window are not looked at.
   *
   * @throws InputException if the file is absent, a line is wrong or no row lies in the window
   */
  public static TraceFile read(Path file, TraceWindow window) {
    try (InputLines lines = InputLines.open(file)) {
      return new TraceFile(new TraceReader(lines, window).rows());
    }
  }

  /**
   * Reads from any source, and closes it.
   *
   * @param name what to call the source in messages
   * @throws InputException if a line is wrong or no row lies in the window
   */
  public static TraceFile read(Reader reader, String name, TraceWindow window) {
    try (InputLines lines = new InputLines(reader, name)) {
      return new TraceFile(new TraceReader(lines, window).rows());
    }
  }

  /** The offsets of the rows, for {@link dev.gatlingllm.timing.ArrivalSchedule#trace}. */
  public long[] offsetsNanos() {
    return rows.stream().mapToLong(Row::offsetNanos).toArray();
  }
}
