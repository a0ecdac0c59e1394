package dev.gatlingllm.gatling;

import dev.gatlingllm.arrival.BusiestMinute;
import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.QuotaConfig;
import dev.gatlingllm.run.CallBound;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;

/**
 * What the busiest 60 seconds of a load ask for, beside the quota of the account, in words.
 *
 * @param quota in a minute
 */
record PlannedQuota(QuotaConfig quota) {

  /** A load of months repeats itself long before. */
  private static final long MOST_ARRIVALS = 5_000_000;

  /**
   * The lines on a load: one for each quota.
   *
   * @param each what a call takes: its input, and the most output that it may have
   */
  List<String> of(ExpectedLoad planned, CallBound each) {
    if (!quota.isKnown()) {
      return List.of();
    }
    if (!(planned.pace() instanceof ExpectedLoad.Open open)) {
      return List.of(
          "quota: clients call as fast as they are answered, so what they ask for in a minute is not"
              + " known beforehand");
    }
    long calls = busiest(open.schedule().offsets());
    List<String> lines = new ArrayList<>();
    quota
        .requestsPerMinute()
        .ifPresent(most -> lines.add(line(calls, most, "calls", QuotaConfig.REQUESTS)));
    quota
        .tokensPerMinute()
        .ifPresent(
            most ->
                lines.add(
                    each.output().isEmpty()
                        ? "quota: calls have no most output tokens, so what they ask for in a minute is not"
                            + " known beforehand"
                        : line(
                            calls * (each.input() + each.output().getAsLong()),
                            (double) most,
                            "tokens",
                            QuotaConfig.TOKENS)));
    return lines;
  }

  private static long busiest(PrimitiveIterator.OfLong offsets) {
    BusiestMinute busiest = new BusiestMinute(1);
    for (long arrivals = 0; arrivals < MOST_ARRIVALS && offsets.hasNext(); arrivals++) {
      busiest.add(offsets.nextLong(), 1);
    }
    return busiest.most(0);
  }

  private static String line(long asked, double most, String what, String key) {
    String both =
        "quota: the busiest 60 s of this load ask for "
            + Figures.count(asked)
            + " "
            + what
            + ", "
            + key
            + " is "
            + Figures.count(Math.round(most));
    return asked <= most
        ? both
        : both + ": " + Figures.plain(asked / most) + " times as much, so expect throttling (429)";
  }
}
