package dev.gatlingllm.stats;

import java.util.List;

/**
 * Calls by input and output tokens.
 *
 * @param inputs the rows: sizes as they were asked for, or ranges of them, ascending
 * @param outputs the columns, ascending
 * @param cells those with a call, row by row
 */
public record TokenGrid(List<String> inputs, List<String> outputs, List<Cell> cells) {

  /**
   * The calls of one cell.
   *
   * @param input index of its row
   * @param output index of its column
   * @param ended calls that ended
   * @param failed calls that ended, and not well
   * @param ttft in ms
   * @param ttlt in ms
   * @param tokensPerSecond decode rate
   */
  public record Cell(
      int input,
      int output,
      long ended,
      long failed,
      Distribution ttft,
      Distribution ttlt,
      Distribution tokensPerSecond) {}

  /** Copies the lists. */
  public TokenGrid {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    cells = List.copyOf(cells);
  }
}
