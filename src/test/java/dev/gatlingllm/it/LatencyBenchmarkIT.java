package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.record.CallRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyBenchmarkIT {

  @TempDir private Path folder;

  @Test
  void everyDeploymentRegionSizeAndModeIsCalledAndHasItsRow() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "latency.LatencyBenchmarkSimulation",
            "llm.regions.swedencentral=simulated",
            "llm.regions.eastus=simulated",
            "llm.latency.deployments=gpt-4,gpt-4o",
            "llm.latency.maxTokens=10,20",
            "llm.latency.iterations=2",
            "llm.latency.streaming=both",
            "llm.latency.contextTokens=100",
            "llm.latency.sameModelInterval=10ms",
            "llm.latency.differentModelInterval=20ms",
            "llm.calibration.duration=0s",
            "llm.simulator.ttft=10ms",
            "llm.simulator.tokensPerSecond=2000");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    List<CallRecord> calls = gatling.calls();
    assertThat(calls).hasSize(2 * 2 * 2 * 2 * 2);
    assertThat(
            calls.stream()
                .map(call -> call.model() + " " + call.service().region())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "gpt-4 swedencentral", "gpt-4 eastus", "gpt-4o swedencentral", "gpt-4o eastus");
    assertThat(calls).allMatch(call -> call.groups().get(0).contains(call.service().region()));
    // One call at a time: none starts before the one before it has ended.
    for (int i = 1; i < calls.size(); i++) {
      assertThat(calls.get(i).times().start().getAsLong())
          .isGreaterThanOrEqualTo(calls.get(i - 1).times().end());
    }
    JsonNode table = new ObjectMapper().readTree(gatling.file("latency-table.json"));
    assertThat(table.size()).isEqualTo(16);
    JsonNode row = table.get("gpt-4_10 (gpt-4 | eastus | 10 tokens / chat)");
    assertThat(row.get("number_of_iterations").asInt()).isEqualTo(2);
    assertThat(row.get("regions").get(0).asText()).isEqualTo("eastus");
    assertThat(row.get("median_completion_tokens").asInt()).isEqualTo(10);
    assertThat(row.get("best_run").get("local_time").asText()).matches(".* E[SD]T");
    assertThat(gatling.file("latency-table.md")).contains("Median Time");
  }
}
