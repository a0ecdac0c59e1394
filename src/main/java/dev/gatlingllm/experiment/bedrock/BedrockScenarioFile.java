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
   * Reads a file.
   *
   * @throws InputException if the file is absent or empty, or a line is not a scenario
   */
  public static BedrockScenarioFile read(Path file) {
    try (InputLines lines = InputLines.open(file)) {
      return read(lines);
    }
  }

  /**
   * Every scenario on each of these models and in each of these regions; an empty list stands for
   * the line's own.
   */
  public List<BedrockScenario> on(List<String> models, List<String> regions) {
    return scenarios.stream()
        .flatMap(
            scenario ->
                (models.isEmpty() ? List.of(scenario.modelId()) : models)
                    .stream()
                        .flatMap(
                            model ->
                                (regions.isEmpty() ? List.of(scenario.region()) : regions)
                                    .stream().map(region -> scenario.on(model, region))))
        .toList();
  }

  static BedrockScenarioFile read(InputLines lines) {
    List<BedrockScenario> scenarios = new ArrayList<>();
    Map<String, Integer> unknownFields = new TreeMap<>();
    for (Optional<InputLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      BedrockScenarioLine scenario = BedrockScenarioLine.parse(line.get());
      scenario.unknownFields().forEach(field -> unknownFields.merge(field, 1, Integer::sum));
      scenarios.add(scenario.scenario());
    }
    if (scenarios.isEmpty()) {
      throw new InputException(lines.name() + ": must hold at least one scenario, was empty");
    }
    List<String> warnings = new ArrayList<>();
    unknownFields.forEach(
        (field, count) ->
            warnings.add(
                Figures.fill(
                    "%s: unknown field %s on %d of %d lines: a label if llm.scenarios.labels names"
                        + " it",
                    lines.name(), field, count, scenarios.size())));
    return new BedrockScenarioFile(scenarios, warnings);
  }
}
