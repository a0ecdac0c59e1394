package dev.gatlingllm.soak;

/** What must not grow. */
enum Measure {
  HEAP("heap after collection, MB", true),
  DIRECT("direct memory, MB", true),
  THREADS("threads", false),
  DESCRIPTORS("file descriptors", false);

  private static final double MOST_MEMORY = 1.05;
  private static final int TOO_MANY_MORE = 10;
  private static final double MEGA = 1024 * 1024;

  private final String title;
  private final boolean memory;

  Measure(String title, boolean memory) {
    this.title = title;
    this.memory = memory;
  }

  /** Whether the second median is too far above the first. */
  boolean grew(double early, double late) {
    return memory ? late > early * MOST_MEMORY : late - early >= TOO_MANY_MORE;
  }

  long of(Sample sample) {
    return switch (this) {
      case HEAP -> sample.heapBytes();
      case DIRECT -> sample.directBytes();
      case THREADS -> sample.threads();
      case DESCRIPTORS -> sample.descriptors();
    };
  }

  String title() {
    return title;
  }

  /** The number in the unit of the title. */
  double shown(double value) {
    return memory ? value / MEGA : value;
  }
}
