package dev.gatlingllm.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.anthropic.AnthropicClient;
import dev.gatlingllm.provider.anthropic.AnthropicSettings;
import dev.gatlingllm.record.CancelPlan;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.simulator.Ending;
import dev.gatlingllm.simulator.SimulatedCall;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an endpoint sees of a client that cancels its calls, and what the next call meets. */
class CancelledStreamsTest {

  /** An answer that would take minutes: only cancelling ends it. */
  private static final LlmRequest LONG = LlmRequest.ofPrompt("Tell me all").withMaxTokens(30_000);

  private static final LlmRequest SHORT = LlmRequest.ofPrompt("Hello").withMaxTokens(3);

  /** No call has a first token before the end of the test. */
  private static final String SILENT = "ttft = 10 min, capacity = 100";

  private static final CancelPlan AFTER_FIRST_TOKEN =
      new CancelPlan(OptionalLong.empty(), OptionalLong.of(20_000_000));

  /** On a clock that moves when the endpoint has the call: no machine is too slow to send it. */
  private static final CancelPlan AFTER_START =
      new CancelPlan(OptionalLong.of(100_000_000), OptionalLong.empty());

  private enum Path {
    OPENAI(false),
    AZURE(false),
    ANTHROPIC(false),
    BEDROCK_HTTP1(false),
    BEDROCK_HTTP2(true);

    private final boolean http2;

    Path(boolean http2) {
      this.http2 = http2;
    }

    private LlmClient client(URI address, NanoClock clock) {
      // One connection: a place that is not given back would hold the next call up.
      ClientSettings settings = ClientSettings.of(Duration.ofSeconds(30), 1, clock);
      return this == ANTHROPIC
          ? new AnthropicClient(
              new AnthropicSettings(
                  address,
                  "m",
                  "2023-06-01",
                  Optional.of(Secret.of("key-of-a-test")),
                  Optional.empty(),
                  settings))
          : Wire.valueOf(name()).client(address, settings);
    }
  }

  private static Caller caller(Path path, Simulator endpoint, NanoClock clock) {
    return new Caller(path.client(endpoint.uri(), clock), clock, RetryPolicy.NONE);
  }

  private static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).as("waited").isLessThan(TimeUnit.SECONDS.toNanos(60));
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static List<SimulatedCall> allEnded(Simulator endpoint, int calls) {
    await(() -> endpoint.calls().size() == calls && endpoint.inFlight() == 0);
    return endpoint.calls();
  }

  @ParameterizedTest
  @EnumSource(Path.class)
  void theEndpointSeesTheClientGoInMidStreamAndTheNextCallGoesOn(Path path) {
    try (Simulator endpoint =
            Simulator.start(
                SimulatorConfig.of("tokensPerSecond = 50, tokensPerChunk = 1, capacity = 100"),
                NanoClock.SYSTEM);
        Caller caller = caller(path, endpoint, NanoClock.SYSTEM)) {
      CallResult cancelled = caller.begin(LONG, AFTER_FIRST_TOKEN).join();
      SimulatedCall seen = allEnded(endpoint, 1).get(0);

      assertThat(cancelled.outcome()).as(cancelled.errorDetail()).isEqualTo(Outcome.CANCELLED);
      assertThat(seen.ending()).isEqualTo(Ending.ABANDONED);
      assertThat(cancelled.timeline().chunks()).isBetween(1, seen.chunkNanos().length);
      assertThat(seen.outputTokens()).isLessThan(30_000);
      assertThat(seen.endNanos().getAsLong())
          .as("left after the client had cancelled")
          .isGreaterThanOrEqualTo(cancelled.timeline().end().getAsLong());

      CallResult next = caller.begin(SHORT, CancelPlan.NONE).join();
      assertThat(next.outcome()).as(next.errorDetail()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(next.connection().reused()).as("the connection goes on").isEqualTo(path.http2);
    }
  }

  @ParameterizedTest
  @EnumSource(Path.class)
  void theEndpointSeesTheClientGoBeforeTheFirstToken(Path path) {
    try (Simulator endpoint = Simulator.start(SimulatorConfig.of(SILENT), NanoClock.SYSTEM);
        Caller caller = caller(path, endpoint, () -> endpoint.started() * 500_000_000L)) {
      CallResult cancelled = caller.begin(LONG, AFTER_START).join();

      assertThat(cancelled.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(cancelled.timeline().firstOutput()).isEmpty();
      assertThat(allEnded(endpoint, 1).get(0).ending()).isEqualTo(Ending.ABANDONED);
    }
  }

  @ParameterizedTest
  @EnumSource(Path.class)
  void callsThatAreCancelledOneAfterTheOtherLeaveNothingBehind(Path path) {
    try (Simulator endpoint =
            Simulator.start(
                SimulatorConfig.of("tokensPerSecond = 50, tokensPerChunk = 1, capacity = 100"),
                NanoClock.SYSTEM);
        Caller caller = caller(path, endpoint, NanoClock.SYSTEM)) {
      CancelPlan atOnce = new CancelPlan(OptionalLong.empty(), OptionalLong.of(0));
      List<CompletableFuture<CallResult>> calls = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        calls.add(caller.begin(LONG, atOnce));
      }
      assertThat(calls)
          .allSatisfy(call -> assertThat(call.join().outcome()).isEqualTo(Outcome.CANCELLED));
      assertThat(allEnded(endpoint, 10))
          .extracting(SimulatedCall::ending)
          .containsOnly(Ending.ABANDONED);
      assertThat(caller.ends()).isEqualTo(10);
    }
  }
}
