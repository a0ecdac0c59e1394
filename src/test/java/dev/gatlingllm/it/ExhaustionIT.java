package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.simulator.SimulatorSettings;
import dev.gatlingllm.timing.NanoClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that may open few files only: enough for the JVM itself, not for the load. */
class ExhaustionIT {

  private static final String MAIN = "rpm.ShapeProfileSimulation";
  private static final List<String> FEW_FILES =
      List.of("bash", "-c", "ulimit -n 320; exec \"$@\"", "bash");

  @TempDir private Path folder;

  @BeforeEach
  void needsBash() {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash here");
  }

  private GatlingProcess run(String... settings) {
    return GatlingProcess.start(folder, FEW_FILES, "-Xmx1G", MAIN, settings);
  }

  @Test
  void aClosedLoadThatCannotFitIsRefusedInOneSentence() throws Exception {
    GatlingProcess gatling = run("llm.load.clients=1000");

    assertThat(gatling.exitCode()).isEqualTo(1);
    assertThat(gatling.console())
        .containsPattern(
            "\\[llm\\] the load needs \\d+ file descriptors \\(2 for each of 1000 calls at once with"
                + " the simulated endpoint in this process, \\d+ for the run itself\\), but ulimit"
                + " -n is 320: allow more with ulimit -n 65536")
        .doesNotContain("\tat ");
    assertThat(gatling.hasRun()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // One for each transport: azure-openai has that of openai.
        "llm.provider=openai llm.openai.baseUrl=%s/v1 llm.openai.model=m",
        "llm.provider=bedrock llm.bedrock.region=us-east-1 llm.bedrock.endpoint=%s"
            + " llm.bedrock.modelId=m llm.bedrock.http=http1"
      })
  void anOpenLoadThatRunsOutIsWarnedOfAndNoCallBlamesTheService(String target) throws Exception {
    SimulatorSettings slow =
        SimulatorConfig.of("ttft = 4 s, tokensPerSecond = 2000, capacity = 10000");
    try (Simulator service = Simulator.start(slow, NanoClock.SYSTEM)) {
      GatlingProcess gatling =
          run(
              (target.replace("%s", service.uri().toString())
                      + " llm.load.rpm=9000 llm.load.requests=400 llm.load.maxScheduleDelay=60s"
                      + " llm.warmUp.atMost=0s llm.calibration.duration=0s")
                  .split(" "));

      assertThat(gatling.exitCode()).as(gatling.console()).isZero();
      assertThat(gatling.console()).contains("[llm] warning: the load may need ");
      assertThat(gatling.calls())
          .hasSize(400)
          .allMatch(
              call ->
                  call.outcome() == Outcome.SUCCEEDED
                      || call.error().equals("client exhausted: file descriptors"))
          .anyMatch(call -> call.outcome() == Outcome.SUCCEEDED)
          .anyMatch(ExhaustionIT::isCrash);
      assertThat(gatling.console()).contains("[llm] verdict: invalid: ");
      assertThat(gatling.file("summary.txt").replaceAll("\\s+", " "))
          .contains("The client ran out of file descriptors", "is 320.");
    }
  }

  private static boolean isCrash(CallRecord call) {
    return call.outcome() == Outcome.CRASHED;
  }
}
