package dev.gatlingllm.calibration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether rounds of calls have stopped becoming faster: the median of the last {@value #WINDOW}
 * rounds is no longer below nine tenths of the median of as many before them. Compilers work in
 * bursts, so that the first {@value #LEAST_ROUNDS} rounds prove nothing. Confined to one thread.
 */
final class Steadiness {

  static final int WINDOW = 10;
  static final int LEAST_ROUNDS = 50;
  private static final double FASTER = 0.9;

  private final List<Long> rounds = new ArrayList<>();

  /** Adds the typical duration of a call of the next round. */
  void add(long nanos) {
    rounds.add(nanos);
  }

  /**
   * Whether another round is wanted.
   *
   * @param elapsedNanos since the first round began
   * @param atLeast goes on for so long even if it is reached
   * @param atMost ends then even if it is not, but for the first round
   */
  boolean goesOn(long elapsedNanos, Duration atLeast, Duration atMost) {
    return rounds.isEmpty()
        || (elapsedNanos < atMost.toNanos() && (!reached() || elapsedNanos < atLeast.toNanos()));
  }

  boolean reached() {
    int n = rounds.size();
    if (n < LEAST_ROUNDS) {
      return false;
    }
    long before = median(rounds.subList(n - 2 * WINDOW, n - WINDOW));
    long last = median(rounds.subList(n - WINDOW, n));
    return last >= FASTER * before;
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
