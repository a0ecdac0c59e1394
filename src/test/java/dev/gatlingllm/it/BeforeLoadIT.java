package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.WarmUpResult;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.timing.NanoClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens before the load of a run against a target in another process, and that none of it is
 * in the run's numbers.
 */
class BeforeLoadIT {

  private static final String MAIN = "rpm.ShapeProfileSimulation";

  @TempDir private Path folder;

  private final Simulator target = Simulator.start(SimulatorConfig.of(), NanoClock.SYSTEM);

  @AfterEach
  void stop() {
    target.close();
  }

  private GatlingProcess run(String... settings) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                "llm.provider=openai",
                "llm.openai.baseUrl=" + target.uri().resolve("/v1"),
                "llm.openai.model=m",
                "llm.load.rpm=240",
                "llm.load.requests=6",
                "llm.profile.shape=custom",
                "llm.profile.contextTokens=100",
                "llm.profile.maxTokens=30",
                "llm.warmUp.atMost=1s",
                "llm.calibration.duration=1s"));
    all.addAll(List.of(settings));
    GatlingProcess gatling = GatlingProcess.start(folder, MAIN, all.toArray(String[]::new));
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();
    return gatling;
  }

  @Test
  void theExpectedLoadIsCalibratedAndNothingOfThatIsSentOrCounted() throws Exception {
    GatlingProcess gatling = run();

    assertThat(gatling.calls())
        .hasSize(6)
        .allMatch(call -> call.outcome() == Outcome.SUCCEEDED)
        .extracting(CallRecord::id)
        .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(target.started()).isEqualTo(6);
    assertThat(gatling.gatlingRows()).contains("All Requests 6");

    MeasurementError error = gatling.info().preparation().measurementError().orElseThrow();
    assertThat(error.source()).isEqualTo(MeasurementError.Source.CALIBRATION);
    assertThat(error.load()).isEqualTo("240 arrivals/min of 100/30 tokens");
    assertThat(error.calls()).isEqualTo(4);
    assertThat(error.ttft().n()).isEqualTo(4);
    WarmUpResult warmUp = gatling.info().preparation().warmUp().orElseThrow();
    assertThat(warmUp.calls()).isPositive();
    assertThat(warmUp.connections()).isZero();
    assertThat(warmUp.target()).isEqualTo(WarmUpResult.TargetCalls.NONE);

    assertThat(gatling.console()).contains("warmed up with", "measurement error at most (4 calls");
    assertThat(gatling.file("index.html")).contains("Measurement error at this load");
    assertThat(gatling.file("summary.json"))
        .contains("\"measurementErrors\"", "\"calibration-run\"");
    assertThat(gatling.file("summary.md")).contains("| TTFT error | 4 |");
    assertThat(gatling.file("summary.txt")).contains("measurement error at most, 4 calls");
  }

  @Test
  void whatIsSwitchedOffIsNotDone() throws Exception {
    GatlingProcess gatling = run("llm.warmUp.atMost=0s", "llm.calibration.duration=0s");

    assertThat(gatling.calls()).hasSize(6);
    assertThat(gatling.info().preparation().warmUp()).isEmpty();
    assertThat(gatling.info().preparation().measurementError()).isEmpty();
    assertThat(gatling.console()).doesNotContain("warmed up", "measurement error");
    assertThat(gatling.file("index.html")).doesNotContain("Measurement error at this load");
    assertThat(gatling.file("summary.json")).doesNotContain("measurementErrors");
  }

  @Test
  void unloggedCallsToTheTargetAreToldAndInNoRecord() throws Exception {
    GatlingProcess gatling = run("llm.warmUp.target=calls", "llm.warmUp.calls=2");

    assertThat(target.started()).isEqualTo(8);
    assertThat(gatling.calls()).hasSize(6);
    assertThat(gatling.gatlingRows()).contains("All Requests 6");
    WarmUpResult.TargetCalls calls = gatling.info().preparation().warmUp().orElseThrow().target();
    assertThat(calls.calls()).isEqualTo(2);
    assertThat(calls.failed()).isZero();
    assertThat(calls.outputTokens()).isEqualTo(32);
    assertThat(gatling.console()).contains("2 unlogged calls to the target", "cost money");
  }

  @Test
  void connectionsAreOpenedWithoutARequestAndTheRunGoesOnWithoutACalibrationRun() throws Exception {
    Path withoutEllipticCurves = folder.resolve("java.security");
    Files.writeString(withoutEllipticCurves, "security.provider.3=SUN");
    GatlingProcess gatling =
        run(
            "llm.warmUp.target=connect",
            "llm.warmUp.connections=4",
            "llm.simulator.tls=true",
            "java.security.properties=" + withoutEllipticCurves);

    assertThat(target.started()).isEqualTo(6);
    assertThat(gatling.info().preparation().warmUp().orElseThrow().connections()).isEqualTo(4);
    assertThat(gatling.console()).contains("opened 4 connections to the target");
    assertThat(gatling.calls()).hasSize(6);
    assertThat(gatling.info().preparation().measurementError()).isEmpty();
    assertThat(gatling.console()).contains("calibration run failed");
  }
}
