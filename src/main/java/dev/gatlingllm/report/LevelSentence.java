package dev.gatlingllm.report;

import dev.gatlingllm.report.LoadCurveView.CurveLimit;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.GroupStatistics;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.LoadCurve.Knee;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Says what one level of a ladder gave: the greatest that kept the limits of {@code llm.slo} on p50
 * and p95, without such limits the knee, and without a knee the greatest level. A number of all
 * levels together would be of no load.
 */
final class LevelSentence {

  private LevelSentence() {}

  /** Absent of a run that is no ladder. */
  static Optional<String> of(RunReport report) {
    List<GroupStatistics> levels =
        report.statistics().views().levels().stream()
            .filter(level -> level.load().isPresent() && level.counts().succeeded() > 0)
            .toList();
    if (levels.isEmpty()) {
      return Optional.empty();
    }
    Optional<LoadCurveView> curve = LoadCurveView.of(report);
    String knee = curve.map(view -> " " + view.kneeInShort()).orElse("").stripTrailing();
    List<CurveLimit> limits = curve.map(LoadCurveView::limits).orElse(List.of());
    if (!limits.isEmpty()) {
      for (int i = levels.size() - 1; i >= 0; i--) {
        GroupStatistics level = levels.get(i);
        if (limits.stream().allMatch(limit -> keeps(level, limit))) {
          return Optional.of(
              "The greatest level that kept the limits: " + figures(level) + "." + knee);
        }
      }
      if (limits.stream().allMatch(limit -> value(levels.get(0), limit).isPresent())) {
        return Optional.of(
            "No level kept the limits; the least: " + figures(levels.get(0)) + "." + knee);
      }
    }
    Optional<GroupStatistics> atKnee = curve.flatMap(view -> knee(view, levels));
    return Optional.of(
        atKnee
            .map(level -> "At the knee: " + figures(level) + ".")
            .orElseGet(
                () ->
                    "At the greatest level: "
                        + figures(levels.get(levels.size() - 1))
                        + "."
                        + knee));
  }

  private static Optional<GroupStatistics> knee(LoadCurveView view, List<GroupStatistics> levels) {
    Knee knee = view.curve().knee();
    if (!knee.kind().isSeen()) {
      return Optional.empty();
    }
    double load = view.curve().points().get(knee.index()).load();
    return levels.stream().filter(level -> level.load().orElse(0) == load).findFirst();
  }

  private static boolean keeps(GroupStatistics level, CurveLimit limit) {
    OptionalDouble value = value(level, limit);
    return value.isPresent() && value.getAsDouble() <= limit.millis();
  }

  /** Absent if the calls of the level are too few. */
  private static OptionalDouble value(GroupStatistics level, CurveLimit limit) {
    Measure measure = limit.field().startsWith("ttft") ? Measure.TTFT : Measure.E2E;
    return level.of(measure).at(limit.label().equals("p50") ? Quantile.P50 : Quantile.P95);
  }

  private static String figures(GroupStatistics level) {
    List<String> parts = new ArrayList<>();
    Distribution ttft = level.of(Measure.TTFT);
    Measure shown = ttft.n() > 0 ? Measure.TTFT : Measure.E2E;
    Distribution values = level.of(shown);
    Quantile quantile = values.at(Quantile.P95).isPresent() ? Quantile.P95 : Quantile.P50;
    parts.add(
        shown.label()
            + " "
            + quantile.label()
            + " "
            + Figures.number(values.at(quantile))
            + " ms"
            + values.intervalOf(quantile).map(LevelSentence::ends).orElse(""));
    OptionalDouble rate = level.throughput().requestsPerMinute();
    if (rate.isPresent()) {
      parts.add(Figures.number(rate) + " calls a minute");
    }
    parts.add("n = " + Figures.count(values.n()));
    String clients = level.grouping().level();
    return clients
        + (clients.equals("1") ? " client" : " clients")
        + ", "
        + String.join(", ", parts);
  }

  private static String ends(Interval interval) {
    return " (" + IntervalText.of(interval) + ")";
  }
}
