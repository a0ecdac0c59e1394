package dev.gatlingllm.gatling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.engine.Preparation;
import dev.gatlingllm.gatling.engine.RealLoop;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.target.CallTarget;
import dev.gatlingllm.target.ProviderClients;
import dev.gatlingllm.target.SimulatedTarget;
import dev.gatlingllm.timing.NanoClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BeforeLoadTest {

  private static final ExpectedLoad ONE =
      new ExpectedLoad("1 client", new ExpectedLoad.Closed(1), () -> LlmRequest.ofPrompt("hello"));

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /** Nothing is done but what the settings of a test ask for. */
  private Preparation.Prepared prepare(Supplier<ExpectedLoad> plan, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "llm.warmUp.atMost=0 s", "llm.calibration.duration=0 s", "llm.warmUp.probes=0"));
    all.addAll(List.of(settings));
    LlmConfig config = Stage.settings(Path.of("unused"), all.toArray(String[]::new));
    ProviderClients clients = ProviderClients.of(config);
    CallTarget target = clients.target();
    try (RealLoop loop = new RealLoop()) {
      return new BeforeLoad(
              config,
              clients,
              target,
              plan,
              true,
              NanoClock.SYSTEM,
              new PrintStream(printed, true, UTF_8))
          .prepare(loop.engine());
    } finally {
      target.client().close();
    }
  }

  private String console() {
    return printed.toString(UTF_8);
  }

  @Test
  void whereNothingIsAskedForNothingIsDone() {
    Preparation.Prepared prepared = prepare(() -> ONE);
    assertThat(prepared.warmUp()).isEmpty();
    assertThat(prepared.network()).isEmpty();
    assertThat(prepared.measurementError().get()).isEmpty();
    assertThat(console()).isEmpty();
  }

  @Test
  void theClientIsWarmedUpOnASimulatedEndpoint() {
    Preparation.Prepared prepared = prepare(() -> ONE, "llm.warmUp.atMost=1 ms");
    assertThat(prepared.warmUp().orElseThrow().calls()).isPositive();
    assertThat(console())
        .contains("[llm] warmed up with ")
        .contains(" calls to a simulated endpoint in ")
        .contains("its time was up (llm.warmUp.atMost)");
  }

  @Test
  void aLoadThatCannotBePlannedIsNoReasonNotToRun() {
    Preparation.Prepared prepared =
        prepare(
            () -> {
              throw new IllegalStateException("no such file");
            },
            "llm.warmUp.atMost=1 s");
    assertThat(prepared.warmUp()).isEmpty();
    assertThat(console())
        .isEqualToIgnoringNewLines(
            "[llm] the planned load failed, the run goes on without:"
                + " java.lang.IllegalStateException: no such file");
  }

  @Test
  void everyCallToASimulatedTargetIsCompared() {
    Preparation.Prepared prepared = prepare(() -> ONE, "llm.calibration.duration=1 s");
    assertThat(prepared.witness()).isInstanceOf(dev.gatlingllm.calibration.TruthComparison.class);
    assertThat(console()).isEmpty();
  }

  @Test
  void theErrorOfAClientOfARealTargetIsMeasuredOnItsSimulatedPeer() {
    Preparation.Prepared prepared =
        prepare(
            () -> ONE,
            "llm.provider=openai",
            "llm.openai.baseUrl=http://127.0.0.1:9/v1",
            "llm.openai.model=theirs",
            "llm.simulator.ttft=1 ms",
            "llm.simulator.tokensPerSecond=2000",
            "llm.calibration.duration=300 ms");
    assertThat(console())
        .contains("[llm] calibration run: 1 client for 0 s against a simulated endpoint");
    assertThat(prepared.measurementError().get()).isPresent();
    assertThat(console()).contains("[llm] measurement error at most (");
  }

  @Test
  void callsToTheTargetItselfAreCountedWithWhatTheyCost() {
    Preparation.Prepared prepared =
        prepare(
            () -> ONE,
            "llm.warmUp.target=calls",
            "llm.warmUp.calls=2",
            "llm.simulator.ttft=1 ms",
            "llm.simulator.tokensPerSecond=2000");
    assertThat(prepared.warmUp().orElseThrow().target().calls()).isEqualTo(2);
    assertThat(console())
        .startsWith("[llm] 2 unlogged calls to the target, 0 failed; they cost money: ");
  }

  @Test
  void connectionsAreOpenedToTheTargetWithoutARequest() {
    Preparation.Prepared prepared =
        prepare(() -> ONE, "llm.warmUp.target=connect", "llm.warmUp.connections=3");
    assertThat(prepared.warmUp().orElseThrow().connections()).isEqualTo(1);
    assertThat(console())
        .isEqualToIgnoringNewLines("[llm] opened 1 connections to the target; no request was sent");
  }

  @Test
  void theNetworkIsMeasuredByOpeningConnections() {
    Preparation.Prepared prepared = prepare(() -> ONE, "llm.warmUp.probes=2");
    assertThat(prepared.network().orElseThrow().tcpNanos()).hasSize(2);
    assertThat(console()).contains("connecting to 127.0.0.1 (2 times): TCP ");
  }

  @Test
  void aTargetThatTakesNoCallsIsTold() {
    LlmConfig config = Stage.settings(Path.of("unused"));
    String gone;
    try (SimulatedTarget target = SimulatedTarget.startOrchestrator(config, "key")) {
      gone = target.address().toString();
    }
    Preparation.Prepared prepared =
        prepare(
            () -> ONE,
            "llm.provider=openai",
            "llm.openai.baseUrl=" + gone,
            "llm.openai.model=theirs",
            "llm.warmUp.target=calls");
    assertThat(prepared.warmUp().orElseThrow().target().failed()).isEqualTo(1);
    assertThat(console()).contains("1 unlogged calls to the target, 1 failed (");
  }
}
