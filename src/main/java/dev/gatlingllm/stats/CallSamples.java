package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What was measured of the calls of one key. Confined to one thread. */
public final class CallSamples {

  /** Every measure that a call has one value of. */
  static final Set<Measure> SAMPLED = EnumSet.complementOf(EnumSet.of(Measure.INTER_CHUNK));

  private final Map<Measure, Sample> samples = new EnumMap<>(Measure.class);
  private final Map<Measure, Sample> waits = new EnumMap<>(Measure.class);
  private final InterChunkHistogram interChunks = new InterChunkHistogram();

  CallSamples() {
    SAMPLED.forEach(measure -> samples.put(measure, Sample.ordered(Precision.of(measure))));
    UserWait.MEASURES.forEach(
        measure -> waits.put(measure, Sample.unordered(Precision.of(measure))));
  }

  /** Adds an arrival of which a user saw no end, started or not; nothing of any other call. */
  void addWait(CallRecord call) {
    waits.forEach(
        (measure, sample) -> {
          if (UserWait.isOpen(call, measure)) {
            sample.add(UserWait.millis(call, measure));
          }
        });
  }

  /**
   * Adds a started call.
   *
   * @param startNanos when it started, or was to start, since the start of the (first) run
   */
  void add(CallRecord call, long startNanos) {
    int start = SlotCounts.unit(startNanos);
    for (Map.Entry<Measure, Sample> entry : samples.entrySet()) {
      OptionalDouble value = entry.getKey().of(call);
      if (value.isPresent()) {
        entry.getValue().add(value.getAsDouble(), start);
      }
    }
    interChunks.add(call);
  }

  /**
   * Bounds the memory that this takes from now on.
   *
   * @param levels by measure, of those that have had a value: see {@link Sample#condense(double[])}
   */
  void condense(Map<Measure, double[]> levels) {
    samples.forEach(
        (measure, sample) -> {
          if (levels.containsKey(measure)) {
            sample.condense(levels.get(measure));
          } else {
            sample.condense();
          }
        });
    waits.values().forEach(Sample::condense);
  }

  /** The levels of the values so far. */
  static Map<Measure, double[]> levels(List<CallSamples> keys) {
    Map<Measure, double[]> levels = new EnumMap<>(Measure.class);
    for (Measure measure : SAMPLED) {
      values(keys, measure).ifPresent(values -> levels.put(measure, LevelCounts.levels(values)));
    }
    return levels;
  }

  /** The values of one measure in several keys; absent if there are none. */
  public static Optional<Values> values(List<CallSamples> keys, Measure measure) {
    return Sample.together(of(keys, measure));
  }

  /**
   * The values of one measure in several keys, by the start of their calls; absent if there are
   * none, or too many for all of them to be kept.
   */
  public static Optional<StartedValues> started(List<CallSamples> keys, Measure measure) {
    return Sample.started(of(keys, measure));
  }

  /** See {@link SelectedCalls#halves}. */
  static Optional<Halves> halves(List<CallSamples> keys, Measure measure) {
    return Sample.halves(of(keys, measure));
  }

  /** How long those waited at least that rank above all values; absent if there are none. */
  static Optional<Values> waits(List<CallSamples> keys, Measure measure) {
    return UserWait.MEASURES.contains(measure)
        ? Sample.together(keys.stream().map(key -> key.waits.get(measure)).toList())
        : Optional.empty();
  }

  /** The sum of one measure in several keys; absent if there are no values. */
  static OptionalDouble sum(List<CallSamples> keys, Measure measure) {
    return Sample.sum(of(keys, measure));
  }

  static List<Sample> of(List<CallSamples> keys, Measure measure) {
    return keys.stream().map(key -> key.samples.get(measure)).toList();
  }

  static InterChunkHistogram interChunks(List<CallSamples> keys) {
    if (keys.size() == 1) {
      return keys.get(0).interChunks;
    }
    InterChunkHistogram all = new InterChunkHistogram();
    keys.forEach(key -> all.add(key.interChunks));
    return all;
  }
}
