package dev.gatlingllm.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Values that come one by one. They are kept as they are until {@link #condense}; from then on they
 * are counted, unless they are few. Confined to one thread.
 */
final class Sample {

  private static final double[] UNUSED = {};

  private final Precision precision;
  private double[] values = UNUSED;
  private int size;
  private double sum;
  private int most = Integer.MAX_VALUE;
  private CountedValues counted;

  Sample(Precision precision) {
    this.precision = precision;
  }

  /** Adds a value, which is not NaN. */
  void add(double value) {
    sum += value;
    if (counted != null) {
      counted.add(value);
      return;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(16, size + (size >> 1)));
    }
    values[size++] = value;
    if (size > most) {
      count();
    }
  }

  void addAll(Sample other) {
    if (other.counted != null) {
      count();
      counted.add(other.counted);
      sum += other.sum;
    } else {
      for (int i = 0; i < other.size; i++) {
        add(other.values[i]);
      }
    }
  }

  /** Bounds the memory that this takes from now on. */
  void condense() {
    most = precision.kept();
    if (size > most) {
      count();
    }
  }

  private void count() {
    if (counted == null) {
      counted = new CountedValues(precision);
      for (int i = 0; i < size; i++) {
        counted.add(values[i]);
      }
      values = UNUSED;
      size = 0;
    }
  }

  /** The values so far; absent if there are none. Valid until the next is added. */
  Optional<Values> values() {
    if (counted != null) {
      return Optional.of(counted);
    }
    return isEmpty() ? Optional.empty() : Optional.of(SortedValues.sort(values, size));
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

  /** The values of several samples together. */
  static Optional<Values> together(List<Sample> samples) {
    if (samples.size() == 1) {
      return samples.get(0).values();
    }
    return samples.stream().anyMatch(sample -> sample.counted != null)
        ? Optional.of(countedTogether(samples))
        : sortedTogether(samples);
  }

  private static Values countedTogether(List<Sample> samples) {
    CountedValues all = new CountedValues(samples.get(0).precision);
    for (Sample sample : samples) {
      if (sample.counted != null) {
        all.add(sample.counted);
      } else {
        sample.values().ifPresent(values -> values.forEach((value, count) -> all.add(value)));
      }
    }
    return all;
  }

  // Each sample is sorted already, or will be: sorting long ascending runs is merging them.
  private static Optional<Values> sortedTogether(List<Sample> samples) {
    int n = samples.stream().mapToInt(sample -> sample.size).sum();
    if (n == 0) {
      return Optional.empty();
    }
    double[] all = new double[n];
    int next = 0;
    for (Sample sample : samples) {
      System.arraycopy(sample.values, 0, all, next, sample.size);
      next += sample.size;
    }
    return Optional.of(SortedValues.sort(all, n));
  }
}
