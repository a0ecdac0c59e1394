package dev.gatlingllm.protocol;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.call.Timer;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.timing.CallTimeline;
import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Makes calls of no consequence until this JVM has loaded and compiled the way from the SDK to the
 * record. The first call of a cold JVM measures class loading: half a second of it.
 *
 * <p>The calls go to a simulated endpoint in this process, never to the target, and leave no
 * record.
 */
public final class WarmUp {

  private static final int CALLS_PER_ROUND = 10;
  private static final int TOKENS_PER_CALL = 60;

  /** A round that is this close to the one before it brought nothing any more. */
  private static final double STABLE = 1.1;

  private static final CallLimits LIMITS =
      new CallLimits(5_000_000_000L, 5_000_000_000L, 5_000_000_000L, 5_000_000_000L);
  private static final Timer NO_TIMER = (delay, task) -> () -> {};

  private final LlmClient client;
  private final NanoClock clock;

  /**
   * Warm-up over a client that speaks to a simulated endpoint.
   *
   * @param client not closed here
   */
  WarmUp(LlmClient client, NanoClock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Makes rounds of calls until their times to first token are stable or the time is up.
   *
   * @return how many calls were made
   */
  int run(Duration most) throws InterruptedException {
    long deadline = clock.nanos() + most.toNanos();
    long previous = Long.MAX_VALUE;
    int stableRounds = 0;
    int calls = 0;
    while (stableRounds < 2 && clock.nanos() < deadline) {
      long median = round();
      stableRounds =
          previous < median * STABLE && median < previous * STABLE ? stableRounds + 1 : 0;
      previous = median;
      calls += CALLS_PER_ROUND;
    }
    return calls;
  }

  /** Makes one round and returns its median time to first token, nanoseconds. */
  private long round() throws InterruptedException {
    long[] ttft = new long[CALLS_PER_ROUND];
    CountDownLatch left = new CountDownLatch(CALLS_PER_ROUND);
    List<LlmRequest> requests =
        IntStream.range(0, CALLS_PER_ROUND)
            .mapToObj(i -> LlmRequest.ofPrompt("Warm-up call " + i).withMaxTokens(TOKENS_PER_CALL))
            .toList();
    for (int i = 0; i < CALLS_PER_ROUND; i++) {
      int index = i;
      new LlmCall(
              client,
              requests.get(i),
              clock.nanos(),
              LIMITS,
              RetryPolicy.NONE,
              NO_TIMER,
              clock,
              result -> {
                ttft[index] = ttftNanos(result);
                left.countDown();
              })
          .start();
    }
    if (!left.await(LIMITS.totalNanos(), TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException("warm-up calls to the simulated endpoint did not end");
    }
    Arrays.sort(ttft);
    return ttft[CALLS_PER_ROUND / 2];
  }

  private static long ttftNanos(CallResult result) {
    CallTimeline timeline = result.timeline();
    return timeline.firstOutput().orElse(0) - timeline.start().orElse(0);
  }
}
