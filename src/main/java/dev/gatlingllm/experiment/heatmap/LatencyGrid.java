package dev.gatlingllm.experiment.heatmap;

import dev.gatlingllm.input.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/**
 * Every pair of an input and an output length, each as often as every other.
 *
 * @param inputTokens sizes of the prompts, each at least 1, no two alike
 * @param outputTokens upper bounds of the output, each at least 1, no two alike
 * @param callsPerCell calls of each pair, at least 1
 */
public record LatencyGrid(List<Integer> inputTokens, List<Integer> outputTokens, int callsPerCell) {

  private static final String ACCEPTED = "distinct integers >= 1 such as 10,200,1000";

  /**
   * One pair.
   *
   * @param inputTokens size of the prompt
   * @param outputTokens upper bound of the output
   */
  public record Cell(int inputTokens, int outputTokens) {}

  /** Copies the lists; rejects what is not a grid. */
  public LatencyGrid {
    inputTokens = checked("inputTokens", inputTokens);
    outputTokens = checked("outputTokens", outputTokens);
    if (callsPerCell < 1) {
      throw new InputException("callsPerCell must be >= 1, was " + callsPerCell);
    }
  }

  private static List<Integer> checked(String field, List<Integer> lengths) {
    boolean positive = lengths.stream().allMatch(length -> length >= 1);
    boolean distinct = new HashSet<>(lengths).size() == lengths.size();
    if (lengths.isEmpty() || !positive || !distinct) {
      throw new InputException(field + " must be " + ACCEPTED + ", was " + lengths);
    }
    return List.copyOf(lengths);
  }

  /**
   * Reads lengths separated by commas.
   *
   * @throws InputException if the text is anything else
   */
  public static List<Integer> lengths(String field, String text) {
    try {
      return Arrays.stream(text.split(",", -1)).map(String::strip).map(Integer::valueOf).toList();
    } catch (NumberFormatException ignored) {
      // Its message names only the part that is no number; the whole setting is what a user knows.
      throw new InputException(field + " must be " + ACCEPTED + ", was \"" + text + "\"");
    }
  }

  /** How many calls there are in all. */
  public int calls() {
    return inputTokens.size() * outputTokens.size() * callsPerCell;
  }

  /** Every pair once, by input, then by output. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (int input : inputTokens) {
      for (int output : outputTokens) {
        cells.add(new Cell(input, output));
      }
    }
    return cells;
  }

  /** Every pair {@code callsPerCell} times, in an order that the seed decides. */
  public List<Cell> shuffled(long seed) {
    List<Cell> order = new ArrayList<>(calls());
    List<Cell> cells = cells();
    for (int i = 0; i < callsPerCell; i++) {
      order.addAll(cells);
    }
    Collections.shuffle(order, new Random(seed));
    return order;
  }
}
