package dev.gatlingllm.decision;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.text.MinuteWord;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads the limits of a call from a run's configuration. */
public final class Objectives {

  private static final String PREFIX = "llm.slo.call.";
  private static final String VALUE = "value";

  private Objectives() {}

  /**
   * The limits of {@code llm.slo.call}.
   *
   * @throws RecordFormatException naming the key and the value, if one is no duration above 0
   */
  public static CallObjectives of(Map<String, String> configuration) {
    return new CallObjectives(
        duration(configuration, PREFIX + "ttft"),
        duration(configuration, PREFIX + "tpot"),
        duration(configuration, PREFIX + "e2e"));
  }

  /**
   * A limit that is a time; absent if it is not set.
   *
   * @throws RecordFormatException naming the key and the value, if it is no duration above 0
   */
  public static Optional<Duration> duration(Map<String, String> configuration, String key) {
    String text = configuration.getOrDefault(key, "").strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Duration limit =
          ConfigFactory.parseMap(Map.of(VALUE, MinuteWord.inHocon(text))).getDuration(VALUE);
      if (!limit.isZero() && !limit.isNegative()) {
        return Optional.of(limit);
      }
    } catch (ConfigException ignored) {
      // Its message names a key that the user never wrote; the one below names the right one.
    }
    throw new RecordFormatException(
        "configuration "
            + key
            + " must be a duration > 0 such as 500ms or 2 s, was \""
            + text
            + "\"");
  }
}
