package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.Extension;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateIT {

  /** A machine that is busy may make the client one that is not trusted. */
  private static final String OUTCOME =
      "(missed: 10 calls.*|undecided: the client is not trusted.*)";

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
    String missed = "llm.slo.ttft.p95: \\d+ ms, limit 1 ms, \\+[\\d,]+ % \\(" + OUTCOME + "\\)";
    List<String> lines = gatling.console().lines().toList();
    assertThat(lines.subList(lines.size() - 5, lines.size()))
        .anySatisfy(line -> assertThat(line).matches(".llm. the run has failed: " + missed))
        .anySatisfy(line -> assertThat(line).contains("llm.slo.goodput: 0 %, at least 95 %"));
    assertThat(gatling.file("junit.xml")).contains("failures=\"2\"", "llm.slo.ttft.p95");
    assertThat(gatling.file("summary.md")).contains("limit 1 ms");
  }

  @Test
  void aRunWithoutAnAnswerMeetsNoLimitOfASimulationAndFailsGatlingsAssertionAsWell(
      @TempDir Path folder) throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder, LimitedSimulation.class.getName(), "llm.simulator.faults.reject=1");

    assertThat(gatling.exitCode()).isEqualTo(2);
    assertThat(gatling.info().assertions()).hasSize(2).noneMatch(AssertionResult::passed);
    List<String> lines = gatling.console().lines().toList();
    assertThat(lines.subList(lines.size() - 5, lines.size()))
        .contains(
            "[llm] the run has failed: ttft(\"chat\").percentile(95).lt(10000): nothing measured,"
                + " limit below 10,000 ms (undecided: no call succeeded)")
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("failed(\"chat\").percent().lt(1): 100 %, limit below 1 %, +9,900 %"))
        .anySatisfy(
            line -> assertThat(line).contains("Gatling's assertion Global: count of failed"));
  }

  /**
   * 20 calls without a failure do not show that at most 10 % fail. On a machine that is busy, the
   * client may be one that is not trusted: then it goes on no longer, and is red.
   */
  @Test
  void aLoadGoesOnUntilItsLimitIsDecided() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "rpm.ShapeProfileSimulation",
            "llm.load.rpm=900",
            "llm.load.requests=20",
            "llm.load.arrivals=poisson",
            "llm.profile.shape=custom",
            "llm.profile.contextTokens=50",
            "llm.profile.maxTokens=5",
            "llm.slo.failures=10",
            "llm.gate.undecided=extend",
            "llm.gate.atMost.calls=500");

    int exitCode = gatling.exitCode();
    Extension made = gatling.info().extension().orElseThrow();
    boolean decided = made.end().equals(Optional.of(Extension.DECIDED));
    assertThat(made.looks().get(0).calls()).isEqualTo(20);
    assertThat(made.looks().get(0).limits().get(0).outcome()).isEqualTo("undecided");
    Accounting calls = gatling.info().accounting().orElseThrow();
    assertThat(calls.problems()).isEmpty();
    assertThat(calls.planned()).hasValue(calls.sent() + calls.dropped() + calls.notReached());
    if (decided) {
      assertThat(made.looks())
          .extracting(Extension.Look::calls)
          .containsExactly(20L, 30L, 45L, 68L);
      assertThat(calls.sent()).isGreaterThanOrEqualTo(68);
      assertThat(gatling.console()).contains("[llm] extending: llm.slo.failures is undecided");
    } else {
      assertThat(made.end()).contains(Extension.NO_GROUND);
      assertThat(exitCode).isEqualTo(2);
    }
  }
}
