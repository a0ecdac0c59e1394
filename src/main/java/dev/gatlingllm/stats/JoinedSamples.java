package dev.gatlingllm.stats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of samples, alone and together. Each combination is put in order once, however many
 * ask for it, and what is made of it is kept as long as this is. Nothing may be added to the
 * samples meanwhile. Confined to one thread.
 */
final class JoinedSamples {

  private final Map<Set<Sample>, SortedValues> known = new HashMap<>();

  /** The values of several samples, all of them ordered or none; absent if there are none. */
  Optional<Values> values(List<Sample> samples) {
    List<Sample> some = samples.stream().filter(sample -> !sample.isEmpty()).toList();
    if (some.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        some.stream().anyMatch(Sample::isCounted) ? Sample.countedTogether(some) : kept(some));
  }

  private SortedValues kept(List<Sample> samples) {
    Set<Sample> key = Set.copyOf(samples);
    SortedValues found = known.get(key);
    if (found == null) {
      found = samples.size() == 1 ? samples.get(0).sorted() : together(samples);
      known.put(key, found);
    }
    return found;
  }

  private SortedValues together(List<Sample> samples) {
    List<List<Sample>> stretches = Sample.stretches(samples);
    return stretches.size() == 1
        ? Sample.together(samples, samples.stream().map(one -> kept(List.of(one))).toList())
        : SortedValues.following(stretches.stream().map(this::kept).toList());
  }
}
