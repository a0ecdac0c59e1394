package dev.gatlingllm.experiment.ab;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.decision.ComparisonGate;

/**
 * {@code llm.ab}, but for what is decided at the end of the run.
 *
 * @param pairs how many pairs of blocks, at least two
 */
public record AbConfig(int pairs) {

  private static final String WORSE = "llm.ab.worse";

  static AbConfig read(ConfigReader reader) {
    try {
      reader.names(WORSE).forEach(text -> ComparisonGate.parse(WORSE, text));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage());
    }
    return new AbConfig(reader.integer("llm.ab.pairs", 2));
  }
}
