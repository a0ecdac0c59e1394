package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.simulator.SimulatorSettings;
import dev.gatlingllm.timing.NanoClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * An endpoint that stands still for a while under an open load, behind a bound on the calls in
 * flight: the calls that had to wait are what a user felt, and only five of them were on the wire.
 */
@Isolated("needs its load on time: nothing else may use the processors")
class FreezeIT {

  /** {@code -Dfreeze.seconds=30} for the long form. */
  private static final int FREEZE_SECONDS = Integer.getInteger("freeze.seconds", 6);

  private static final int CALLS_PER_SECOND = 40;
  private static final int LOAD_SECONDS = 3 * FREEZE_SECONDS;
  private static final int CALLS = CALLS_PER_SECOND * LOAD_SECONDS;
  private static final SimulatorSettings FAST =
      SimulatorConfig.of(
          "ttft = 10 ms, prefillPerToken = 0 ms, tokensPerSecond = 1000, jitter = 0");

  @Test
  void theUsersLatencyHoldsTheFreezeAndTheServicesDoesNotAndNoCallIsMissing(@TempDir Path folder)
      throws Exception {
    try (Simulator simulator = Simulator.start(FAST, NanoClock.SYSTEM)) {
      GatlingProcess gatling =
          GatlingProcess.start(
              folder,
              "rpm.ShapeProfileSimulation",
              "llm.provider=azure-openai",
              "llm.azure.endpoint=" + simulator.uri(),
              "llm.azure.deployment=frozen",
              "llm.load.rpm=" + 60 * CALLS_PER_SECOND,
              "llm.load.duration=" + LOAD_SECONDS + "s",
              "llm.load.clients=5",
              "llm.load.catchUp=true",
              "llm.profile.shape=custom",
              "llm.profile.contextTokens=50",
              "llm.profile.maxTokens=10");
      awaitCalls(simulator, gatling, CALLS / 4);
      simulator.freeze(Duration.ofSeconds(FREEZE_SECONDS));
      assertThat(gatling.exitCode()).as(gatling.console()).isZero();

      JsonNode chat = new ObjectMapper().readTree(gatling.file("summary.json")).at("/overall");
      assertThat(chat.at("/started").asInt()).isEqualTo(CALLS);
      assertThat(chat.at("/succeeded").asInt()).isEqualTo(CALLS);
      double freezeMillis = 1_000.0 * FREEZE_SECONDS;
      JsonNode measures = chat.at("/measures");
      assertThat(measures.at("/ttftFromArrivalMillis/p99").asDouble())
          .isGreaterThan(0.85 * freezeMillis);
      assertThat(measures.at("/ttftMillis/max").asDouble()).isGreaterThan(0.85 * freezeMillis);
      assertThat(measures.at("/ttftMillis/p99").asDouble()).isLessThan(0.5 * freezeMillis);
    }
  }

  private static void awaitCalls(Simulator simulator, GatlingProcess gatling, int calls)
      throws InterruptedException {
    while (simulator.started() < calls && gatling.process().isAlive()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
