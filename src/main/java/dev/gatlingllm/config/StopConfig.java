package dev.gatlingllm.config;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code llm.stop}: when a run is cut because its calls fail.
 *
 * @param failures share of failed calls, percent, from which on; absent for never
 * @param automatic whether the simulation decides: {@code failures} is absent then
 * @param window over which the share is taken
 * @param early whether a run ends whose first calls all fail with what no later call will change
 */
public record StopConfig(
    OptionalDouble failures, boolean automatic, Duration window, boolean early) {

  private static final String FAILURES = "llm.stop.failures";

  static StopConfig read(ConfigReader reader) {
    Duration window = reader.positiveDuration("llm.stop.window");
    boolean early = reader.choice("llm.stop.early", List.of("on", "off")).equals("on");
    return switch (reader.text(FAILURES)) {
      case "auto" -> new StopConfig(OptionalDouble.empty(), true, window, early);
      case "none" -> new StopConfig(OptionalDouble.empty(), false, window, early);
      default -> new StopConfig(OptionalDouble.of(share(reader)), false, window, early);
    };
  }

  private static double share(ConfigReader reader) {
    try {
      double percent = reader.percentage(FAILURES);
      if (percent > 0) {
        return percent;
      }
    } catch (ConfigurationException ignored) {
      // refused below with what would be accepted
    }
    throw ConfigurationException.of(
        FAILURES,
        ConfigReader.quoted(reader.text(FAILURES)),
        "auto, none, or a percentage above 0 and up to 100");
  }
}
