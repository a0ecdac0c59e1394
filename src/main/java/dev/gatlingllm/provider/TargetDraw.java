package dev.gatlingllm.provider;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Decides which of several targets each call of a run goes to, by weight: drawn by the seed of the
 * run and the number of the call, so that neither threads nor time change it.
 *
 * @param targets in the order of the settings; may be none
 */
public record TargetDraw(List<SplitTarget> targets, long seed) {

  /** Keeps neighbouring numbers of calls far apart. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Copies the list. */
  public TargetDraw {
    targets = List.copyOf(targets);
  }

  /** Whether all calls go the same way. */
  public boolean isEmpty() {
    return targets.isEmpty();
  }

  /** The target of a call, by its number in the run. There must be one. */
  public SplitTarget of(long call) {
    double all = targets.stream().mapToDouble(SplitTarget::weight).sum();
    double drawn = new SplittableRandom(seed ^ (call * SPREAD)).nextDouble() * all;
    double upTo = 0;
    for (SplitTarget target : targets) {
      upTo += target.weight();
      if (drawn < upTo) {
        return target;
      }
    }
    return targets.get(targets.size() - 1);
  }

  /**
   * The target of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public SplitTarget named(String name) {
    return targets.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    isEmpty()
                        ? "target cannot be chosen: llm.targets is empty"
                        : "target must be one of " + names() + ", was " + name));
  }

  private String names() {
    return targets.stream().map(SplitTarget::name).collect(Collectors.joining(", "));
  }
}
