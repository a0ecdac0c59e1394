package dev.gatlingllm.report;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.decision.WhyUndecided;
import dev.gatlingllm.decision.Worth;
import dev.gatlingllm.health.Trust;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Figures;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Says how sure the numbers are, and how many calls would tell more. */
final class SureSentence {

  private SureSentence() {}

  static String of(RunReport report) {
    Distribution latency = latency(report);
    if (latency.n() == 0) {
      return "No call succeeded, so no latency is known.";
    }
    String client =
        report.client().verdict().level() == Trust.UNKNOWN ? " How the client was is unknown." : "";
    Optional<String> level = LevelSentence.of(report);
    return level.map(text -> text + " ").orElse("")
        + "This rests on "
        + Worth.text(latency.n(), latency.worth())
        + (Worth.isLess(latency.n(), latency.worth().orElse((double) latency.n()))
            ? " independent ones"
            : "")
        + (level.isEmpty() ? interval(report) : " in all its levels")
        + more(report)
        + "."
        + client;
  }

  private static Distribution latency(RunReport report) {
    return report.statistics().overall().of(Measure.E2E);
  }

  private static String interval(RunReport report) {
    Distribution ttft = report.statistics().overall().of(Measure.TTFT);
    Measure shown = ttft.n() > 0 ? Measure.TTFT : Measure.E2E;
    Distribution values = report.statistics().overall().of(shown);
    return Stream.of(Quantile.P95, Quantile.P50)
        .filter(quantile -> values.at(quantile).isPresent())
        .flatMap(
            quantile ->
                values.intervalOf(quantile).stream()
                    .map(ends -> text(shown.label() + " " + quantile.label(), ends)))
        .findFirst()
        .orElse("");
  }

  private static String text(String name, Interval ends) {
    String low = Figures.number(ends.low());
    String high = Figures.number(ends.high());
    String range =
        ends.hasLow() && ends.hasHigh()
            ? "between " + low + " and " + high
            : ends.hasLow() ? "at least " + low : "at most " + high;
    return "; " + name + " is " + range + " ms at 95 % confidence";
  }

  private static String more(RunReport report) {
    OptionalLong calls = callsThatTell(report);
    if (calls.isPresent()) {
      return "; " + Figures.count(calls.getAsLong()) + " calls would decide every limit";
    }
    if (report.limits().isEmpty()) {
      return "; four times as many calls would halve the uncertainty";
    }
    if (report.limits().stream()
        .anyMatch(limit -> limit.why().equals(Optional.of(WhyUndecided.TOO_FEW_CALLS)))) {
      return "; a limit needs more of them";
    }
    boolean decided = report.limits().stream().allMatch(l -> l.outcome() != Outcome.UNDECIDED);
    return decided ? "; more calls are not needed" : "; more calls alone would not help";
  }

  /** How many calls would decide every limit that more calls decide; absent if none is open. */
  static OptionalLong callsThatTell(RunReport report) {
    return report.limits().stream()
        .map(LimitResult::wouldTell)
        .flatMapToLong(OptionalLong::stream)
        .max();
  }
}
