package dev.gatlingllm.config;

/**
 * The memory that any run takes, however small its load: Gatling, the SDKs, the token encoding and
 * the report.
 */
public final class Heap {

  /**
   * The main job reached its report with 128 MB and not with 96 MB; the rest is for busier machines
   * and for loads that keep more in memory.
   */
  static final int LEAST_MEGABYTES = 192;

  /** Some collectors count a part of {@code -Xmx} as reserve. */
  private static final double REPORTED_SHARE = 0.85;

  private Heap() {}

  /**
   * Ends the process of a run with one sentence if its heap is too small for any, before a class is
   * loaded that needs much of it. Does nothing in other processes.
   */
  public static void requireEnough() {
    if (Startup.isRun()) {
      Startup.orExit(
          () -> {
            require(Runtime.getRuntime().maxMemory());
            return true;
          });
    }
  }

  static void require(long mostBytes) {
    if (mostBytes < REPORTED_SHARE * LEAST_MEGABYTES * (1 << 20)) {
      throw new ConfigurationException(
          "the heap is "
              + (mostBytes >> 20)
              + " MB; a run needs at least "
              + LEAST_MEGABYTES
              + " MB: -Dgatling.jvmArgs=-Xmx1G");
    }
  }
}
