package dev.gatlingllm.record;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a baseline keeps of a call: when it started and how long it took, to the microsecond, how it
 * ended, and what its tokens were. Prompt, answer, ids of the service and of traces, texts of
 * failures, attempts and single inter-chunk latencies are left out.
 */
public final class BaselineCall {

  private static final long TOGETHER = CallRecord.InterChunks.TOGETHER_MICROS / 2;

  private BaselineCall() {}

  /** The record without what a comparison does not need. */
  public static CallRecord of(CallRecord call) {
    CallRecord slim =
        new CallRecord(
            call.id(),
            call.name(),
            call.groups(),
            call.labels(),
            call.provider(),
            call.model(),
            call.streaming(),
            call.outcome(),
            "",
            "",
            times(call.times()),
            tokens(call.tokens()),
            call.chunks(),
            interChunks(call.interChunks()),
            service(call.service()),
            served(call.served()),
            CallRecord.Connection.UNKNOWN,
            List.of(),
            "",
            0,
            CallRecord.Content.NONE);
    return slim.withCancel(call.cancel(), call.tokensPartial()).with(call.turn());
  }

  private static CallRecord.Times times(CallRecord.Times times) {
    return new CallRecord.Times(
        rounded(times.arrival()),
        rounded(times.start()),
        OptionalLong.empty(),
        rounded(times.firstOutput()),
        rounded(times.firstVisible()),
        rounded(times.lastOutput()),
        rounded(times.end()));
  }

  private static OptionalLong rounded(OptionalLong nanos) {
    return nanos.isPresent() ? OptionalLong.of(rounded(nanos.getAsLong())) : nanos;
  }

  private static long rounded(long nanos) {
    return Math.floorDiv(nanos + 500, 1000) * 1000;
  }

  private static CallRecord.Tokens tokens(CallRecord.Tokens tokens) {
    return new CallRecord.Tokens(
        OptionalInt.empty(),
        OptionalInt.empty(),
        tokens.input(),
        tokens.cachedInput(),
        tokens.cacheWrite(),
        tokens.output(),
        tokens.reasoning(),
        tokens.estimated(),
        tokens.implausible(),
        tokens.doubt(),
        tokens.hiddenReasoning(),
        tokens.firstChunk(),
        tokens.rejected());
  }

  /** How many chunks came together stays known: it says whether the stream was buffered. */
  private static CallRecord.InterChunks interChunks(CallRecord.InterChunks times) {
    return new CallRecord.InterChunks(
        times.together() == 0 ? List.of() : List.of(TOGETHER, times.together()),
        times.longestNanos(),
        times.stalls(),
        times.mostTogether());
  }

  private static CallRecord.Service service(CallRecord.Service service) {
    return new CallRecord.Service(
        service.status(),
        "",
        service.region(),
        "",
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        service.utilizationPercent());
  }

  private static CallRecord.Served served(CallRecord.Served served) {
    return new CallRecord.Served(
        served.model(),
        served.tier(),
        served.latencyMode(),
        OptionalLong.empty(),
        served.deployment(),
        served.spilledFrom(),
        served.spilloverError());
  }
}
