package dev.gatlingllm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.call.Timer;
import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.timing.CallTimeline;
import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * How a program of one's own makes a measured call, without Gatling: a client, a clock, limits and
 * a timer; the result comes once, whatever happens.
 */
class EmbeddingExampleTest {

  private static final NanoClock CLOCK = NanoClock.SYSTEM;
  private static final CallLimits LIMITS =
      new CallLimits(seconds(10), seconds(60), seconds(60), seconds(600));
  private static final RetryPolicy NO_RETRY =
      new RetryPolicy(false, false, 1, seconds(1), seconds(1), () -> 0);

  private static long seconds(int seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  private static CallResult call(LlmClient client, LlmRequest request, Timer timer) {
    CompletableFuture<CallResult> result = new CompletableFuture<>();
    new LlmCall(client, request, CLOCK.nanos(), LIMITS, NO_RETRY, timer, CLOCK, result::complete)
        .start();
    return result.join();
  }

  @Test
  void aProgramOfOnesOwnMakesAMeasuredCall() {
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    Timer timer =
        (delayNanos, task) -> {
          ScheduledFuture<?> pending = scheduler.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
          return () -> pending.cancel(false);
        };
    try (Simulator simulator = Simulator.start(SimulatorConfig.of(), CLOCK);
        LlmClient client =
            new OpenAiClient(
                new OpenAiSettings(
                    simulator.uri().resolve("/v1"),
                    "any-model",
                    Optional.empty(),
                    KeyHeader.BEARER,
                    AnswerFormat.CHAT,
                    "max_tokens",
                    ClientSettings.of(Duration.ofSeconds(10), 100, CLOCK)))) {
      CallResult result = call(client, LlmRequest.ofPrompt("Hello?").withMaxTokens(30), timer);

      CallTimeline timeline = result.timeline();
      assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(result.usage().output()).hasValue(30);
      assertThat(result.answer().kept()).isNotBlank();
      assertThat(timeline.firstOutput().getAsLong()).isGreaterThan(timeline.start().getAsLong());
      assertThat(timeline.chunks()).isEqualTo(10);
    } finally {
      scheduler.shutdownNow();
    }
  }
}
