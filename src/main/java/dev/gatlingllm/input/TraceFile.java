package dev.gatlingllm.input;

import java.nio.file.Path;
import java.util.List;

/**
 * A recorded load, in one of the formats of {@link TraceFormat}, rows in ascending order of time. A
 * byte order mark, line ends of any system and blank lines are tolerated.
 *
 * @param format how the file is written
 * @param rows in ascending order, at least one
 * @param failed how many rows of the window were left out, since their calls had failed
 */
public record TraceFile(TraceFormat format, List<Row> rows, int failed) {

  /**
   * One call of a trace.
   *
   * @param offsetNanos its start, from the beginning of the window
   * @param contextTokens its input tokens, at least 1
   * @param generatedTokens its output tokens, at least 1
   * @param blockTokens tokens of a block of its prompt, at least 1
   * @param blocks what its prompt consists of: for each block a number, equal for equal text; empty
   *     if that is not known
   */
  public record Row(
      long offsetNanos,
      int contextTokens,
      int generatedTokens,
      int blockTokens,
      List<Long> blocks) {

    /** Copies the list. */
    public Row {
      blocks = List.copyOf(blocks);
    }

    /** A call of whose prompt nothing but the size is known. */
    public Row(long offsetNanos, int contextTokens, int generatedTokens) {
      this(offsetNanos, contextTokens, generatedTokens, contextTokens, List.of());
    }
  }

  /** Copies the list. */
  public TraceFile {
    rows = List.copyOf(rows);
  }

  /**
   * Reads the rows of a window. Rows after the window are not looked at.
   *
   * @param format one of {@link TraceFormat#WORDS}
   * @throws InputException if the file is absent, a line is wrong or no row lies in the window
   */
  public static TraceFile read(Path file, TraceWindow window, String format) {
    try (InputLines lines = InputLines.open(file)) {
      return new TraceReader(lines, window, format).read();
    }
  }

  /** The offsets of the rows, for {@link dev.gatlingllm.arrival.ArrivalSchedule#trace}. */
  public long[] offsetsNanos() {
    return rows.stream().mapToLong(Row::offsetNanos).toArray();
  }
}
