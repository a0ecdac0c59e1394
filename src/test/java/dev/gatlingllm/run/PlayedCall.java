package dev.gatlingllm.run;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.timing.NanoClock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A call that ends when the test says so, within a minute; its end is recorded once. */
final class PlayedCall implements LlmClient, CallEnd {

  final LlmCall call;
  private final NanoClock clock;
  private final BiConsumer<LlmCall, Outcome> onRecord;
  private CallListener listener;
  private boolean recorded;
  private volatile boolean hangs;
  private volatile boolean givenUp;
  private volatile boolean cancelled;

  /**
   * A call in flight.
   *
   * @param register takes the call before it is sent
   * @param onRecord takes its outcome when its record is made
   */
  PlayedCall(
      NanoClock clock, Consumer<PlayedCall> register, BiConsumer<LlmCall, Outcome> onRecord) {
    this.clock = clock;
    this.onRecord = onRecord;
    call =
        new LlmCall(
            this,
            LlmRequest.ofPrompt("hello"),
            clock.nanos(),
            new CallLimits(1, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4, 60_000_000_000L),
            RetryPolicy.NONE,
            (delay, task) -> () -> {},
            clock,
            this::ended);
    register.accept(this);
    call.start();
  }

  /** From now on its end comes to nothing, as if a check blocked. */
  void hang() {
    hangs = true;
  }

  private void ended(CallResult result) {
    if (!hangs) {
      record(result.outcome());
    }
  }

  private synchronized void record(Outcome outcome) {
    if (!recorded) {
      recorded = true;
      onRecord.accept(call, outcome);
    }
  }

  /** The service answers. */
  void succeed() {
    listener.output(clock.nanos(), OutputKind.CONTENT, "All good.");
    listener.completed(clock.nanos());
  }

  /** Something comes from the service, whether it should or not. */
  void more() {
    listener.output(clock.nanos(), OutputKind.CONTENT, "And more.");
  }

  void fail() {
    record(Outcome.REJECTED);
  }

  @Override
  public void recordNow() {
    record(Outcome.UNFINISHED);
  }

  @Override
  public boolean endIfStuck(long graceNanos) {
    givenUp = true;
    return true;
  }

  boolean givenUp() {
    return givenUp;
  }

  /** Whether the client was to cancel its attempt. */
  boolean cancelled() {
    return cancelled;
  }

  @Override
  public boolean isOver() {
    return false;
  }

  @Override
  public String provider() {
    return "played";
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener newListener) {
    listener = newListener;
    return () -> cancelled = true;
  }

  @Override
  public void close() {}
}
