package dev.gatlingllm.input;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongToIntFunction;

/** Which item of a list the next call takes. */
public enum DrawOrder {
  /** One after another, and round again. */
  SEQUENTIAL,
  /** Each with equal chance, again and again. */
  RANDOM,
  /** Each with a chance in proportion to its weight. */
  WEIGHTED;

  /**
   * The index of the item for draw 0, 1, 2, … The same seed gives the same draws, whatever the
   * threads that ask.
   *
   * @param weights of the items, at least one, each above 0
   */
  public LongToIntFunction indexes(double[] weights, long seed) {
    int n = weights.length;
    return switch (this) {
      case SEQUENTIAL -> draw -> (int) Math.floorMod(draw, (long) n);
      case RANDOM -> draw -> random(seed, draw).nextInt(n);
      case WEIGHTED -> {
        double[] sums = weights.clone();
        Arrays.parallelPrefix(sums, Double::sum);
        yield draw -> at(sums, random(seed, draw).nextDouble() * sums[n - 1]);
      }
    };
  }

  private static int at(double[] sums, double point) {
    int found = Arrays.binarySearch(sums, point);
    return Math.min(sums.length - 1, found >= 0 ? found + 1 : -found - 1);
  }

  /** SplittableRandom mixes its seed: neighbouring draws have nothing in common. */
  private static SplittableRandom random(long seed, long draw) {
    return new SplittableRandom(seed * 0x9e3779b97f4a7c15L + draw);
  }
}
