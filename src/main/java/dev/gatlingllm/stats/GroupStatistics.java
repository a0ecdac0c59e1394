package dev.gatlingllm.stats;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Calls that share a grouping, whatever their groups and names.
 *
 * @param grouping what they share; a part that they were not grouped by is empty
 * @param counts how they ended
 * @param distributions of the measures in {@link #MEASURES}
 * @param boxes of the measures in {@link #DRAWN}
 * @param bins of the measures in {@link #DRAWN}
 * @param perToken how long the best and the worst call took for each of their tokens
 * @param throughput completions and tokens per time
 */
public record GroupStatistics(
    GroupingKey grouping,
    CallCounts counts,
    Map<Measure, Distribution> distributions,
    Map<Measure, Box> boxes,
    Map<Measure, Bins> bins,
    PerToken perToken,
    Throughput throughput) {

  /** The measures that groups are compared by. */
  public static final List<Measure> MEASURES =
      List.of(
          Measure.TTFT,
          Measure.TTLT,
          Measure.E2E,
          Measure.TOKENS_PER_SECOND,
          Measure.INPUT_TOKENS,
          Measure.OUTPUT_TOKENS);

  /** Those of them whose distribution is drawn. */
  public static final Set<Measure> DRAWN =
      Set.of(Measure.TTFT, Measure.TTLT, Measure.E2E, Measure.TOKENS_PER_SECOND);

  /** Copies the maps. */
  public GroupStatistics {
    distributions = Collections.unmodifiableMap(new EnumMap<>(distributions));
    boxes = Collections.unmodifiableMap(new EnumMap<>(boxes));
    bins = Collections.unmodifiableMap(new EnumMap<>(bins));
  }

  /** The level as a number; absent if it is none. */
  public OptionalDouble load() {
    String level = grouping.level();
    return level.matches("\\d{1,9}(\\.\\d{1,9})?")
        ? OptionalDouble.of(Double.parseDouble(level))
        : OptionalDouble.empty();
  }

  /** The distribution of a measure in {@link #MEASURES}. */
  public Distribution of(Measure measure) {
    return distributions.get(measure);
  }

  /** The box of a measure; without values if it is not drawn. */
  public Box boxOf(Measure measure) {
    return boxes.getOrDefault(measure, Box.NONE);
  }

  /** The bins of a measure; none if it is not drawn. */
  public Bins binsOf(Measure measure) {
    return bins.getOrDefault(measure, Bins.NONE);
  }
}
