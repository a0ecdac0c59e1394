package dev.gatlingllm.stats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All there is to know of the calls of one key. Confined to one thread. */
final class KeyTally {

  private final int index;
  private final CallTally counts;
  private final Map<Facet, PartTally> parts = new LinkedHashMap<>();

  KeyTally(int index, CallObjectives objectives) {
    this.index = index;
    this.counts = new CallTally(objectives);
  }

  /** The calls of a facet; none so far if it is new. */
  PartTally part(Facet facet) {
    return parts.computeIfAbsent(facet, PartTally::new);
  }

  /** The place of the key among the keys of the run. */
  int index() {
    return index;
  }

  CallTally counts() {
    return counts;
  }

  /** In order of first appearance. */
  List<PartTally> parts() {
    return List.copyOf(parts.values());
  }
}
