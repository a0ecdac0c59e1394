package dev.gatlingllm.calibration;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CallProbe;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.call.Timer;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.WarmUpResult;
import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Makes calls of no consequence until this JVM has loaded and compiled the way from the prompt to
 * the record. The first call of a cold JVM measures class loading: half a second of it.
 *
 * <p>The calls go to a simulated endpoint in this process, never to the target, and leave no
 * record.
 *
 * <p>Every few rounds a new client makes the calls, since the first call of a run is that of a new
 * client: its threads have to start, and its connections to be opened.
 *
 * @param clients makes a client to a simulated endpoint that answers at once; closed here
 * @param clock the clock
 * @param timers the timer of the next call
 * @param requests gives requests of the run's shape
 * @param probe measures what the client adds to the calls, as that of the run does
 * @param ended receives each call that has ended
 */
public record WarmUp(
    Supplier<LlmClient> clients,
    NanoClock clock,
    Supplier<Timer> timers,
    Supplier<LlmRequest> requests,
    CallProbe probe,
    BiConsumer<LlmRequest, CallResult> ended) {

  private static final int CALLS_PER_ROUND = 10;
  private static final int TOKENS_PER_CALL = 60;
  private static final int ROUNDS_PER_CLIENT = 2;
  private static final CallLimits LIMITS =
      new CallLimits(5_000_000_000L, 5_000_000_000L, 5_000_000_000L, 5_000_000_000L);

  /**
   * Makes rounds of calls, at least one, until they become no faster or the time is up.
   *
   * @param atLeast goes on for so long even if they become no faster
   * @param atMost most time it takes
   * @throws IllegalStateException if calls do not end
   */
  public WarmUpResult run(Duration atLeast, Duration atMost) throws InterruptedException {
    long begin = clock.nanos();
    Steadiness steadiness = new Steadiness();
    long calls = 0;
    do {
      try (LlmClient client = clients.get()) {
        for (int i = 0;
            i < ROUNDS_PER_CLIENT && steadiness.goesOn(clock.nanos() - begin, atLeast, atMost);
            i++) {
          steadiness.add(round(client));
          calls += CALLS_PER_ROUND;
        }
      }
    } while (steadiness.goesOn(clock.nanos() - begin, atLeast, atMost));
    return WarmUpResult.NONE.withCalls(calls, clock.nanos() - begin, steadiness.reached());
  }

  /** Makes one round and returns the median duration of its calls, nanoseconds. */
  private long round(LlmClient client) throws InterruptedException {
    long[] nanos = new long[CALLS_PER_ROUND];
    CountDownLatch left = new CountDownLatch(CALLS_PER_ROUND);
    for (int i = 0; i < CALLS_PER_ROUND; i++) {
      int index = i;
      LlmRequest request = request(i);
      new LlmCall(
              client,
              request,
              clock.nanos(),
              LIMITS,
              RetryPolicy.NONE,
              timers.get(),
              clock,
              probe,
              result -> {
                nanos[index] = result.timeline().end().orElse(0) - result.timeline().arrival();
                ended.accept(request, result);
                left.countDown();
              })
          .start();
    }
    if (!left.await(LIMITS.totalNanos(), TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException("warm-up calls to the simulated endpoint did not end");
    }
    Arrays.sort(nanos);
    return nanos[CALLS_PER_ROUND / 2];
  }

  /** Every other call has the run's shape, and one in a round is not streamed. */
  private LlmRequest request(int index) {
    LlmRequest request =
        index % 2 == 0 ? requests.get() : LlmRequest.ofPrompt("Warm-up call " + index);
    return request.withMaxTokens(TOKENS_PER_CALL).withStreaming(index != 1);
  }
}
