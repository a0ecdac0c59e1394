package dev.gatlingllm.report;

import dev.gatlingllm.decision.Drift;
import dev.gatlingllm.decision.Worth;
import dev.gatlingllm.record.FinishReason;
import dev.gatlingllm.record.FinishReason.Meaning;
import dev.gatlingllm.stats.BufferedStreams;
import dev.gatlingllm.stats.CallCounts;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.ConnectionCounts;
import dev.gatlingllm.stats.DataQuality;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Percent;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.RunStatistics;
import dev.gatlingllm.stats.SessionStatistics;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.stats.TokenDoubt;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what a reader of the numbers should know, in sentences. */
final class Remarks {

  private Remarks() {}

  /**
   * Remarks on the calls.
   *
   * @param settings of the (first) run, by key
   * @param held dropped calls that have a remark of their own
   */
  static List<String> on(RunStatistics statistics, Map<String, String> settings, long held) {
    List<String> remarks = new ArrayList<>();
    CallCounts counts = statistics.overall().counts();
    DataQuality dataQuality = statistics.overall().dataQuality();
    buffered(remarks, dataQuality.streams());
    blocked(remarks, dataQuality.blockedAnswers(), counts.succeeded());
    finishReasons(remarks, statistics.overall().breakdown().finishReasons());
    dataQuality
        .tokenDoubts()
        .forEach(
            (code, calls) ->
                add(
                    remarks,
                    calls,
                    TokenDoubt.sentence(code) + " in %s of %s succeeded calls.",
                    counts.succeeded()));
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
    ServedRemarks.on(statistics.spillover(), counts.started())
        .ifPresent(text -> remarks.add(0, text));
    remarks.addAll(ServedRemarks.on(statistics.overall(), settings));
    statistics.overall().connections().ifPresent(connections -> connections(remarks, connections));
    add(
        remarks,
        Math.max(0, counts.dropped() - held),
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
    statistics.sessions().ifPresent(sessions -> sessions(remarks, sessions));
    worth(remarks, statistics.overall().of(Measure.E2E));
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

  private static void sessions(List<String> remarks, SessionStatistics sessions) {
    add(
        remarks,
        sessions.brokenOff(),
        "Sessions broken off by a call that did not succeed: %s of %s. The rest of their turns was"
            + " not sent: the load was lower than asked for.",
        sessions.sessions());
  }

  /** What changed while the load stayed the same: one sentence for all measures. */
  static List<String> onDrifts(List<Drift> drifts) {
    if (drifts.isEmpty()) {
      return List.of();
    }
    String changes = drifts.stream().map(Remarks::change).collect(Collectors.joining(", "));
    return List.of(
        "Between the first and the second half of the calls, "
            + changes
            + " (shown, medians): the endpoint was not in a steady state. A queue that grows, a"
            + " cache that warms or another user's load does that. The chart over time shows when;"
            + " a longer run shows where it ends.");
  }

  private static String change(Drift drift) {
    return drift.measure().label()
        + (drift.rose() ? " rose from " : " fell from ")
        + Figures.number(drift.first())
        + " to "
        + Figures.number(drift.second())
        + " "
        + drift.measure().unit();
  }

  private static void worth(List<String> remarks, Distribution latency) {
    double worth = latency.worth().orElse((double) latency.n());
    if (Worth.isLess(latency.n(), worth)) {
      remarks.add(
          Worth.text(latency.n(), worth)
              + " independent ones for the median of e2e: neighbours are slow together, as where"
              + " calls queue or the load changes. Intervals and comparisons count them so.");
    }
  }

  private static void buffered(List<String> remarks, BufferedStreams streams) {
    if (streams.buffered() > 0) {
      remarks.add(
          Figures.fill(
              "Something between you and the service collects the stream: %s of %s streams, %s,"
                  + " came in heaps. They have no tok/s, no TPOT and no inter-chunk latency.",
              Figures.count(streams.buffered()),
              Figures.count(streams.judged()),
              Figures.signedPercent(streams.percent())));
    }
  }

  private static void blocked(List<String> remarks, long blocked, long succeeded) {
    if (blocked > 0) {
      remarks.add(
          Figures.fill(
              "Blocked by a filter: %s of %s succeeded calls, %s. Their answers, or the rest of"
                  + " them, were withheld; they are in the latencies and not in the goodput.",
              Figures.count(blocked),
              Figures.count(succeeded),
              Figures.signedPercent(Percent.of(blocked, succeeded))));
    }
  }

  private static void finishReasons(List<String> remarks, Map<String, Long> reasons) {
    String unknown =
        reasons.entrySet().stream()
            .filter(reason -> FinishReason.meaningOf(reason.getKey()) == Meaning.UNKNOWN)
            .map(reason -> reason.getKey() + " (" + Figures.count(reason.getValue()) + ")")
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      remarks.add(
          "Finish reasons that are not known here, with their calls: "
              + unknown
              + ". An answer with one of them counts as complete: ask the service's documentation"
              + " whether it is.");
    }
  }

  private static void connections(List<String> remarks, ConnectionCounts connections) {
    add(
        remarks,
        connections.closedOnReuse(),
        "Failed since the server had closed the idle connection that they were sent on: %s, beside"
            + " %s calls on one that was open. That is between client and server, and says nothing"
            + " of the service's answers.",
        connections.reused());
  }

  private static void levels(List<String> remarks, List<CallStatistics> byKey, Quantile quantile) {
    List<CallStatistics> levels =
        byKey.stream()
            .filter(one -> one.key().labels().containsKey("clients") && !one.key().spilledOver())
            .toList();
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
