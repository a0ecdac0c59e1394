package dev.gatlingllm.decision;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.stats.ShareCount;
import java.util.Random;

/**
 * Calls that fail in bursts: a service that is up or down, for a random number of calls each.
 *
 * @param length of a burst on average, in calls
 * @param share of calls that fail, 0 to 1
 */
record BurstyFailures(double length, double share) {

  private static final int MOST_CALLS = 40_000;

  /** Whether each call succeeded. */
  boolean[] draw(int n, Random random) {
    double ends = 1 / length;
    double begins = share / (1 - share) / length;
    boolean[] succeeded = new boolean[n];
    boolean down = random.nextDouble() < share;
    for (int i = 0; i < n; i++) {
      succeeded[i] = !down;
      down = random.nextDouble() < (down ? 1 - ends : begins);
    }
    return succeeded;
  }

  /** Of runs that had a burst and did not decide the limit. */
  record Told(int runs, double percent, double calls) {}

  /**
   * How often the number of calls that a run of n calls tells decides the limit in another run.
   *
   * @param claimed share of calls that must succeed, 0 to 1
   */
  Told decidedByTheNumberTold(int n, int sets, double claimed) {
    Random random = new Random(3);
    int decided = 0;
    int runs = 0;
    double calls = 0;
    for (int set = 0; set < sets; set++) {
      ShareCount seen = ShareCount.inOrder(draw(n, random));
      Evidence evidence = LimitDecision.ofShare(seen, claimed);
      if (Worth.isLess(n, seen.worth()) && evidence.wouldTell().isPresent()) {
        long told = Math.min(MOST_CALLS, evidence.wouldTell().getAsLong());
        boolean[] other = draw((int) told, random);
        Outcome outcome = LimitDecision.ofShare(ShareCount.inOrder(other), claimed).outcome();
        decided += outcome == Outcome.UNDECIDED ? 0 : 1;
        calls += told;
        runs++;
      }
    }
    return new Told(runs, 100.0 * decided / Math.max(1, runs), calls / Math.max(1, runs));
  }
}
