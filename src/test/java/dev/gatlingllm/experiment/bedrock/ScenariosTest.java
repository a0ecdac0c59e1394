package dev.gatlingllm.experiment.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.engine.PlayedService;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.record.CallRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenariosTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file =
        Files.writeString(
            folder.resolve("scenarios.jsonl"),
            """
            {"text_prompt": "one", "expected_output_tokens": 20, "task_type": "T", "model_id": "small", "region": "us-east-1", "inference_profile": "standard"}
            {"text_prompt": "two", "expected_output_tokens": 30, "task_type": "U", "model_id": "large", "region": "us-east-2", "inference_profile": "optimized"}
            """);
  }

  private Scenarios scenarios(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("llm.scenarios.file=" + file);
    return Scenarios.of(Stage.settings(folder, all.toArray(String[]::new)));
  }

  private final PlayedService service = PlayedService.answering(Duration.ofMillis(100));

  private List<CallRecord> played(Scenarios scenarios) {
    try (Stage stage = Stage.of(scenarios.settings(), service)) {
      stage.play(scenarios.inject(LlmActionBuilder.named(session -> "chat")));
      return stage.records();
    }
  }

  @Test
  void everyScenarioIsSentAsOftenAsAskedAndNoneTwice() {
    List<CallRecord> calls = played(scenarios("llm.scenarios.invocationsPerScenario=3"));

    assertThat(calls)
        .extracting(call -> call.model() + " " + call.labels().get("task"))
        .containsExactlyInAnyOrder(
            "small T", "small T", "small T", "large U", "large U", "large U");
    assertThat(service.requests())
        .filteredOn(request -> request.model().equals("large"))
        .allSatisfy(
            request -> {
              assertThat(request.region()).isEqualTo("us-east-2");
              assertThat(request.latencyMode()).isEqualTo("optimized");
              assertThat(request.messages().get(0).text()).isEqualTo("two");
            });
  }

  @Test
  void callsAreGroupedByModelRegionAndLatencyMode() {
    Scenarios scenarios = scenarios("llm.scenarios.invocationsPerScenario=1");
    assertThat(scenarios.groups())
        .containsExactly("small | us-east-1 | standard", "large | us-east-2 | optimized");
    assertThat(played(scenarios))
        .extracting(call -> call.groups().get(0))
        .containsExactlyInAnyOrderElementsOf(scenarios.groups());
  }

  @Test
  void runsOfOneExperimentAreToldApartByTheirNumberAndFollowOneAnother() {
    List<CallRecord> calls =
        played(scenarios("llm.scenarios.experiments=2", "llm.scenarios.invocationsPerScenario=1"));
    assertThat(calls)
        .extracting(call -> call.labels().get("experiment"))
        .containsExactly("1", "1", "2", "2");
  }

  @Test
  void experimentsOfAFileAreToldApartByTheirNamesAndSendTheirSampling() throws IOException {
    Path experiments =
        Files.writeString(
            folder.resolve("experiments.jsonl"),
            """
            {"experiment_name": "cold", "invocations_per_scenario": 1, "temperature": 0.1}
            {"experiment_name": "warm", "invocations_per_scenario": 1, "temperature": 0.9, "num_runs_per_experiment": 2}
            """);
    List<CallRecord> calls = played(scenarios("llm.scenarios.experimentFile=" + experiments));

    assertThat(calls)
        .extracting(call -> call.labels().get("experiment"))
        .containsExactly("cold", "cold", "warm run 1", "warm run 1", "warm run 2", "warm run 2");
    assertThat(service.requests())
        .extracting(request -> request.parameters().numbers().get(Parameter.TEMPERATURE))
        .containsExactly(0.1, 0.1, 0.9, 0.9, 0.9, 0.9);
  }

  @Test
  void aClientPausesAfterEachCallAsLongAsAsked() {
    List<CallRecord> calls =
        played(
            scenarios(
                "llm.scenarios.invocationsPerScenario=1",
                "llm.scenarios.parallelCalls=1",
                "llm.scenarios.sleepBetweenInvocations=2 s"));
    assertThat(calls.get(1).times().arrival() - calls.get(0).times().end())
        .isEqualTo(2_000_000_000L);
  }

  @Test
  void theWarmUpPlansTheScenariosInTurn() {
    ExpectedLoad planned = scenarios("llm.scenarios.parallelCalls=3").expectedLoad();
    assertThat(planned.text()).isEqualTo("3 clients with scenarios");
    List<LlmRequest> two = List.of(planned.requests().get(), planned.requests().get());
    assertThat(two).extracting(LlmRequest::model).containsExactly("small", "large");
  }

  @Test
  void aLabelThatNoScenarioHasIsRefusedWithThoseThatTheyHave() {
    assertThatThrownBy(() -> scenarios("llm.scenarios.labels=colour"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.scenarios.labels must be of ")
        .hasMessageContaining("task")
        .hasMessageEndingWith("was colour");
  }

  @Test
  void aFileThatCannotBeReadIsRefusedWithItsLine() throws IOException {
    Files.writeString(file, "{\"text_prompt\": 3}\n");
    assertThatThrownBy(this::scenarios)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.scenarios: ")
        .hasMessageContaining("scenarios.jsonl");
  }
}
