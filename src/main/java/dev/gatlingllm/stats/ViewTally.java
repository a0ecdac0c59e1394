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

  Views result(List<PartTally> parts, PercentileRule rule) {
    Map<PartTally, Facet> facets = facets(parts);
    List<Cohort> levels =
        cohorts(parts, part -> facets.get(part).ofLevel(), f -> !f.level().isEmpty(), rule);
    return new Views(
        levels.stream().sorted(Comparator.comparing(ViewTally::level)).toList(),
        cohorts(parts, part -> facets.get(part).withoutLevel(), any -> true, rule),
        places(parts, facets, rule),
        grid.result(rule),
        fits.stream().flatMap(fit -> fit.result().stream()).toList());
  }

  /** A call that failed may not know its region: it is of the only one its model has, if so. */
  private static Map<PartTally, Facet> facets(List<PartTally> parts) {
    Map<PartTally, Facet> facets = new LinkedHashMap<>();
    for (PartTally part : parts) {
      Facet facet = part.facet();
      List<String> regions =
          parts.stream()
              .map(PartTally::facet)
              .filter(other -> other.withRegion("").equals(facet) && !other.region().isEmpty())
              .map(Facet::region)
              .distinct()
              .toList();
      facets.put(part, regions.size() == 1 ? facet.withRegion(regions.get(0)) : facet);
    }
    return facets;
  }

  private static double level(Cohort cohort) {
    String level = cohort.facet().level();
    return level.matches("\\d{1,9}(\\.\\d{1,9})?") ? Double.parseDouble(level) : Double.MAX_VALUE;
  }

  private static List<Cohort> places(
      List<PartTally> parts, Map<PartTally, Facet> facets, PercentileRule rule) {
    if (facets.values().stream().map(Facet::model).distinct().count() < 2
        || facets.values().stream().map(Facet::region).distinct().count() < 2) {
      return List.of();
    }
    return cohorts(parts, part -> facets.get(part).ofModelAndRegion(), any -> true, rule);
  }

  private static List<Cohort> cohorts(
      List<PartTally> parts,
      Function<PartTally, Facet> by,
      Predicate<Facet> selected,
      PercentileRule rule) {
    Map<Facet, List<PartTally>> together = new LinkedHashMap<>();
    for (PartTally part : parts) {
      Facet facet = by.apply(part);
      if (selected.test(facet)) {
        together.computeIfAbsent(facet, any -> new ArrayList<>()).add(part);
      }
    }
    // One alone is the whole run, of which all is known.
    if (together.size() < 2) {
      return List.of();
    }
    List<Cohort> cohorts = new ArrayList<>();
    together.forEach((facet, members) -> cohorts.add(cohort(facet, members, rule)));
    return cohorts;
  }

  private static Cohort cohort(Facet facet, List<PartTally> parts, PercentileRule rule) {
    List<CallSamples> samples = parts.stream().map(PartTally::samples).toList();
    Map<Measure, Distribution> distributions = new EnumMap<>(Measure.class);
    Map<Measure, Box> boxes = new EnumMap<>(Measure.class);
    Map<Measure, Bins> bins = new EnumMap<>(Measure.class);
    for (Measure measure : Cohort.MEASURES) {
      Optional<Values> values = CallSamples.values(samples, measure);
      distributions.put(measure, Distribution.of(measure.unit(), values, rule));
      if (Cohort.DRAWN.contains(measure)) {
        boxes.put(measure, values.map(Box::of).orElse(Box.NONE));
        bins.put(measure, Bins.linear(values, LEAST_BIN));
      }
    }
    return new Cohort(
        facet,
        counts(parts),
        distributions,
        boxes,
        bins,
        PerToken.of(parts),
        StatisticsCollector.throughput(parts));
  }

  private static CallCounts counts(List<PartTally> parts) {
    Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
    parts.forEach(
        part -> part.outcomes().forEach((outcome, calls) -> all.merge(outcome, calls, Long::sum)));
    return new CallCounts(all);
  }
}
