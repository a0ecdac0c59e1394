package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateIT {

  @TempDir private Path folder;

  @Test
  void aLimitThatIsNotMetFailsTheRunAndSaysSoWithTheActualValue() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "rpm.ShapeProfileSimulation",
            "llm.load.rpm=600",
            "llm.load.duration=1s",
            "llm.profile.shape=custom",
            "llm.profile.contextTokens=50",
            "llm.profile.maxTokens=10",
            "llm.slo.ttft.p95=1ms",
            "llm.slo.goodput=95",
            "llm.slo.call.ttft=1ms");

    assertThat(gatling.exitCode()).isEqualTo(2);
    assertThat(gatling.info().assertions()).hasSize(3).filteredOn(a -> !a.passed()).hasSize(2);
    String actual = gatling.info().assertions().get(0).actual();
    assertThat(Double.parseDouble(actual)).isGreaterThan(100);
    assertThat(gatling.file("junit.xml")).contains("failures=\"2\"", "TTFT", actual);
    assertThat(gatling.file("summary.md")).contains(actual);
    assertThat(gatling.console()).contains("chat / TTFT", "(actual : " + actual);
    assertThat(gatling.info().assertions().get(1).actual()).isEqualTo("0");
  }

  @Test
  void aRunWithoutAnAnswerMeetsNoLimitOnLatency(@TempDir Path folder) throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "rpm.ShapeProfileSimulation",
            "llm.load.rpm=600",
            "llm.load.duration=1s",
            "llm.profile.shape=custom",
            "llm.profile.contextTokens=50",
            "llm.profile.maxTokens=10",
            "llm.simulator.faults.reject=1",
            "llm.slo.ttft.p95=10s");

    assertThat(gatling.exitCode()).isEqualTo(2);
    assertThat(gatling.info().assertions()).filteredOn(a -> !a.passed()).isNotEmpty();
  }
}
