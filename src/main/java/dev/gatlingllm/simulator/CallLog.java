package dev.gatlingllm.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The latest calls, up to a number, in the order in which they ended. Thread-safe. */
final class CallLog {

  private final int limit;
  private final Map<String, SimulatedCall> calls = new LinkedHashMap<>();

  CallLog(int limit) {
    this.limit = limit;
  }

  synchronized void add(SimulatedCall call) {
    if (limit == 0) {
      return;
    }
    if (calls.size() == limit) {
      calls.remove(calls.keySet().iterator().next());
    }
    calls.put(call.requestId(), call);
  }

  synchronized Optional<SimulatedCall> call(String requestId) {
    return Optional.ofNullable(calls.get(requestId));
  }

  synchronized List<SimulatedCall> calls() {
    return List.copyOf(calls.values());
  }
}
