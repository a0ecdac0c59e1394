package dev.gatlingllm.connections;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CallProbe;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.call.Timer;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.CancelPlan;
import dev.gatlingllm.timing.NanoClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes measured calls and counts their ends. */
final class Caller implements AutoCloseable {

  /** Only a hang reaches it. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** A connection goes from loop to loop on its way back. */
  private static final int MOST_HOPS = 5;

  private static final CallLimits LIMITS =
      new CallLimits(PATIENCE_NANOS, PATIENCE_NANOS, PATIENCE_NANOS, PATIENCE_NANOS);

  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger ends = new AtomicInteger();
  private final LlmClient client;
  private final NanoClock clock;
  private final RetryPolicy retry;

  Caller(LlmClient client, NanoClock clock, RetryPolicy retry) {
    this.client = client;
    this.clock = clock;
    this.retry = retry;
  }

  CompletableFuture<CallResult> begin(String prompt) {
    return begin(LlmRequest.ofPrompt(prompt), CancelPlan.NONE);
  }

  /** A call that the client is to cancel. */
  CompletableFuture<CallResult> begin(LlmRequest request, CancelPlan plan) {
    CompletableFuture<CallResult> result = new CompletableFuture<>();
    Timer timer =
        (delayNanos, task) -> {
          ScheduledFuture<?> pending = timers.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
          return () -> pending.cancel(false);
        };
    new LlmCall(
            client,
            request,
            clock.nanos(),
            LIMITS,
            retry,
            timer,
            clock,
            CallProbe.NONE,
            plan,
            ended -> {
              ends.incrementAndGet();
              result.complete(ended);
            })
        .start();
    return result;
  }

  CallResult call(String prompt) {
    return begin(prompt).join();
  }

  /**
   * Makes a call and lets the client put its connection back: a call ends before the body of its
   * answer does.
   */
  CallResult callAndSettle(String prompt) {
    CallResult result = call(prompt);
    for (int hop = 0; hop < MOST_HOPS; hop++) {
      client.eventLoops().forEach(loop -> CompletableFuture.runAsync(() -> {}, loop).join());
    }
    return result;
  }

  int ends() {
    return ends.get();
  }

  @Override
  public void close() {
    timers.shutdownNow();
    client.close();
  }
}
