package dev.gatlingllm.report;

import dev.gatlingllm.stats.CallCounts;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.DataQuality;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.RunStatistics;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;

/** Says what a reader of the numbers should know, in sentences. */
final class Remarks {

  private Remarks() {}

  static List<String> on(RunStatistics statistics) {
    List<String> remarks = new ArrayList<>();
    CallCounts counts = statistics.overall().counts();
    DataQuality dataQuality = statistics.overall().dataQuality();
    add(
        remarks,
        dataQuality.estimatedTokens(),
        "Tokens are estimated by a tokenizer, not counted by the provider, in %s of %s succeeded"
            + " calls.",
        counts.succeeded());
    add(
        remarks,
        dataQuality.uncountedTokens(),
        "No output token count came with %s of %s succeeded calls: they are in no token rate.",
        counts.succeeded());
    add(
        remarks,
        dataQuality.implausibleTokens(),
        "The provider reported a token count that cannot be (negative, no whole number, more than"
            + " 100,000,000, or more from the cache than in all) in %s of %s succeeded calls: it is"
            + " left out.",
        counts.succeeded());
    add(
        remarks,
        counts.dropped(),
        "Arrivals too late to be started: %s, beside %s started calls. The load was lower than"
            + " asked for.",
        counts.started());
    add(
        remarks,
        counts.unfinished(),
        "Still in flight at the end: %s of %s started calls. They are in no latency and in no error"
            + " rate.",
        counts.started());
    add(
        remarks,
        dataQuality.lateEvents(),
        "Events dropped because their call had ended: %s, in %s started calls.",
        counts.started());
    levels(remarks, statistics.byKey(), Quantile.P95);
    levels(remarks, statistics.byKey(), Quantile.P99);
    if (counts.started() > StatisticsCollector.EXACT_CALLS) {
      remarks.add(
          Figures.fill(
              "More than %s calls: percentiles are counted, accurate to 0.1 %%, those of a slice of"
                  + " time to 1 %%. Counts, means, least and greatest values are exact.",
              Figures.count(StatisticsCollector.EXACT_CALLS)));
    }
    return remarks;
  }

  private static void levels(List<String> remarks, List<CallStatistics> byKey, Quantile quantile) {
    List<CallStatistics> levels =
        byKey.stream().filter(one -> one.key().labels().containsKey("clients")).toList();
    long small =
        levels.stream().filter(one -> one.counts().succeeded() < quantile.needed()).count();
    if (small > 0) {
      remarks.add(
          Figures.fill(
              "Too few succeeded calls for a %s, which takes %s, at %s of %s levels of clients.",
              quantile.label(),
              Figures.count(quantile.needed()),
              Figures.count(small),
              Figures.count(levels.size())));
    }
  }

  private static void add(List<String> remarks, long count, String text, long total) {
    if (count > 0) {
      remarks.add(Figures.fill(text, Figures.count(count), Figures.count(total)));
    }
  }
}
