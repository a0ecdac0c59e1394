package dev.gatlingllm.experiment.sweep;

import dev.gatlingllm.input.InputException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * The concurrency levels of a sweep, in the order in which they are run.
 *
 * @param levels numbers of clients, each at least 1, no two alike, at least one level
 */
public record ConcurrencyLadder(List<Integer> levels) {

  private static final String ACCEPTED = "distinct integers >= 1 such as 1,4,16";

  /** Copies the list; rejects what is not a ladder. */
  public ConcurrencyLadder {
    levels = List.copyOf(levels);
    boolean positive = levels.stream().allMatch(level -> level >= 1);
    boolean distinct = new HashSet<>(levels).size() == levels.size();
    if (levels.isEmpty() || !positive || !distinct) {
      throw new InputException("levels must be " + ACCEPTED + ", was " + levels);
    }
  }

  /**
   * Reads levels separated by commas, such as {@code 1,4,16}.
   *
   * @throws InputException if the text is anything else
   */
  public static ConcurrencyLadder parse(String text) {
    try {
      return new ConcurrencyLadder(
          Arrays.stream(text.split(",", -1)).map(String::strip).map(Integer::valueOf).toList());
    } catch (NumberFormatException ignored) {
      // Its message names only the part that is no number; the whole setting is what a user knows.
      throw new InputException("levels must be " + ACCEPTED + ", was \"" + text + "\"");
    }
  }

  /**
   * How many calls each client of a level makes, so that the level has at least {@code
   * minCallsPerLevel} and each client at least {@code minCallsPerClient}: {@code
   * max(minCallsPerClient, ceil(minCallsPerLevel / level))}.
   *
   * @throws InputException if a number is below 1
   */
  public static int callsPerClient(int level, int minCallsPerLevel, int minCallsPerClient) {
    requirePositive("level", level);
    requirePositive("minCallsPerLevel", minCallsPerLevel);
    requirePositive("minCallsPerClient", minCallsPerClient);
    return Math.max(minCallsPerClient, 1 + (minCallsPerLevel - 1) / level);
  }

  private static void requirePositive(String field, int number) {
    if (number < 1) {
      throw new InputException(field + " must be >= 1, was " + number);
    }
  }
}
