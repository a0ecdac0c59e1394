package dev.gatlingllm.simulator;

import dev.gatlingllm.simulator.wire.AnswerEnd;
import dev.gatlingllm.simulator.wire.CallRequest;
import dev.gatlingllm.simulator.wire.StopReason;
import dev.gatlingllm.simulator.wire.Usage;
import dev.gatlingllm.simulator.wire.WireFormat;
import dev.gatlingllm.timing.NanoClock;
import java.util.Optional;

/**
 * What the answer to a call is made of.
 *
 * @param exchange where it goes
 * @param format how it looks
 * @param shape what it consists of
 * @param plan when its chunks are due
 * @param text its text
 * @param fault what goes wrong with it
 * @param faultAfterChunks after how many chunks
 * @param request what was asked for
 * @param cachedTokens how many input tokens are reported as cached
 * @param writtenTokens how many of them are reported as written to a cache
 * @param truth where to tell what happened when
 * @param clock the source of all instants
 */
record AnswerContext(
    Exchange exchange,
    WireFormat format,
    AnswerShape shape,
    CallPlan plan,
    SimulatedText text,
    Optional<Fault> fault,
    int faultAfterChunks,
    CallRequest request,
    int cachedTokens,
    int writtenTokens,
    CallTruth truth,
    NanoClock clock) {

  int choices() {
    return request.choices();
  }

  boolean has(Fault one) {
    return fault.isPresent() && fault.get() == one;
  }

  /** How an answer ends that has said this many tokens of reasoning that was not hidden. */
  AnswerEnd end(StopReason reason, int reasoningTokens) {
    Usage usage =
        new Usage(
            request.inputTokens(),
            cachedTokens,
            writtenTokens,
            truth.outputTokens(),
            shape.hiddenTokens() + reasoningTokens);
    return new AnswerEnd(
        reason,
        has(Fault.NO_USAGE) ? Optional.empty() : Optional.of(usage),
        !has(Fault.NO_DONE),
        (clock.nanos() - truth.receivedNanos()) / 1_000_000);
  }
}
