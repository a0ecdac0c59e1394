package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LoadConfig;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many of a simulation's loads make only their share of the calls where {@code llm.load.share}
 * asks for it. A load that does not would be made by every machine in full. Safe for use by many
 * threads.
 */
public final class DividedLoads {

  private static final AtomicInteger DIVIDED = new AtomicInteger();

  private DividedLoads() {}

  /** The simulation has one more load that is divided. */
  public static void add() {
    DIVIDED.incrementAndGet();
  }

  /**
   * Refuses a share of a simulation with another load.
   *
   * @param scenarios with calls, as far as they are known
   * @throws ConfigurationException if more of them than were divided make calls
   */
  static boolean require(LoadConfig load, int scenarios) {
    if (scenarios > DIVIDED.get()) {
      load.requireWhole(
          "this simulation",
          "injects users itself that every machine would send in full: inject them by load(…),"
              + " arrivals(…) or one of the experiments");
    }
    return true;
  }
}
