package dev.gatlingllm.report.latency;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.stats.CallKey;
import java.util.Optional;

/**
 * What calls share that stand in one row.
 *
 * @param calls the groups around them, their name and labels
 * @param model deployment, model or inference profile
 * @param streaming whether the answers were streamed
 * @param servedRegion the region that served all of them; absent for the row of all regions
 */
record RowKey(CallKey calls, String model, boolean streaming, Optional<String> servedRegion) {

  static RowKey of(CallRecord call) {
    return new RowKey(CallKey.of(call), call.model(), call.streaming(), Optional.empty());
  }

  RowKey servedBy(String region) {
    return new RowKey(calls, model, streaming, Optional.of(region));
  }
}
