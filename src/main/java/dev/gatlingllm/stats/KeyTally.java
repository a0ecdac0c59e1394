package dev.gatlingllm.stats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All there is to know of the calls of one key that were served alike. Confined to one thread.
 *
 * @param index its place among those of the run
 * @param spilledOver whether they are calls that a provisioned deployment handed over
 */
record KeyTally(
    int index, boolean spilledOver, CallTally counts, Map<GroupingKey, PartTally> byFacet) {

  KeyTally(int index, boolean spilledOver, CallObjectives objectives) {
    this(index, spilledOver, new CallTally(objectives), new LinkedHashMap<>());
  }

  /** The calls of a grouping; none so far if it is new. */
  PartTally part(GroupingKey grouping) {
    return byFacet.computeIfAbsent(grouping, PartTally::new);
  }

  /** In order of first appearance. */
  List<PartTally> parts() {
    return List.copyOf(byFacet.values());
  }
}
