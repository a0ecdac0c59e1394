package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatmapIT {

  @TempDir private Path folder;

  @Test
  void everyPairOfLengthsIsCalledAsOftenAsAskedWithPromptsOfItsSize() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "heatmap.LatencyHeatmapSimulation",
            "llm.heatmap.inputTokens=10,50",
            "llm.heatmap.outputTokens=16,32",
            "llm.heatmap.callsPerCell=3",
            "llm.heatmap.clients=4",
            "llm.record.content=true",
            "llm.simulator.ttft=10ms",
            "llm.simulator.tokensPerSecond=1000");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    List<CallRecord> calls = gatling.calls();
    Map<String, Long> cells =
        calls.stream()
            .collect(
                Collectors.groupingBy(
                    call ->
                        call.labels().get("inputTokens") + "x" + call.labels().get("outputTokens"),
                    TreeMap::new,
                    Collectors.counting()));
    assertThat(cells)
        .isEqualTo(new TreeMap<>(Map.of("10x16", 3L, "10x32", 3L, "50x16", 3L, "50x32", 3L)));
    assertThat(calls)
        .allMatch(call -> call.outcome() == Outcome.SUCCEEDED)
        .allMatch(
            call ->
                String.valueOf(call.tokens().input().getAsLong())
                    .equals(call.labels().get("inputTokens")))
        .allMatch(
            call ->
                String.valueOf(call.tokens().output().getAsLong())
                    .equals(call.labels().get("outputTokens")));
    assertThat(calls.stream().map(call -> call.content().prompt()).distinct())
        .hasSizeGreaterThan(10);
  }
}
