package dev.gatlingllm.record;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The load that a run was to have, as it was known before the first call.
 *
 * @param words such as {@code 120 arrivals/min for 1 min}
 * @param seconds how long it was to last; absent if a number of calls alone ends it
 * @param calls how many there were to be; absent for a closed load that a time ends
 */
public record PlannedLoad(String words, OptionalDouble seconds, OptionalLong calls) {

  /** Several loads of one run, which begin together; absent of none. */
  public static Optional<PlannedLoad> together(List<PlannedLoad> loads) {
    if (loads.isEmpty()) {
      return Optional.empty();
    }
    boolean timed = loads.stream().allMatch(load -> load.seconds().isPresent());
    boolean counted = loads.stream().allMatch(load -> load.calls().isPresent());
    return Optional.of(
        new PlannedLoad(
            loads.stream().map(PlannedLoad::words).collect(Collectors.joining(" and ")),
            timed
                ? loads.stream().mapToDouble(load -> load.seconds().getAsDouble()).max()
                : OptionalDouble.empty(),
            counted
                ? OptionalLong.of(loads.stream().mapToLong(l -> l.calls().getAsLong()).sum())
                : OptionalLong.empty()));
  }
}
