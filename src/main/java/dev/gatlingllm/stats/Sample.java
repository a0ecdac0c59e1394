package dev.gatlingllm.stats;

import java.util.Arrays;
import java.util.IntSummaryStatistics;
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

  private static final double[] UNUSED = {};
  private static final int[] NO_STARTS = {};

  private final Precision precision;
  private final boolean ordered;
  private double[] values = UNUSED;
  private int[] starts = NO_STARTS;
  private int size;
  private double sum;
  private int most = Integer.MAX_VALUE;
  private CountedValues counted;
  private Optional<LevelCounts> order = Optional.empty();

  private Sample(Precision precision, boolean ordered) {
    this.precision = precision;
    this.ordered = ordered;
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
    if (size == values.length) {
      int length = Math.max(16, size + (size >> 1));
      values = Arrays.copyOf(values, length);
      starts = ordered ? Arrays.copyOf(starts, length) : starts;
    }
    if (ordered) {
      starts[size] = start;
    }
    values[size++] = value;
    if (size > most) {
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
      for (int i = 0; i < other.size; i++) {
        add(other.values[i], other.start(i));
      }
    }
  }

  private int start(int i) {
    return ordered ? starts[i] : 0;
  }

  /** Bounds the memory that this takes from now on; what was in order is no longer. */
  void condense() {
    most = precision.kept();
    if (size > most) {
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
      for (int i = 0; i < size; i++) {
        counted.add(values[i]);
      }
      order.ifPresent(this::addTo);
      values = UNUSED;
      starts = NO_STARTS;
      size = 0;
    }
  }

  private void addTo(LevelCounts levels) {
    for (int i = 0; i < size; i++) {
      levels.add(start(i), values[i]);
    }
  }

  /** The values so far; absent if there are none. Valid until the next is added. */
  Optional<Values> values() {
    if (counted != null) {
      return Optional.of(counted);
    }
    if (isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ordered ? SortedValues.inOrder(inOrder().series()) : SortedValues.sort(values, size));
  }

  /** The sum of the values of several samples; absent if there are none. */
  static OptionalDouble sum(List<Sample> samples) {
    return samples.stream().allMatch(Sample::isEmpty)
        ? OptionalDouble.empty()
        : OptionalDouble.of(samples.stream().mapToDouble(sample -> sample.sum).sum());
  }

  private boolean isEmpty() {
    return counted == null && size == 0;
  }

  /** The values of several samples together, all of them ordered or none. */
  static Optional<Values> together(List<Sample> samples) {
    if (samples.size() == 1) {
      return samples.get(0).values();
    }
    return samples.stream().anyMatch(sample -> sample.counted != null)
        ? Optional.of(countedTogether(samples))
        : keptTogether(samples);
  }

  private static Values countedTogether(List<Sample> samples) {
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
        sample.values().ifPresent(values -> values.forEach((value, count) -> all.add(value)));
        order.ifPresent(sample::addTo);
      }
    }
    return all;
  }

  private static Optional<Values> keptTogether(List<Sample> samples) {
    List<Sample> known = samples.stream().filter(sample -> !sample.isEmpty()).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    List<List<Sample>> stretches =
        known.get(0).ordered
            ? Stretches.of(known.stream().map(Sample::span).toList())
            : List.of(known);
    Sample all = joined(known);
    if (stretches.size() == 1) {
      return all.values();
    }
    List<Values> parts =
        stretches.stream().flatMap(part -> joined(part).values().stream()).toList();
    return Optional.of(SortedValues.sort(all.values, all.size, new Stretches(parts)));
  }

  /**
   * The earlier and the later half of the values of several ordered samples, if all of them are
   * kept and none of them follows the others; absent if not, or if there are fewer than two.
   */
  static Optional<Halves> halves(List<Sample> samples) {
    List<Sample> known = samples.stream().filter(sample -> !sample.isEmpty()).toList();
    if (known.isEmpty()
        || known.stream().anyMatch(sample -> sample.counted != null)
        || Stretches.of(known.stream().map(Sample::span).toList()).size() > 1) {
      return Optional.empty();
    }
    Sample all = joined(known);
    double[] series = all.inOrder().series();
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
        : Optional.of(joined(known).inOrder());
  }

  private StartedValues inOrder() {
    return StartedValues.of(values, starts, size);
  }

  private Stretches.Span<Sample> span() {
    IntSummaryStatistics times = Arrays.stream(starts, 0, size).summaryStatistics();
    return new Stretches.Span<>(times.getMin(), times.getMax(), size, this);
  }

  private static Sample joined(List<Sample> samples) {
    Sample all = new Sample(samples.get(0).precision, samples.get(0).ordered);
    all.size = samples.stream().mapToInt(sample -> sample.size).sum();
    all.values = new double[all.size];
    all.starts = all.ordered ? new int[all.size] : NO_STARTS;
    int next = 0;
    for (Sample sample : samples) {
      System.arraycopy(sample.values, 0, all.values, next, sample.size);
      if (all.ordered) {
        System.arraycopy(sample.starts, 0, all.starts, next, sample.size);
      }
      next += sample.size;
    }
    return all;
  }
}
