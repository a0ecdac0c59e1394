package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordCodec;
import dev.gatlingllm.run.CallRecords;
import io.gatling.core.stats.StatsEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/**
 * Does with a call what the run does when one has ended, all but counting and writing it: the
 * metrics go to an engine that takes no notice, the line of its record into nothing. For calls that
 * belong to no run.
 */
final class DryRun implements BiConsumer<LlmRequest, CallResult> {

  private final CallRecords records;
  private final GatlingMetrics metrics;

  DryRun(CallRecords records, dev.gatlingllm.config.SloConfig slo) {
    this.records = records;
    this.metrics = new GatlingMetrics(deaf(), records.clock(), slo);
  }

  private static StatsEngine deaf() {
    return (StatsEngine)
        Proxy.newProxyInstance(
            DryRun.class.getClassLoader(),
            new Class<?>[] {StatsEngine.class},
            (proxy, method, arguments) -> null);
  }

  @Override
  public void accept(LlmRequest request, CallResult result) {
    CallRecords.Caller caller =
        new CallRecords.Caller(0, "dry run", List.of(), Map.of(), "", OptionalInt.empty());
    CallRecord callRecord = records.of(caller, request, result);
    metrics.log("dry run", callRecord);
    try {
      CallRecordCodec.write(callRecord, OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
