package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.provider.HangingServer;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.simulator.SimulatorSettings;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.timing.NanoClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load test of a RAG orchestrator, on the simulated one. */
class OrchestratorIT {

  private static final String SIMULATION = "rag.OrchestratorSimulation";

  @TempDir private Path folder;

  @Test
  void usersHoldConversationsForTheWholeTimeAndTheRunFolderIsWhole() throws Exception {
    GatlingProcess gatling =
        run("llm.rag.turns=2", "llm.rag.users=3", "llm.rag.duration=4s", "llm.rag.p95=10s");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    List<CallRecord> calls = gatling.calls();
    assertThat(calls)
        .allMatch(call -> call.outcome() == Outcome.SUCCEEDED)
        .allMatch(call -> call.provider().equals("http"))
        .allMatch(call -> call.model().equals("simulated orchestrator"))
        .allMatch(call -> Measure.E2E.of(call).isPresent())
        .allMatch(call -> Measure.TTFT.of(call).isEmpty());
    // Ten calls would be one for each user of the test that this one replaces.
    assertThat(calls.size()).isGreaterThan(12);
    long second = calls.stream().filter(call -> call.labels().get("turn").equals("2")).count();
    assertThat(second).isBetween(calls.size() / 2 - 2L, calls.size() / 2L);
    assertThat(calls.get(calls.size() - 1).times().end()).isGreaterThan(3_000_000_000L);
    assertThat(gatling.file("junit.xml")).contains("llm.rag.p95", "llm.stop.failures");
    assertThat(gatling.gatlingRows()).contains("ask " + calls.size());
    assertThat(gatling.info().preparation().warmUp()).isPresent();
    assertThat(gatling.info().preparation().measurementError()).isPresent();
  }

  @Test
  void aStreamOfTextIsTimedToItsFirstAndLastToken() throws Exception {
    assertTimed(run("llm.rag.answer=text", "llm.rag.conversationId=(\\S+) ", "llm.rag.turns=2"));
  }

  private static void assertTimed(GatlingProcess gatling) throws Exception {
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    assertThat(gatling.calls())
        .allMatch(call -> call.outcome() == Outcome.SUCCEEDED)
        .allMatch(call -> Measure.TTFT.of(call).getAsDouble() < Measure.E2E.of(call).getAsDouble())
        .allMatch(call -> call.chunks() > 10)
        .anyMatch(call -> call.labels().get("turn").equals("2"));
  }

  @Test
  void anAnswerThatIsAnApologyOrAnErrorIsAFailedCall() throws Exception {
    GatlingProcess gatling =
        run(
            "llm.rag.p95=10s",
            "llm.simulator.faults.apology=0.5",
            "llm.simulator.faults.errorText=0.5");
    assertThat(gatling.exitCode()).isEqualTo(2);
    assertThat(gatling.calls())
        .isNotEmpty()
        .allMatch(call -> call.outcome() == Outcome.CHECK_FAILED)
        .allMatch(call -> call.error().contains("apology or error text"))
        .noneMatch(call -> call.error().contains("Sorry"))
        .allMatch(call -> call.labels().get("turn").equals("1"));
  }

  @Test
  void aHandshakeThatHangsEndsAtTheConnectLimit() throws Exception {
    try (HangingServer server = HangingServer.silent()) {
      GatlingProcess gatling =
          run(
              "llm.rag.p95=10s",
              "llm.rag.url=https://127.0.0.1:" + server.port(),
              "llm.timeout.connect=300ms");
      assertThat(gatling.exitCode()).as(gatling.console()).isEqualTo(2);
      assertThat(gatling.calls())
          .isNotEmpty()
          .allMatch(call -> call.outcome() == Outcome.TIMED_OUT)
          .allMatch(call -> call.error().equals("timeout: no connection in 300 ms"));
    }
  }

  @Test
  void aRunWhoseCallsFailIsCutAndSaysWhy() throws Exception {
    GatlingProcess gatling =
        run(
            "llm.rag.duration=60s",
            "llm.stop.window=2s",
            "llm.simulator.faults.serverError=0.98",
            "llm.simulator.faults.hang=0.02",
            "llm.simulator.ttft=1ms");
    assertThat(gatling.exitCode()).isEqualTo(2);
    assertThat(gatling.console()).contains("stopping the run: ", "failed within 2 s");
    assertThat(gatling.info().period().interrupted()).isTrue();
    assertThat(gatling.info().assertions().get(0).passed()).isFalse();
    assertThat(gatling.file("junit.xml")).contains("the run was cut");
    assertThat(gatling.file("summary.md")).contains("the run was cut");
    assertThat(gatling.calls())
        .allMatch(call -> call.times().end() < 30_000_000_000L)
        .anyMatch(call -> call.outcome() == Outcome.REJECTED);
  }

  @Test
  void eventsAreTimedTooAndTheKeyComesFromTheEnvironmentGoesInItsHeaderAndIsInNoFile()
      throws Exception {
    SimulatorSettings settings =
        SimulatorConfig.of("ttft = 5 ms, tokensPerSecond = 2000, apiKey = function-key-0815");
    try (Simulator orchestrator = Simulator.start(settings, NanoClock.SYSTEM)) {
      GatlingProcess gatling =
          GatlingProcess.start(
              folder,
              Map.of("ORCHESTRATOR_KEY", "function-key-0815"),
              SIMULATION,
              settings(
                  "llm.rag.url=" + orchestrator.uri(),
                  "llm.rag.answer=sse",
                  "llm.rag.conversationId=conversation_id",
                  "llm.rag.turns=2"));
      assertTimed(gatling);
      assertThat(gatling.console()).doesNotContain("function-key-0815");
      for (String file : List.of("calls.jsonl", "run.json", "index.html", "summary.json")) {
        assertThat(gatling.file(file)).doesNotContain("function-key-0815");
      }
    }
  }

  private GatlingProcess run(String... more) {
    return GatlingProcess.start(folder, SIMULATION, settings(more));
  }

  private static String[] settings(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "llm.rag.users=2",
                "llm.rag.delay=0s",
                "llm.rag.rampUp=0s",
                "llm.rag.duration=3s",
                "llm.rag.pause=20ms",
                "llm.rag.pauseUpTo=20ms",
                // a few seconds hold too few calls for a p95 on a machine that is busy
                "llm.rag.p95=0s",
                "llm.simulator.ttft=20ms",
                "llm.simulator.tokensPerSecond=2000"));
    settings.addAll(List.of(more));
    return settings.toArray(String[]::new);
  }
}
