package dev.gatlingllm.experiment.bedrock;

import dev.gatlingllm.input.InputException;
import dev.gatlingllm.input.InputLines;
import dev.gatlingllm.text.Figures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The scenarios of a JSONL file of the Bedrock latency benchmarking framework: one object per line
 * with {@code text_prompt}, {@code task_type}, {@code model_id}, {@code region}, and if wanted
 * {@code expected_output_tokens} (default 100) and {@code inference_profile} or {@code
 * performance_config} ({@code standard} or {@code optimized}; absent: no latency mode is sent).
 * {@code prompt_caching} ({@code true}: the line's {@code cached_context}, or else the prompt, ends
 * with a cache point, kept for {@code cache_ttl}: {@code 5m} or {@code 1h}). UTF-8; a byte order
 * mark and blank lines are tolerated.
 *
 * @param scenarios in the order of the file, at least one
 * @param warnings one for each unknown field, which can only be a label
 */
public record BedrockScenarioFile(List<BedrockScenario> scenarios, List<String> warnings) {

  /** Copies the lists. */
  public BedrockScenarioFile {
    scenarios = List.copyOf(scenarios);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a file, every scenario on each of its models and in each of its regions.
   *
   * @param places take the place of the model and the region of each line, which then need not say
   *     them
   * @throws InputException if the file is absent or empty, or a line is not a scenario
   */
  public static BedrockScenarioFile read(Path file, BedrockPlaces places) {
    try (InputLines lines = InputLines.open(file)) {
      return read(lines, places);
    }
  }

  /** As the other, with the models and regions of the lines. */
  public static BedrockScenarioFile read(Path file) {
    return read(file, BedrockPlaces.OF_LINES);
  }

  static BedrockScenarioFile read(InputLines lines) {
    return read(lines, BedrockPlaces.OF_LINES);
  }

  static BedrockScenarioFile read(InputLines lines, BedrockPlaces places) {
    List<BedrockScenario> scenarios = new ArrayList<>();
    Map<String, Integer> unknownFields = new TreeMap<>();
    int count = 0;
    for (Optional<InputLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      BedrockScenarioLine scenario = BedrockScenarioLine.parse(line.get(), places);
      scenario.unknownFields().forEach(field -> unknownFields.merge(field, 1, Integer::sum));
      scenarios.addAll(on(scenario.scenario(), places));
      count++;
    }
    if (scenarios.isEmpty()) {
      throw new InputException(lines.name() + ": must hold at least one scenario, was empty");
    }
    int all = count;
    List<String> warnings = new ArrayList<>();
    unknownFields.forEach(
        (field, some) ->
            warnings.add(
                Figures.fill(
                    "%s: unknown field %s on %d of %d lines: a label if llm.scenarios.labels names"
                        + " it",
                    lines.name(), field, some, all)));
    return new BedrockScenarioFile(scenarios, warnings);
  }

  private static List<BedrockScenario> on(BedrockScenario scenario, BedrockPlaces places) {
    List<String> models = places.models().isEmpty() ? List.of(scenario.modelId()) : places.models();
    List<String> regions =
        places.regions().isEmpty() ? List.of(scenario.region()) : places.regions();
    return models.stream()
        .flatMap(model -> regions.stream().map(region -> scenario.on(model, region)))
        .toList();
  }
}
