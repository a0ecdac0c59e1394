package dev.gatlingllm.calibration;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.call.Timer;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.WarmUpResult;
import dev.gatlingllm.timing.NanoClock;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * Small calls to the target itself, all at once, in no record and no statistic. They cost money.
 *
 * @param client of the run
 * @param clock the clock
 * @param timers the timer of the next call
 */
public record TargetWarmUp(LlmClient client, NanoClock clock, Supplier<Timer> timers) {

  private static final int MAX_TOKENS = 16;
  private static final long MOST_NANOS = 30_000_000_000L;
  private static final CallLimits LIMITS =
      new CallLimits(MOST_NANOS, MOST_NANOS, MOST_NANOS, MOST_NANOS);

  /**
   * What became of the calls.
   *
   * @param firstError of those that failed
   */
  public record Result(WarmUpResult.TargetCalls calls, Optional<String> firstError) {}

  /** Makes so many calls and returns when the last one has ended, after 30 s at the latest. */
  public Result call(int calls) throws InterruptedException {
    BlockingQueue<CallResult> ended = new LinkedBlockingQueue<>();
    for (int i = 0; i < calls; i++) {
      LlmRequest request = LlmRequest.ofPrompt("Say hello.").withMaxTokens(MAX_TOKENS);
      new LlmCall(
              client,
              request,
              clock.nanos(),
              LIMITS,
              RetryPolicy.NONE,
              timers.get(),
              clock,
              ended::add)
          .start();
    }
    long failed = 0;
    long inputTokens = 0;
    long outputTokens = 0;
    Optional<String> firstError = Optional.empty();
    for (int i = 0; i < calls; i++) {
      CallResult result = ended.take();
      if (result.outcome() != Outcome.SUCCEEDED) {
        failed++;
        firstError = firstError.or(() -> Optional.of(result.error()));
      }
      inputTokens += result.usage().input().orElse(0);
      outputTokens += result.usage().output().orElse(0);
    }
    return new Result(
        new WarmUpResult.TargetCalls(calls, failed, inputTokens, outputTokens), firstError);
  }
}
