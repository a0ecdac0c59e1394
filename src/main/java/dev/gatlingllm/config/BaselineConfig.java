package dev.gatlingllm.config;

import java.util.List;
import java.util.Optional;

/**
 * {@code llm.gate.baseline} and what belongs to it.
 *
 * @param name of the baseline, or its folder; absent for none
 * @param worse the numbers that are decided, each with the least change that matters
 * @param otherSettings whether the baseline may have been made with other settings
 */
public record BaselineConfig(Optional<String> name, List<String> worse, boolean otherSettings) {

  /** The key of its name. */
  public static final String KEY = "llm.gate.baseline";

  /** Copies the list. */
  public BaselineConfig {
    worse = List.copyOf(worse);
  }

  static BaselineConfig read(ConfigReader reader) {
    String name = reader.text(KEY).strip();
    return new BaselineConfig(
        name.isEmpty() ? Optional.empty() : Optional.of(name),
        reader.names("llm.gate.worse"),
        reader.choice("llm.gate.otherSettings", List.of("refuse", "accept")).equals("accept"));
  }
}
