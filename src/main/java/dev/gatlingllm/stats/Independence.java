package dev.gatlingllm.stats;

/** How many independent calls a set of values is worth. */
@FunctionalInterface
interface Independence {

  /**
   * The number of independent calls for the share of values that are at most a level, which is also
   * the number for a percentile at that level.
   *
   * @return from 1 to the number of values
   */
  double worth(double level);
}
