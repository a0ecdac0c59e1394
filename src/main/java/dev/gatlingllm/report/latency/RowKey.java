package dev.gatlingllm.report.latency;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.stats.CallKey;
import java.util.Optional;

/**
 * What calls share that stand in one row.
 *
 * @param calls the groups around them, their name and labels
 * @param model deployment, model or inference profile; the deployment that took the calls, if a
 *     provisioned one handed them over
 * @param streaming whether the answers were streamed
 * @param servedRegion the region that served all of them; absent for the row of all regions
 */
record RowKey(CallKey calls, String model, boolean streaming, Optional<String> servedRegion) {

  static RowKey of(CallRecord call) {
    CallRecord.Served by = call.served();
    String taker = by.spilledOver() ? by.deployment() : "";
    return new RowKey(
        CallKey.of(call),
        taker.isEmpty() ? call.model() : taker,
        call.streaming(),
        Optional.empty());
  }

  /** The same, with another key of its calls. */
  RowKey of(CallKey row) {
    return new RowKey(row, model, streaming, servedRegion);
  }

  RowKey servedBy(String region) {
    return new RowKey(calls, model, streaming, Optional.of(region));
  }
}
