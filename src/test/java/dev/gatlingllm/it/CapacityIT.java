package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CapacityResult;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapacityIT {

  @TempDir private Path folder;

  /**
   * Four calls at once of 300 ms: 800 a minute. A busy client may only lower what is found, and the
   * queue of a probe has to be long enough to be seen.
   */
  @Test
  void aSearchFindsTheRateOfAnEndpointInOneRun() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "capacity.RateSearchSimulation",
            "llm.slo.ttft.p75=700ms",
            "llm.slo.failures=25",
            "llm.capacity.from=480",
            "llm.capacity.precision=40",
            "llm.capacity.probe.atLeast=1s",
            "llm.capacity.probe.atMost=8s",
            "llm.capacity.confirm=1s",
            "llm.simulator.capacity=4",
            "llm.simulator.jitter=0",
            "llm.simulator.ttft=300ms",
            "llm.simulator.prefillPerToken=0s",
            "llm.simulator.outputTokens=1",
            "llm.warmUp.atMost=1s");
    int exitCode = gatling.exitCode();

    CapacityResult found = gatling.run().readCapacity().orElseThrow();
    assertThat(found.over()).as(gatling.console()).isTrue();
    assertThat(exitCode).as(gatling.console()).isEqualTo(found.found() ? 0 : 2);
    if (found.limitedBy().equals("client")) {
      assertThat(found.load().orElse(0)).isLessThanOrEqualTo(920);
      assertThat(found.low95()).isEmpty();
    } else {
      assertThat(found.load().orElseThrow()).as(gatling.console()).isBetween(680.0, 920.0);
      assertThat(gatling.console()).contains("The endpoint carries ");
    }
    assertThat(found.probes().stream().mapToLong(CapacityResult.Probe::calls).sum())
        .isEqualTo(gatling.calls().size());
    assertThat(gatling.calls().stream().flatMap(call -> call.groups().stream()).distinct())
        .hasSameSizeAs(found.probes());
    assertThat(gatling.calls().stream().map(CallRecord::name).collect(Collectors.toSet()))
        .containsExactly("chat");
  }
}
