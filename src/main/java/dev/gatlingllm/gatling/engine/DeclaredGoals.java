package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.live.LoadGoal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the loads of a simulation are meant to come to: declared while it is made, taken by the next
 * run. Safe for use by many threads.
 */
public final class DeclaredGoals {

  private static final List<LoadGoal> DECLARED = new ArrayList<>();

  private DeclaredGoals() {}

  /** Declares what a load is meant to come to. */
  public static void declare(LoadGoal goal) {
    synchronized (DECLARED) {
      DECLARED.add(goal);
    }
  }

  /** That of the only load declared so far; of several nobody knows which follow one another. */
  static Optional<LoadGoal> take() {
    synchronized (DECLARED) {
      Optional<LoadGoal> only =
          DECLARED.size() == 1 ? Optional.of(DECLARED.get(0)) : Optional.empty();
      DECLARED.clear();
      return only;
    }
  }
}
