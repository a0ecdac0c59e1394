package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchIT {

  private static final double NANOS_PER_SECOND = 1e9;

  @TempDir private Path folder;

  @Test
  void workloadsFollowOneAnotherInEachBatchAndBatchesFollowTheClock() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "batch.BatchSimulation",
            "llm.batch.workloads=60-10-600,feeders/messages-example.json-10-none",
            "llm.batch.batches=2",
            "llm.batch.interval=3s",
            "llm.batch.fill.enabled=true",
            "llm.batch.fill.clients=3",
            "llm.batch.fill.contextTokens=60",
            "llm.batch.fill.maxTokens=10",
            "llm.batch.fill.atMostTokens=300",
            "llm.load.requests=4",
            "llm.load.clients=2",
            "llm.simulator.ttft=10ms");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    Map<String, List<CallRecord>> rows =
        gatling.calls().stream()
            .collect(
                Collectors.groupingBy(
                    call -> call.groups().get(0), LinkedHashMap::new, Collectors.toList()));
    String file = "feeders/messages-example.json-10-none";
    assertThat(rows)
        .containsOnlyKeys(
            "batch 1 | fill up",
            "batch 1 | 60-10-600",
            "batch 1 | " + file,
            "batch 2 | fill up",
            "batch 2 | 60-10-600",
            "batch 2 | " + file);
    assertThat(rows.get("batch 1 | 60-10-600")).hasSize(4);
    assertThat(rows.get("batch 2 | " + file)).hasSize(4);
    assertThat(start(rows.get("batch 1 | " + file)))
        .isGreaterThan(end(rows.get("batch 1 | 60-10-600")));
    assertThat(start(rows.get("batch 2 | fill up")) - start(rows.get("batch 1 | fill up")))
        .isGreaterThan(2.5);
    assertThat(gatling.console()).contains("its tokens are spent (llm.batch.fill.atMostTokens)");
  }

  private static double start(List<CallRecord> calls) {
    return calls.stream().mapToLong(call -> call.times().start().getAsLong()).min().getAsLong()
        / NANOS_PER_SECOND;
  }

  private static double end(List<CallRecord> calls) {
    return calls.stream().mapToLong(call -> call.times().end()).max().getAsLong()
        / NANOS_PER_SECOND;
  }
}
