package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the calls that a provisioned deployment handed over. Confined to one thread. */
final class SpilloverTally {

  private final Map<String, Long> deployments = new LinkedHashMap<>();
  private final Map<String, Long> errors = new LinkedHashMap<>();
  private long calls;

  /** Adds a started call that was handed over. */
  void add(CallRecord call) {
    CallRecord.Served by = call.served();
    calls++;
    deployments.merge(by.spilledFrom() + " → " + ServedKey.spilledTo(by), 1L, Long::sum);
    if (!by.spilloverError().isEmpty()) {
      errors.merge(by.spilloverError(), 1L, Long::sum);
    }
  }

  Spillover result() {
    return calls == 0 ? Spillover.NONE : new Spillover(calls, deployments, errors);
  }
}
