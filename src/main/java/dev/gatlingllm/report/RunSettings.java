package dev.gatlingllm.report;

import dev.gatlingllm.record.RunInfo;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The settings with which the (first) run was made.
 *
 * @param byKey without secrets
 */
record RunSettings(Map<String, String> byKey) {

  static RunSettings of(RunReport report) {
    return new RunSettings(report.info().map(RunInfo::configuration).orElse(Map.of()));
  }

  /** A number above 0; absent if the setting is unset or no number. */
  OptionalDouble number(String key) {
    String text = byKey.getOrDefault(key, "");
    return text.matches("\\d{1,12}(\\.\\d{1,9})?") && Double.parseDouble(text) > 0
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  boolean isSet(String key) {
    return !byKey.getOrDefault(key, "").isEmpty();
  }
}
