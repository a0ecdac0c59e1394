package dev.gatlingllm.decision;

import dev.gatlingllm.stats.SelectedCalls;
import java.util.List;
import java.util.Optional;

/**
 * How far the service was in a steady state while the load stayed the same.
 *
 * @param drifts what is shown to differ between the halves of the load
 * @param growth of the wait for the first token; absent if it is not shown
 */
public record SteadyState(List<Drift> drifts, Optional<Growth> growth) {

  /** Copies the list. */
  public SteadyState {
    drifts = List.copyOf(drifts);
  }

  /**
   * Looks at the calls of a load.
   *
   * @param hasSteps whether the load itself was changed on purpose
   */
  public static SteadyState of(SelectedCalls calls, boolean hasSteps) {
    return new SteadyState(Drift.of(calls), hasSteps ? Optional.empty() : Growth.ofTtft(calls));
  }
}
