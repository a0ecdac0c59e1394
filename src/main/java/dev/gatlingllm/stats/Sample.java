package dev.gatlingllm.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Values that come one by one. They are kept as they are until {@link #condense}; from then on they
 * are counted, unless they are few. Confined to one thread.
 *
 * <p>An ordered sample knows when the call of each value started, and with that how many
 * independent calls the values are worth.
 */
final class Sample {

  private static final int[] NO_STARTS = {};

  private final Precision precision;
  private final KeptValues kept;
  private double sum;
  private int most = Integer.MAX_VALUE;
  private CountedValues counted;
  private Optional<LevelCounts> order = Optional.empty();

  private Sample(Precision precision, boolean ordered) {
    this.precision = precision;
    this.kept = new KeptValues(ordered);
  }

  /** A sample of values whose order does not matter. */
  static Sample unordered(Precision precision) {
    return new Sample(precision, false);
  }

  /** A sample that knows when the calls of its values started. */
  static Sample ordered(Precision precision) {
    return new Sample(precision, true);
  }

  /** Adds a value, which is not NaN, to an unordered sample. */
  void add(double value) {
    add(value, 0);
  }

  /**
   * Adds a value, which is not NaN.
   *
   * @param start of its call, see {@link SlotCounts#unit}
   */
  void add(double value, int start) {
    sum += value;
    if (counted != null) {
      counted.add(value);
      order.ifPresent(known -> known.add(start, value));
      return;
    }
    kept.add(value, start);
    if (kept.size() > most) {
      count();
    }
  }

  /** Adds those of another, which is ordered or not like this one. */
  void addAll(Sample other) {
    if (other.counted != null) {
      count();
      counted.add(other.counted);
      other.order.ifPresent(theirs -> order.orElseThrow().addAll(theirs));
      sum += other.sum;
    } else {
      for (int i = 0; i < other.kept.size(); i++) {
        add(other.kept.value(i), other.kept.start(i));
      }
    }
  }

  /** Bounds the memory that this takes from now on; what was in order is no longer. */
  void condense() {
    most = precision.kept();
    if (kept.size() > most) {
      count();
    }
  }

  /**
   * Bounds the memory that this takes from now on.
   *
   * @param levels at which it goes on to know how many independent calls the values are worth; the
   *     same for all samples that are put {@link #together}
   */
  void condense(double[] levels) {
    order = Optional.of(new LevelCounts(levels));
    condense();
  }

  private void count() {
    if (counted == null) {
      counted = new CountedValues(precision, order);
      for (int i = 0; i < kept.size(); i++) {
        counted.add(kept.value(i));
      }
      order.ifPresent(this::addTo);
      kept.clear();
    }
  }

  private void addTo(LevelCounts levels) {
    for (int i = 0; i < kept.size(); i++) {
      levels.add(kept.start(i), kept.value(i));
    }
  }

  /** The values so far; absent if there are none. Valid until the next is added. */
  Optional<Values> values() {
    return together(List.of(this));
  }

  /** The sum of the values of several samples; absent if there are none. */
  static OptionalDouble sum(List<Sample> samples) {
    return samples.stream().allMatch(Sample::isEmpty)
        ? OptionalDouble.empty()
        : OptionalDouble.of(samples.stream().mapToDouble(sample -> sample.sum).sum());
  }

  boolean isEmpty() {
    return counted == null && kept.size() == 0;
  }

  /** The values of several samples together, all of them ordered or none. */
  static Optional<Values> together(List<Sample> samples) {
    return new JoinedSamples().values(samples);
  }

  boolean isCounted() {
    return counted != null;
  }

  /** Those of several samples, of which at least one is counted. */
  static Values countedTogether(List<Sample> samples) {
    if (samples.size() == 1) {
      return samples.get(0).counted;
    }
    Optional<LevelCounts> order =
        samples.stream()
            .flatMap(sample -> sample.order.stream())
            .findFirst()
            .map(known -> new LevelCounts(known.levels()));
    CountedValues all = new CountedValues(samples.get(0).precision, order);
    for (Sample sample : samples) {
      if (sample.counted != null) {
        all.add(sample.counted);
        order.ifPresent(known -> sample.order.ifPresent(known::addAll));
      } else {
        for (int i = 0; i < sample.kept.size(); i++) {
          all.add(sample.kept.value(i));
        }
        order.ifPresent(sample::addTo);
      }
    }
    return all;
  }

  /** Its values, which are kept and at least one. */
  SortedValues sorted() {
    List<Sample> alone = List.of(this);
    if (isOrdered()) {
      return startedTogether(alone).sorted();
    }
    double[] values = values(alone, NO_STARTS);
    return SortedValues.sort(values, values.length);
  }

  /** Those of several samples that share a load, all of them kept and at least one each. */
  static SortedValues together(List<Sample> samples, List<SortedValues> sorted) {
    return samples.get(0).isOrdered()
        ? SortedValues.together(sorted, startedTogether(samples).series())
        : SortedValues.together(sorted);
  }

  /** Samples that share a load, one list after the other. */
  static List<List<Sample>> stretches(List<Sample> samples) {
    return samples.get(0).isOrdered()
        ? Stretches.of(samples.stream().map(Sample::span).toList())
        : List.of(samples);
  }

  /**
   * The earlier and the later half of the values of several ordered samples, if all of them are
   * kept and none of them follows the others; absent if not, or if there are fewer than two.
   */
  static Optional<Halves> halves(List<Sample> samples) {
    List<Sample> known = samples.stream().filter(sample -> !sample.isEmpty()).toList();
    if (known.isEmpty()
        || known.stream().anyMatch(sample -> sample.counted != null)
        || stretches(known).size() > 1) {
      return Optional.empty();
    }
    double[] series = startedTogether(known).series();
    int half = series.length / 2;
    return half == 0
        ? Optional.empty()
        : Optional.of(
            new Halves(
                Values.inOrder(Arrays.copyOf(series, half)),
                Values.inOrder(Arrays.copyOfRange(series, half, series.length))));
  }

  /** The values of several ordered samples, by their start; absent unless all are kept. */
  static Optional<StartedValues> started(List<Sample> samples) {
    List<Sample> known = samples.stream().filter(sample -> !sample.isEmpty()).toList();
    return known.isEmpty() || known.stream().anyMatch(sample -> sample.counted != null)
        ? Optional.empty()
        : Optional.of(startedTogether(known));
  }

  private boolean isOrdered() {
    return kept.isOrdered();
  }

  private Stretches.Span<Sample> span() {
    int first = Integer.MAX_VALUE;
    int last = Integer.MIN_VALUE;
    for (int i = 0; i < kept.size(); i++) {
      first = Math.min(first, kept.start(i));
      last = Math.max(last, kept.start(i));
    }
    return new Stretches.Span<>(first, last, kept.size(), this);
  }

  private static StartedValues startedTogether(List<Sample> samples) {
    int[] starts = new int[size(samples)];
    return StartedValues.of(values(samples, starts), starts);
  }

  /** Copies the values, and the starts if they are ordered. */
  private static double[] values(List<Sample> samples, int[] starts) {
    double[] values = new double[size(samples)];
    int next = 0;
    for (Sample sample : samples) {
      sample.kept.copyTo(values, starts, next);
      next += sample.kept.size();
    }
    return values;
  }

  private static int size(List<Sample> samples) {
    return samples.stream().mapToInt(sample -> sample.kept.size()).sum();
  }
}
