package dev.gatlingllm.soak;

import java.util.function.ToLongFunction;

/** What must not grow. */
enum Measure {
  HEAP("heap after collection, MB", Sample::heapBytes) {
    @Override
    boolean grew(double early, double late) {
      return late > early * MOST_MEMORY;
    }
  },
  DIRECT("direct memory, MB", Sample::directBytes) {
    @Override
    boolean grew(double early, double late) {
      return late > early * MOST_MEMORY;
    }
  },
  THREADS("threads", Sample::threads) {
    @Override
    boolean grew(double early, double late) {
      return late - early >= TOO_MANY_MORE;
    }
  },
  DESCRIPTORS("file descriptors", Sample::descriptors) {
    @Override
    boolean grew(double early, double late) {
      return late - early >= TOO_MANY_MORE;
    }
  };

  private static final double MOST_MEMORY = 1.05;
  private static final int TOO_MANY_MORE = 10;
  private static final double MEGA = 1024 * 1024;

  private final String title;
  private final ToLongFunction<Sample> of;

  Measure(String title, ToLongFunction<Sample> of) {
    this.title = title;
    this.of = of;
  }

  /** Whether the second median is too far above the first. */
  abstract boolean grew(double early, double late);

  long of(Sample sample) {
    return of.applyAsLong(sample);
  }

  String title() {
    return title;
  }

  /** The number in the unit of the title. */
  double shown(double value) {
    return this == HEAP || this == DIRECT ? value / MEGA : value;
  }
}
