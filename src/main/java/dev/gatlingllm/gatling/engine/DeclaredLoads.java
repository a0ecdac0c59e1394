package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.record.PlannedLoad;
import java.util.Optional;

/**
 * The loads that a simulation declares while it is made, for the run that begins next. Safe for use
 * by many threads.
 */
public final class DeclaredLoads {

  private static final Declared<PlannedLoad> DECLARED = new Declared<>();

  private DeclaredLoads() {}

  /** Declares a load. */
  public static void add(PlannedLoad load) {
    DECLARED.add(load);
  }

  /** The loads declared so far as one; absent if there is none. */
  static Optional<PlannedLoad> take() {
    return PlannedLoad.together(DECLARED.take());
  }
}
