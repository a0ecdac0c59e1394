package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CancelDraw;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.call.Timer;
import dev.gatlingllm.config.CancelConfig;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.stats.CallFixture;
import io.gatling.core.stats.StatsEngine;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** What the engine does with settings, without an engine. */
public final class EngineSettings {

  private static final long SECOND = 1_000_000_000L;

  private EngineSettings() {}

  /** The limits of a call. */
  public static CallLimits limits(LlmConfig config) {
    return LlmComponents.limits(config);
  }

  /** How calls end that wait for their first token, for their next one, or for their end. */
  public static Object endsOfWaiting(LlmConfig config) {
    LlmRequest request = LlmRequest.ofPrompt("Hi");
    return List.of(
        endOfWaiting(config, request, false),
        endOfWaiting(config, request, true),
        endOfWaiting(config, request.withStreaming(false), false));
  }

  private static String endOfWaiting(LlmConfig config, LlmRequest request, boolean firstToken) {
    long[] now = {0};
    Deque<Runnable> due = new ArrayDeque<>();
    List<String> ends = new ArrayList<>();
    LlmClient silent =
        new LlmClient() {
          @Override
          public String provider() {
            return "silent";
          }

          @Override
          public CallHandle start(LlmRequest sent, CallListener listener) {
            if (firstToken) {
              listener.output(0, OutputKind.CONTENT, "Hi");
            }
            return () -> {};
          }

          @Override
          public void close() {}
        };
    Timer timer =
        (nanos, task) -> {
          long at = now[0] + nanos;
          due.add(
              () -> {
                now[0] = at;
                task.run();
              });
          return () -> {};
        };
    new LlmCall(
            silent,
            request,
            0,
            limits(config),
            RetryPolicy.NONE,
            timer,
            () -> now[0],
            result -> ends.add(result.error() + " at " + now[0]))
        .start();
    while (ends.isEmpty()) {
      due.remove().run();
    }
    return ends.get(0);
  }

  /** The pauses of a throttled call, with and without a header, early and late. */
  public static Object pauses(LlmConfig config) {
    RetryPolicy asked = LlmComponents.retry(config);
    RetryPolicy policy =
        new RetryPolicy(
            asked.header(),
            asked.backoff(),
            asked.maxAttempts(),
            asked.baseNanos(),
            asked.maxNanos(),
            asked.staleConnection(),
            () -> 0.5);
    List<Object> pauses = new ArrayList<>();
    pauses.add(policy.staleConnection());
    for (int attempts = 1; attempts < 8; attempts++) {
      pauses.add(policy.pauseNanos(attempts, OptionalLong.empty(), 0));
      pauses.add(policy.pauseNanos(attempts, OptionalLong.of(7), 0));
      pauses.add(policy.pauseNanos(attempts, OptionalLong.empty(), 30 * SECOND));
    }
    return pauses;
  }

  /** When the client cancels the first calls of a run. */
  public static Object cancels(LlmConfig config) {
    CancelDraw draw = config.cancel().draw(CancelConfig.OfAction.NONE, config.seed());
    return LongStream.range(0, 20).mapToObj(draw::of).toList();
  }

  /** What becomes of an arrival that is 1.5 s late. */
  public static Object lateArrival(LlmConfig config) {
    return LlmComponents.arrivalPolicyOf(config).decide(0, 3 * SECOND / 2);
  }

  /** What Gatling's statistics get of a call of one second with its first token after 0.4 s. */
  public static Object statistics(LlmConfig config) {
    List<String> logged = new ArrayList<>();
    StatsEngine engine =
        (StatsEngine)
            Proxy.newProxyInstance(
                EngineSettings.class.getClassLoader(),
                new Class<?>[] {StatsEngine.class},
                (proxy, method, arguments) -> {
                  logged.add(method.getName() + Arrays.toString(arguments));
                  return null;
                });
    CallRecord call = CallFixture.call().streamed(400, 900).tokens(10, 20).from(0, 1_000).record();
    new GatlingMetrics(engine, new RunClock(() -> 0, 0, Instant.EPOCH), config.slo())
        .log("scenario", call);
    return logged;
  }
}
