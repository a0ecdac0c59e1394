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
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
   * Asks for what is known of the groups; the views are there when the pass has run.
   *
   * @param told what the parts are compared by, in order of first appearance
   */
  Supplier<Views> result(Map<PartTally, GroupingKey> told, PercentileRule rule, MeasurePass pass) {
    List<PartTally> parts = List.copyOf(told.keySet());
    Map<PartTally, GroupingKey> groupings = groupings(told);
    Groups groups = new Groups(rule, pass);
    List<Supplier<GroupStatistics>> levels =
        groups.of(parts, part -> groupings.get(part).ofLevel(), f -> !f.level().isEmpty());
    List<Supplier<GroupStatistics>> withoutLevel =
        groups.of(parts, part -> groupings.get(part).withoutLevel(), any -> true);
    List<Supplier<GroupStatistics>> places =
        areInSeveralPlaces(groupings)
            ? groups.of(parts, part -> groupings.get(part).ofModelAndRegion(), any -> true)
            : List.of();
    return () ->
        new Views(
            levels.stream()
                .map(Supplier::get)
                .sorted(Comparator.comparing(level -> level.load().orElse(Double.MAX_VALUE)))
                .toList(),
            withoutLevel.stream().map(Supplier::get).toList(),
            places.stream().map(Supplier::get).toList(),
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

  private static boolean areInSeveralPlaces(Map<PartTally, GroupingKey> groupings) {
    return groupings.values().stream().map(GroupingKey::model).distinct().count() > 1
        && groupings.values().stream().map(GroupingKey::region).distinct().count() > 1;
  }

  /** What is known of one measure of a group. */
  private record OfGroup(Distribution distribution, Optional<Box> box, Optional<Bins> bins) {

    static OfGroup of(Measure measure, Optional<Values> values, PercentileRule rule) {
      boolean drawn = GroupStatistics.DRAWN.contains(measure);
      return new OfGroup(
          Distribution.of(measure.unit(), values, rule),
          drawn ? Optional.of(values.map(Box::of).orElse(Box.NONE)) : Optional.empty(),
          drawn ? Optional.of(BinRule.bins(values, LEAST_BIN)) : Optional.empty());
    }
  }

  private record Groups(PercentileRule rule, MeasurePass pass) {

    List<Supplier<GroupStatistics>> of(
        List<PartTally> parts,
        Function<PartTally, GroupingKey> by,
        Predicate<GroupingKey> selected) {
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
      List<Supplier<GroupStatistics>> groups = new ArrayList<>();
      together.forEach((grouping, members) -> groups.add(group(grouping, members)));
      return groups;
    }

    private Supplier<GroupStatistics> group(GroupingKey grouping, List<PartTally> parts) {
      Map<Measure, OfGroup> found =
          pass.want(
              parts.stream().map(PartTally::samples).toList(),
              Set.copyOf(GroupStatistics.MEASURES),
              (measure, values, waits) -> OfGroup.of(measure, values, rule));
      return () ->
          new GroupStatistics(
              grouping,
              counts(parts),
              MeasurePass.known(found, one -> Optional.of(one.distribution())),
              MeasurePass.known(found, OfGroup::box),
              MeasurePass.known(found, OfGroup::bins),
              PerToken.of(parts),
              StatisticsCollector.throughput(parts));
    }
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
