package dev.gatlingllm.experiment.bedrock;

import dev.gatlingllm.config.ConfigReader;
import java.util.List;
import java.util.Optional;

/**
 * {@code llm.scenarios}.
 *
 * @param file scenario file
 * @param experimentFile experiment file; empty if the settings alone say how often
 * @param experiment what the settings say of how often
 * @param models models instead of those of the file; empty for those of the file
 * @param regions regions instead of those of the file; empty for those of the file
 * @param labels columns that become labels of calls
 * @param sampling whether sampling parameters of the experiment file are sent
 */
public record ScenariosConfig(
    String file,
    Optional<String> experimentFile,
    BedrockExperiment experiment,
    List<String> models,
    List<String> regions,
    List<String> labels,
    boolean sampling) {

  public static ScenariosConfig read(ConfigReader reader) {
    return new ScenariosConfig(
        reader.text("llm.scenarios.file"),
        Optional.of(reader.text("llm.scenarios.experimentFile").strip())
            .filter(file -> !file.isEmpty()),
        new BedrockExperiment(
            "",
            reader.integer("llm.scenarios.experiments", 1),
            reader.integer("llm.scenarios.invocationsPerScenario", 1),
            reader.integer("llm.scenarios.parallelCalls", 1),
            reader.duration("llm.scenarios.sleepBetweenInvocations"),
            BedrockExperiment.Sampling.NONE),
        reader.names("llm.scenarios.models"),
        reader.names("llm.scenarios.regions"),
        reader.names("llm.scenarios.labels"),
        reader.choice("llm.scenarios.sampling", List.of("send", "none")).equals("send"));
  }
}
