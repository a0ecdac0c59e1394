package dev.gatlingllm.experiment.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.experiment.bedrock.BedrockExperiment.Sampling;
import dev.gatlingllm.input.InputException;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockExperimentFileTest {

  private static final BedrockExperiment DEFAULTS =
      new BedrockExperiment("", 1, 5, 4, Duration.ZERO, Sampling.NONE);
  private static final Sampling ALL =
      new Sampling(OptionalDouble.of(1), OptionalDouble.of(0.9), OptionalInt.of(250));

  @TempDir private Path folder;

  private List<BedrockExperiment> read(String text) throws IOException {
    return BedrockExperimentFile.read(
        Files.writeString(folder.resolve("e.jsonl"), text.replace('\'', '"')), DEFAULTS);
  }

  @Test
  void theExampleFileIsOneExperiment() {
    assertThat(BedrockExperimentFile.read(Path.of("feeders/bedrock-experiment.jsonl"), DEFAULTS))
        .containsExactly(
            new BedrockExperiment(
                "example",
                2,
                3,
                4,
                Duration.ofMillis(100),
                new Sampling(OptionalDouble.of(1), OptionalDouble.empty(), OptionalInt.of(250))));
  }

  @Test
  void bothSpellingsAreKnownAndWhatALineDoesNotSayIsTheDefault() throws IOException {
    assertThat(
            read("{'num_parallel_calls':2,'experiment_counts':3}\n{'num_parallel_invocations':6}"))
        .containsExactly(
            new BedrockExperiment("", 3, 5, 2, Duration.ZERO, Sampling.NONE),
            new BedrockExperiment("", 1, 5, 6, Duration.ZERO, Sampling.NONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'invocations_per_scenario':0} | invocations_per_scenario must be an integer >= 1, was 0",
        "{'temperature':3} | temperature must be a number from 0 to 2, was 3",
        "{'sleep_between_invocations':'a'} | sleep_between_invocations must be a number from 0 to"
            + " 86400, was \"a\"",
        "{'experiment_name':5} | experiment_name must be a text, was 5",
        "{'tmperature':1} | tmperature must be absent: no experiment has it, was a field of the"
            + " line"
      })
  void aWrongLineIsNamedWithItsFieldAndValue(String line, String message) {
    assertThatThrownBy(() -> read("{}\n" + line))
        .isInstanceOf(InputException.class)
        .hasMessage(folder.resolve("e.jsonl") + " line 2: " + message);
  }

  @Test
  void everyRunHoldsEveryScenarioAsOftenAsAskedInAShuffledOrder() {
    BedrockExperiment experiment = new BedrockExperiment("", 2, 3, 4, Duration.ZERO, Sampling.NONE);
    List<String> scenarios = List.of("a", "b", "c", "d");
    List<List<String>> order = experiment.order(scenarios, 1);
    assertThat(order).hasSize(2).allMatch(run -> run.size() == 12);
    for (String scenario : scenarios) {
      assertThat(order).allMatch(run -> Collections.frequency(run, scenario) == 3);
    }
    assertThat(order.get(0)).isNotEqualTo(order.get(1));
    assertThat(order).isEqualTo(experiment.order(scenarios, 1));
    assertThat(order).isNotEqualTo(experiment.order(scenarios, 2));
  }

  @Test
  void samplingIsSentAndTopKToModelsThatKnowItOnly() {
    LlmRequest claude = ALL.apply(LlmRequest.ofPrompt("a").withModel("us.anthropic.claude"));
    assertThat(claude.parameters().numbers().get(Parameter.TEMPERATURE)).isEqualTo(1.0);
    assertThat(claude.parameters().numbers().get(Parameter.TOP_P)).isEqualTo(0.9);
    assertThat(claude.extraBody()).containsEntry("top_k", 250);
    assertThat(ALL.apply(LlmRequest.ofPrompt("a").withModel("meta.llama3")).extraBody()).isEmpty();
  }
}
