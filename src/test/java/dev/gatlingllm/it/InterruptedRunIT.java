package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedRunIT {

  @TempDir private Path folder;

  private GatlingProcess startAndAwaitCalls(int atLeast) throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "rpm.ShapeProfileSimulation",
            "llm.load.rpm=600",
            "llm.load.duration=10min",
            "llm.profile.shape=custom",
            "llm.profile.contextTokens=50",
            "llm.profile.maxTokens=10");
    gatling.awaitCalls(atLeast);
    return gatling;
  }

  @Test
  void aRunThatIsToldToStopAccountsForCallsInFlightAndReportsThatItIsPartial() throws Exception {
    GatlingProcess gatling = startAndAwaitCalls(10);
    gatling.process().destroy();
    gatling.exitCode();

    List<CallRecord> calls = gatling.calls();
    assertThat(calls).hasSizeGreaterThanOrEqualTo(10);
    assertThat(calls).extracting(CallRecord::id).doesNotHaveDuplicates();
    assertThat(calls)
        .allMatch(
            call -> call.outcome() == Outcome.SUCCEEDED || call.outcome() == Outcome.UNFINISHED);
    assertThat(gatling.info().period().interrupted()).isTrue();
    assertThat(gatling.info().end()).isPresent();
    assertThat(gatling.file("summary.md")).containsIgnoringCase("interrupted");
    assertThat(gatling.run().folder().resolve("index.html")).isNotEmptyFile();
  }

  private GatlingProcess startSlowCalls(String timeToFirstToken) throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "rpm.ShapeProfileSimulation",
            "llm.load.clients=3",
            "llm.load.duration=10min",
            "llm.load.drain=60s",
            "llm.simulator.ttft=" + timeToFirstToken,
            "llm.profile.shape=custom",
            "llm.profile.contextTokens=50",
            "llm.profile.maxTokens=10");
    gatling.awaitConsole("in flight 3");
    return gatling;
  }

  @Test
  void callsInFlightComeToTheirEndWhenTheRunIsToldToStop() throws Exception {
    GatlingProcess gatling = startSlowCalls("3s");
    gatling.process().destroy();
    gatling.exitCode();

    assertThat(gatling.console()).contains("[llm] stopping: waiting for 3 calls in flight");
    assertThat(gatling.calls())
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(call -> call.outcome() == Outcome.SUCCEEDED);
    assertThat(gatling.info().period().interrupted()).isTrue();
  }

  @Test
  void aSecondSignalCutsThemShortAndTheReportIsWrittenAllTheSame() throws Exception {
    GatlingProcess gatling = startSlowCalls("20s");
    gatling.process().destroy();
    gatling.awaitConsole("stopping: waiting");
    gatling.process().destroy();
    gatling.exitCode();

    assertThat(gatling.calls()).anyMatch(call -> call.outcome() == Outcome.UNFINISHED);
    assertThat(gatling.run().folder().resolve("index.html")).isNotEmptyFile();
  }

  @Test
  void oneSignalWhileTheReportsAreWrittenLeavesThemWhole() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "rpm.ShapeProfileSimulation",
            "llm.load.requests=3",
            "llm.load.rpm=600",
            "llm.warmUp.atMost=0s",
            "llm.calibration.duration=0s");
    gatling.awaitConsole("Parsing log file");
    gatling.process().destroy();

    assertThat(gatling.exitCode()).as(gatling.console()).isZero();
    assertThat(gatling.console()).contains("the load is over, and its reports are being written");
    assertThat(gatling.file("index.html")).endsWith("</html>\n");
    assertThat(gatling.gatlingRows()).isNotEmpty();
    assertThat(gatling.info().period().interrupted()).isFalse();
  }
}
