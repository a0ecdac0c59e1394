package dev.gatlingllm.stats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All there is to know of the calls of one key. Confined to one thread.
 *
 * @param index the place of the key among the keys of the run
 */
record KeyTally(int index, CallTally counts, Map<GroupingKey, PartTally> byFacet) {

  KeyTally(int index, CallObjectives objectives) {
    this(index, new CallTally(objectives), new LinkedHashMap<>());
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
