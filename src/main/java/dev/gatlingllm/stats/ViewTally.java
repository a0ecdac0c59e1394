package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes the {@link Views} of a run. Confined to one thread. */
final class ViewTally {

  private static final double LEAST_BIN = 0.1;

  private final GridTally grid = new GridTally();
  private final List<LineFit.Tally> fits =
      List.of(
          new LineFit.Tally(Measure.INPUT_TOKENS, Measure.TTFT),
          new LineFit.Tally(Measure.OUTPUT_TOKENS, Measure.E2E),
          new LineFit.Tally(Measure.INPUT_TOKENS, Measure.E2E));

  void add(CallRecord call) {
    grid.add(call);
    fits.forEach(fit -> fit.add(call));
  }

  /**
   * The views.
   *
   * @param told what the parts are compared by, in order of first appearance
   */
  Views result(Map<PartTally, GroupingKey> told, PercentileRule rule) {
    List<PartTally> parts = List.copyOf(told.keySet());
    Map<PartTally, GroupingKey> groupings = groupings(told);
    List<GroupStatistics> levels =
        groups(parts, part -> groupings.get(part).ofLevel(), f -> !f.level().isEmpty(), rule);
    return new Views(
        levels.stream()
            .sorted(Comparator.comparing(level -> level.load().orElse(Double.MAX_VALUE)))
            .toList(),
        groups(parts, part -> groupings.get(part).withoutLevel(), any -> true, rule),
        places(parts, groupings, rule),
        grid.result(rule),
        fits.stream().flatMap(fit -> fit.result().stream()).toList());
  }

  /** A call that failed may not know its region: it is of the only one its model has, if so. */
  private static Map<PartTally, GroupingKey> groupings(Map<PartTally, GroupingKey> told) {
    Map<PartTally, GroupingKey> groupings = new LinkedHashMap<>();
    for (PartTally part : told.keySet()) {
      GroupingKey grouping = told.get(part);
      List<String> regions =
          told.values().stream()
              .filter(other -> other.withRegion("").equals(grouping) && !other.region().isEmpty())
              .map(GroupingKey::region)
              .distinct()
              .toList();
      groupings.put(part, regions.size() == 1 ? grouping.withRegion(regions.get(0)) : grouping);
    }
    return groupings;
  }

  private static List<GroupStatistics> places(
      List<PartTally> parts, Map<PartTally, GroupingKey> groupings, PercentileRule rule) {
    if (groupings.values().stream().map(GroupingKey::model).distinct().count() < 2
        || groupings.values().stream().map(GroupingKey::region).distinct().count() < 2) {
      return List.of();
    }
    return groups(parts, part -> groupings.get(part).ofModelAndRegion(), any -> true, rule);
  }

  private static List<GroupStatistics> groups(
      List<PartTally> parts,
      Function<PartTally, GroupingKey> by,
      Predicate<GroupingKey> selected,
      PercentileRule rule) {
    Map<GroupingKey, List<PartTally>> together = new LinkedHashMap<>();
    for (PartTally part : parts) {
      GroupingKey grouping = by.apply(part);
      if (selected.test(grouping)) {
        together.computeIfAbsent(grouping, any -> new ArrayList<>()).add(part);
      }
    }
    // One alone is the whole run, of which all is known.
    if (together.size() < 2) {
      return List.of();
    }
    List<GroupStatistics> groups = new ArrayList<>();
    together.forEach((grouping, members) -> groups.add(group(grouping, members, rule)));
    return groups;
  }

  private static GroupStatistics group(
      GroupingKey grouping, List<PartTally> parts, PercentileRule rule) {
    List<CallSamples> samples = parts.stream().map(PartTally::samples).toList();
    Map<Measure, Distribution> distributions = new EnumMap<>(Measure.class);
    Map<Measure, Box> boxes = new EnumMap<>(Measure.class);
    Map<Measure, Bins> bins = new EnumMap<>(Measure.class);
    for (Measure measure : GroupStatistics.MEASURES) {
      Optional<Values> values = CallSamples.values(samples, measure);
      distributions.put(measure, Distribution.of(measure.unit(), values, rule));
      if (GroupStatistics.DRAWN.contains(measure)) {
        boxes.put(measure, values.map(Box::of).orElse(Box.NONE));
        bins.put(measure, BinRule.bins(values, LEAST_BIN));
      }
    }
    return new GroupStatistics(
        grouping,
        counts(parts),
        distributions,
        boxes,
        bins,
        PerToken.of(parts),
        StatisticsCollector.throughput(parts));
  }

  private static CallCounts counts(List<PartTally> parts) {
    return new CallCounts(sum(parts, PartTally::outcomes), sum(parts, PartTally::toCancel));
  }

  private static Map<Outcome, Long> sum(
      List<PartTally> parts, Function<PartTally, Map<Outcome, Long>> counts) {
    Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
    parts.forEach(
        part ->
            counts.apply(part).forEach((outcome, calls) -> all.merge(outcome, calls, Long::sum)));
    return all;
  }
}
