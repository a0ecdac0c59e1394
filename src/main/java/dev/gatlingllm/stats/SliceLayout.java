package dev.gatlingllm.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the slices of a run lie, the same for all its calls and for those of one key. Confined to
 * one thread.
 */
final class SliceLayout {

  /** The group of a call that a search made. */
  private static final String PROBE = "probe ";

  private final double width;
  private final double endSeconds;
  private final List<Stage> stages;
  private final Map<PartTally, Integer> stageOf = new HashMap<>();

  /** One load: all of the run, or a stage. */
  private record Span(double from, double to, int stage, boolean ofStage) {}

  private SliceLayout(double width, double endSeconds, List<Stage> stages) {
    this.width = width;
    this.endSeconds = endSeconds;
    this.stages = stages;
  }

  /**
   * The layout of a run.
   *
   * @param parts all calls, with the stage that each is of; empty for one that is of none
   * @param endSeconds the end of the last call
   * @param calls how many started
   */
  static SliceLayout of(Map<PartTally, String> parts, double endSeconds, long calls) {
    Map<String, List<PartTally>> byStage = new LinkedHashMap<>();
    parts.forEach(
        (part, stage) -> {
          if (part.spans().asOne().calls() > 0) {
            byStage.computeIfAbsent(stage, any -> new ArrayList<>()).add(part);
          }
        });
    List<Stage> stages =
        byStage.entrySet().stream()
            .map(one -> stage(one.getKey(), one.getValue()))
            .sorted(Comparator.comparingDouble(Stage::fromSeconds))
            .toList();
    boolean follow = follow(stages);
    SliceLayout layout =
        new SliceLayout(
            TimeSeries.widthFor(endSeconds, calls), endSeconds, follow ? stages : List.of());
    if (follow) {
      List<String> names = stages.stream().map(Stage::name).toList();
      parts.forEach((part, stage) -> layout.stageOf.put(part, names.indexOf(stage)));
    }
    return layout;
  }

  /** The stage of calls; empty if they are of none. */
  static String stageOf(CallKey key, GroupingKey grouping) {
    Optional<String> probe =
        key.groups().stream().filter(group -> group.startsWith(PROBE)).findFirst();
    String level = grouping.level();
    return probe.orElseGet(
        () -> level.isEmpty() ? "" : level.equals("1") ? "1 client" : level + " clients");
  }

  private static Stage stage(String name, List<PartTally> parts) {
    RunSpans spans = RunSpans.together(parts.stream().map(PartTally::spans).toList());
    SpanTally span = spans.asOne();
    return new Stage(name, Math.max(0, span.firstStart() / 1e9), span.lastEnd() / 1e9);
  }

  /** Whether every call is of one of several loads, of which each began when the last was over. */
  private static boolean follow(List<Stage> stages) {
    if (stages.size() < 2 || stages.stream().anyMatch(stage -> stage.name().isEmpty())) {
      return false;
    }
    for (int i = 1; i < stages.size(); i++) {
      if (stages.get(i).fromSeconds() < stages.get(i - 1).toSeconds()) {
        return false;
      }
    }
    return true;
  }

  /** The course of some of the calls. */
  TimeSeries series(List<PartTally> parts, PercentileRule rule) {
    List<Bucket> buckets = new ArrayList<>();
    if (stages.isEmpty()) {
      add(new Span(0, endSeconds, 0, false), parts, rule, buckets);
    }
    for (int i = 0; i < stages.size(); i++) {
      int index = i;
      Stage stage = stages.get(i);
      add(
          new Span(stage.fromSeconds(), stage.toSeconds(), i, true),
          parts.stream().filter(part -> stageOf.getOrDefault(part, -1) == index).toList(),
          rule,
          buckets);
    }
    return new TimeSeries(width, buckets, stages);
  }

  private void add(Span span, List<PartTally> parts, PercentileRule rule, List<Bucket> buckets) {
    double cell = TimeSeries.cellFor(endSeconds);
    double base = Math.floor(span.from() / cell) * cell;
    int size = (int) Math.ceil((span.to() - base) / width);
    for (int i = 0; i < size; i++) {
      double begin = base + i * width;
      double end = i == size - 1 ? Double.POSITIVE_INFINITY : begin + width;
      SliceTally slice = new SliceTally();
      parts.forEach(part -> part.slices().copyTo(slice, begin, end, endSeconds));
      double from = Math.max(begin, span.from());
      double seconds = Math.min(begin + width, span.to()) - from;
      // A stage begins where its first call does, so that the rate of a narrower slice is right.
      boolean told =
          (span.ofStage() && i == 0) ? seconds >= width / 2 : TimeSeries.isWhole(seconds, width);
      buckets.add(slice.result(from, seconds, told, span.stage(), rule));
    }
  }
}
