package dev.gatlingllm.experiment.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.engine.PlayedService;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.timing.NanoClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {

  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;

  private final PlayedService service = PlayedService.answering(Duration.ofMillis(500));

  private LlmConfig settings(String... settings) {
    List<String> all = new ArrayList<>(List.of("llm.load.clients=2", "llm.load.requests=4"));
    all.addAll(List.of(settings));
    return Stage.settings(folder, all.toArray(String[]::new));
  }

  private List<CallRecord> played(Batch batch) {
    try (Stage stage = Stage.of(batch.settings(), service)) {
      stage.play(batch.inject(LlmActionBuilder.named(session -> "chat")));
      return stage.records();
    }
  }

  private static List<String> groups(List<CallRecord> calls) {
    return calls.stream().map(call -> call.groups().get(0)).distinct().toList();
  }

  private static long begin(List<CallRecord> calls, String group) {
    return calls.stream()
        .filter(call -> call.groups().get(0).equals(group))
        .mapToLong(call -> call.times().arrival())
        .min()
        .getAsLong();
  }

  @Test
  void workloadsFollowOneAnotherAndTheNextBatchWaitsForItsInstant() {
    Batch batch =
        Batch.of(
            settings(
                "llm.batch.workloads=80-16-none,120-17-none",
                "llm.batch.batches=2",
                "llm.batch.interval=1 min"),
            service.clock());
    List<CallRecord> calls = played(batch);

    assertThat(groups(calls)).isEqualTo(batch.groups());
    assertThat(batch.groups())
        .containsExactly(
            "batch 1 | 80-16-none",
            "batch 1 | 120-17-none",
            "batch 2 | 80-16-none",
            "batch 2 | 120-17-none");
    assertThat(calls).hasSize(16);
    assertThat(begin(calls, batch.groups().get(1)) - begin(calls, batch.groups().get(0)))
        .isEqualTo(SECOND);
    assertThat(begin(calls, batch.groups().get(2)) - begin(calls, batch.groups().get(0)))
        .isEqualTo(60 * SECOND);
  }

  @Test
  void aBatchThatIsLateBeginsAtOnceAndMovesNoOther() {
    Batch batch =
        Batch.of(
            settings(
                "llm.batch.workloads=80-16-none",
                "llm.batch.batches=3",
                "llm.batch.interval=700 ms"),
            service.clock());
    List<CallRecord> calls = played(batch);
    long first = begin(calls, batch.groups().get(0));

    assertThat(begin(calls, batch.groups().get(1)) - first).isEqualTo(SECOND);
    assertThat(begin(calls, batch.groups().get(2)) - first).isEqualTo(2 * SECOND);
  }

  @Test
  void aBatchFillsTheDeploymentFirstAndThatLoadIsNotJudged() {
    Batch batch =
        Batch.of(
            settings(
                "llm.batch.workloads=80-16-none",
                "llm.batch.fill.enabled=true",
                "llm.batch.fill.clients=1",
                "llm.batch.fill.contextTokens=80",
                "llm.batch.fill.maxTokens=16",
                "llm.batch.fill.atMostTokens=30"),
            service.clock());
    List<CallRecord> calls = played(batch);

    assertThat(groups(calls)).containsExactly("fill up", "80-16-none");
    assertThat(calls).filteredOn(call -> call.groups().get(0).equals("fill up")).hasSize(3);
    assertThat(batch.groups()).containsExactly("80-16-none");
  }

  @Test
  void everyCallIsOfTheSizesOfItsWorkload() {
    List<CallRecord> calls =
        played(Batch.of(settings("llm.batch.workloads=80-16-none,120-17-none"), service.clock()));

    assertThat(calls)
        .allSatisfy(
            call ->
                assertThat(
                        call.tokens().requestedInput().getAsInt()
                            + "-"
                            + call.tokens().requestedOutput().getAsInt()
                            + "-none")
                    .isEqualTo(call.groups().get(0)));
  }

  @Test
  void theCapOnCallsInFlightHoldsWhereARateIsSetToo() {
    LlmConfig settings =
        Batch.of(settings("llm.batch.workloads=80-16-120"), NanoClock.SYSTEM).settings();
    assertThat(settings.load().rpm()).hasValue(120);
    assertThat(settings.load().clients()).hasValue(2);
  }

  @Test
  void theWarmUpPlansTheFirstWorkloadAndChecksEveryFile() {
    ExpectedLoad planned =
        Batch.of(settings("llm.batch.workloads=80-16-120,feeders/messages-example.json-20-none"))
            .expectedLoad();
    assertThat(planned.text()).isEqualTo("120 arrivals/min of 80/16 tokens");
    assertThat(planned.ofFiles()).hasSize(3);
    assertThat(
            Batch.of(settings("llm.batch.workloads=feeders/messages-example.json-20-none"))
                .expectedLoad()
                .text())
        .isEqualTo("2 clients with recorded conversations");
  }

  @Test
  void aWorkloadThatIsNotOfThatFormIsRefused() {
    assertThatThrownBy(() -> Batch.of(settings("llm.batch.workloads=80")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.batch.workloads: a workload must be ");
  }
}
