package dev.gatlingllm.report.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.decision.KeyComparison;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.report.SeriesJson;
import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the charts of {@code comparison.html} are drawn from: every key of every run. */
final class ComparisonCharts {

  /** Of what {@link SeriesJson} writes, what is laid over each other. */
  private static final List<String> OVER_TIME =
      List.of(
          "widthSeconds",
          "seconds",
          "startSeconds",
          "ttftP50",
          "tokensPerSecondP50",
          "succeededPerMinute",
          "failed");

  private ComparisonCharts() {}

  static ObjectNode of(Comparison comparison) {
    ObjectNode root = VisibleJson.mapper().createObjectNode();
    ArrayNode runs = root.putArray("runs");
    for (RunRow run : comparison.runs()) {
      runs.addObject().put("letter", run.letter()).put("name", run.name());
    }
    ArrayNode keys = root.putArray("keys");
    for (CallKey key : keys(comparison)) {
      ObjectNode node = keys.addObject();
      node.put("name", key.path());
      ArrayNode sides = node.putArray("runs");
      List<Optional<KeyComparison>> found =
          comparison.candidates().stream().map(one -> find(one, key)).toList();
      Optional<KeyComparison> any = found.stream().flatMap(Optional::stream).findFirst();
      any.ifPresent(
          calls -> side(comparison.isInTime(0), calls.first(), calls, true, sides.addObject()));
      for (int i = 0; i < found.size(); i++) {
        ObjectNode side = sides.addObject();
        boolean inTime = comparison.isInTime(i + 1);
        found.get(i).ifPresent(calls -> side(inTime, calls.second(), calls, false, side));
      }
    }
    return root;
  }

  /** What at least one run has in common with the first. */
  private static List<CallKey> keys(Comparison comparison) {
    Set<CallKey> keys = new LinkedHashSet<>();
    boolean one =
        comparison.candidates().stream()
                .flatMap(candidate -> candidate.runs().comparison().byKey().stream())
                .map(KeyComparison::key)
                .distinct()
                .count()
            == 1;
    for (Candidate candidate : comparison.candidates()) {
      if (!one) {
        keys.add(candidate.runs().comparison().overall().key());
      }
      candidate.runs().comparison().byKey().forEach(key -> keys.add(key.key()));
    }
    return new ArrayList<>(keys);
  }

  private static Optional<KeyComparison> find(Candidate candidate, CallKey key) {
    KeyComparison overall = candidate.runs().comparison().overall();
    return overall.key().equals(key)
        ? Optional.of(overall)
        : candidate.runs().comparison().byKey().stream()
            .filter(any -> any.key().equals(key))
            .findFirst();
  }

  private static void side(
      boolean inTime, CallStatistics calls, KeyComparison key, boolean first, ObjectNode node) {
    ObjectNode curves = node.putObject("curves");
    key.curves()
        .forEach(
            (measure, curve) ->
                curve(measure, calls, first ? curve.first() : curve.second(), curves));
    if (inTime) {
      ObjectNode series = node.putObject("series");
      SeriesJson.write(calls.series(), series);
      series.retain(OVER_TIME);
    }
  }

  private static void curve(
      Measure measure, CallStatistics calls, List<Double> values, ObjectNode curves) {
    ObjectNode item = curves.putObject(measure.field());
    item.put("n", calls.of(measure).n());
    ArrayNode points = item.putArray("values");
    values.forEach(value -> points.add(Figures.rounded(value)));
  }
}
