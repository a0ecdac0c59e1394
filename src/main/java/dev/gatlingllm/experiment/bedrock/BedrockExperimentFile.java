package dev.gatlingllm.experiment.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.experiment.bedrock.BedrockExperiment.Sampling;
import dev.gatlingllm.input.InputException;
import dev.gatlingllm.input.InputLines;
import dev.gatlingllm.input.JsonText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The experiments of a JSONL file of the Bedrock latency benchmarking framework: one object per
 * line with any of {@code sleep_between_invocations} (s), {@code invocations_per_scenario}, {@code
 * num_parallel_invocations} or {@code num_parallel_calls}, {@code num_runs_per_experiment} or
 * {@code experiment_counts}, {@code temperature}, {@code top_p}, {@code top_k} and {@code
 * experiment_name}. UTF-8; a byte order mark and blank lines are tolerated.
 */
public final class BedrockExperimentFile {

  private final InputLines.Line line;
  private final Map<String, JsonNode> fields = new TreeMap<>();

  private BedrockExperimentFile(InputLines.Line line) {
    this.line = line;
    JsonText.object(line)
        .properties()
        .forEach(field -> fields.put(field.getKey(), field.getValue()));
  }

  /**
   * Reads a file.
   *
   * @param defaults what holds where a line does not say
   * @return at least one experiment
   * @throws InputException if the file is absent or empty, or naming the line and field that is
   *     wrong
   */
  public static List<BedrockExperiment> read(Path file, BedrockExperiment defaults) {
    List<BedrockExperiment> experiments = new ArrayList<>();
    try (InputLines lines = InputLines.open(file)) {
      for (Optional<InputLines.Line> next = lines.next(); next.isPresent(); next = lines.next()) {
        experiments.add(new BedrockExperimentFile(next.get()).experiment(defaults));
      }
    }
    if (experiments.isEmpty()) {
      throw new InputException(file + ": must hold at least one experiment, was empty");
    }
    return experiments;
  }

  private BedrockExperiment experiment(BedrockExperiment defaults) {
    BedrockExperiment experiment =
        new BedrockExperiment(
            text("experiment_name").orElse(defaults.name()),
            whole("num_runs_per_experiment", "experiment_counts").orElse(defaults.runs()),
            whole("invocations_per_scenario").orElse(defaults.invocations()),
            whole("num_parallel_invocations", "num_parallel_calls")
                .orElse(defaults.parallelCalls()),
            seconds("sleep_between_invocations").orElse(defaults.pause()),
            new Sampling(number("temperature", 2), number("top_p", 1), whole("top_k")));
    if (!fields.isEmpty()) {
      throw line.wrong(
          fields.keySet().iterator().next(), "absent: no experiment has it", "a field of the line");
    }
    return experiment;
  }

  private Optional<String> text(String name) {
    JsonNode value = fields.remove(name);
    if (value != null && !value.isTextual()) {
      throw line.wrong(name, "a text", value.toString());
    }
    return Optional.ofNullable(value).map(JsonNode::textValue);
  }

  private OptionalInt whole(String... names) {
    for (String name : names) {
      JsonNode value = fields.remove(name);
      if (value != null) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
          throw line.wrong(name, "an integer >= 1", value.toString());
        }
        return OptionalInt.of(value.intValue());
      }
    }
    return OptionalInt.empty();
  }

  private OptionalDouble number(String name, int most) {
    JsonNode value = fields.remove(name);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > most) {
      throw line.wrong(name, "a number from 0 to " + most, value.toString());
    }
    return OptionalDouble.of(value.doubleValue());
  }

  private Optional<Duration> seconds(String name) {
    OptionalDouble seconds = number(name, 86_400);
    return seconds.isPresent()
        ? Optional.of(Duration.ofMillis(Math.round(seconds.getAsDouble() * 1000)))
        : Optional.empty();
  }
}
