package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.live.LoadGoal;
import java.util.List;
import java.util.Optional;

/**
 * What the loads of a simulation are meant to come to: declared while it is made, taken by the next
 * run. Safe for use by many threads.
 */
public final class DeclaredGoals {

  private static final Declared<LoadGoal> DECLARED = new Declared<>();

  private DeclaredGoals() {}

  /** Declares what a load is meant to come to. */
  public static void declare(LoadGoal goal) {
    DECLARED.add(goal);
  }

  /** That of the only load declared so far; of several nobody knows which follow one another. */
  static Optional<LoadGoal> take() {
    List<LoadGoal> goals = DECLARED.take();
    return goals.size() == 1 ? Optional.of(goals.get(0)) : Optional.empty();
  }
}
