package dev.gatlingllm.report.compare;

import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A setting that the two runs do not share and that moves numbers.
 *
 * @param key of the setting
 * @param first its value in the first run
 * @param second its value in the second run
 */
public record SettingDifference(String key, String first, String second) {

  /** What changes neither the load nor how it is answered and measured. */
  private static final List<String> WITHOUT_EFFECT =
      Stream.concat(
              Share.OWN_SETTINGS.stream(),
              Stream.of(
                  "llm.description",
                  "llm.seed",
                  "llm.console.",
                  "llm.otlp.",
                  "llm.prometheus.",
                  "llm.record.folder",
                  "llm.load.startAt",
                  "llm.gate.",
                  "llm.slo.",
                  "llm.warmUp.",
                  "llm.calibration.",
                  "llm.cost."))
          .toList();

  /** What the service is: the run may be there to try another one. */
  private static final List<String> OF_THE_SERVICE =
      List.of(
          "llm.provider",
          "llm.simulator.",
          "llm.anthropic.",
          "llm.azure.",
          "llm.bedrock.",
          "llm.openai.",
          "llm.regions",
          "llm.targets",
          "llm.maxConnections",
          "llm.load.duration",
          "llm.load.requests",
          "llm.userAgent",
          "llm.labels",
          "llm.hooks",
          "llm.stop.",
          "llm.progress.",
          "llm.serverMetrics.");

  private static final String SIMULATOR = "llm.simulator.";

  /** All such settings that both runs know, the name of the simulation first. */
  static List<SettingDifference> between(RunInfo first, RunInfo second) {
    return between(first, second.simulation(), second.configuration());
  }

  /** As {@link #between(RunInfo, RunInfo)}, of a run that has not begun. */
  static List<SettingDifference> between(
      RunInfo first, String simulation, Map<String, String> other) {
    List<SettingDifference> differences = new ArrayList<>();
    if (!first.simulation().equals(simulation)) {
      differences.add(new SettingDifference("simulation", first.simulation(), simulation));
    }
    new TreeMap<>(first.configuration())
        .forEach(
            (key, value) -> {
              if (other.containsKey(key) && !other.get(key).equals(value) && matters(key, first)) {
                differences.add(new SettingDifference(key, value, other.get(key)));
              }
            });
    return differences;
  }

  private static boolean matters(String key, RunInfo run) {
    boolean simulated = "simulator".equals(run.configuration().get("llm.provider"));
    return WITHOUT_EFFECT.stream().noneMatch(key::startsWith)
        && (simulated || !key.startsWith(SIMULATOR));
  }

  /** Whether it says what is measured, not how: the load and its prompts stay the same. */
  boolean isOfService() {
    return OF_THE_SERVICE.stream().anyMatch(key::startsWith);
  }

  /** In a line. */
  public String text() {
    return key + ": " + shown(first) + " against " + shown(second);
  }

  /** A value in print. */
  static String shown(String value) {
    return value.isEmpty() ? "not set" : value;
  }
}
