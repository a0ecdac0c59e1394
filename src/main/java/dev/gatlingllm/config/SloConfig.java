package dev.gatlingllm.config;

import com.typesafe.config.ConfigException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code llm.slo}: what fails a run, and what one call must meet to be a good one.
 *
 * @param ttft limit in milliseconds by statistic ({@code min}, {@code mean}, {@code max}, {@code
 *     p95})
 * @param e2e limit in milliseconds by statistic
 * @param ttftUser limit in milliseconds from the arrival, by {@code max} or percentile
 * @param e2eUser limit in milliseconds from the arrival, by {@code max} or percentile
 * @param tokensPerSecond least rate by statistic
 * @param failures most failed calls, percent
 * @param goodput fewest good calls, percent
 * @param callTtft most time to first token of a good call
 * @param callTpot most time per output token of a good call
 * @param callE2e most end-to-end time of a good call
 * @param abort whether a limit that is missed beyond doubt ends the load
 */
public record SloConfig(
    SortedMap<String, Double> ttft,
    SortedMap<String, Double> e2e,
    SortedMap<String, Double> ttftUser,
    SortedMap<String, Double> e2eUser,
    SortedMap<String, Double> tokensPerSecond,
    OptionalDouble failures,
    OptionalDouble goodput,
    Optional<Duration> callTtft,
    Optional<Duration> callTpot,
    Optional<Duration> callE2e,
    boolean abort) {

  private static final Pattern STATISTIC = Pattern.compile("min|mean|max|p[1-9]\\d?(\\.\\d+)?");

  // What calls without an end leave: no mean, and no least value that says anything.
  private static final Pattern OF_THE_USER = Pattern.compile("max|p(50|75|90|95|99|99\\.9)");

  static SloConfig read(ConfigReader reader) {
    return new SloConfig(
        limits(reader, "llm.slo.ttft", SloConfig::milliseconds),
        limits(reader, "llm.slo.e2e", SloConfig::milliseconds),
        userLimits(reader, "llm.slo.ttftUser"),
        userLimits(reader, "llm.slo.e2eUser"),
        limits(reader, "llm.slo.tokensPerSecond", SloConfig::rate),
        reader.optionalPercentage("llm.slo.failures"),
        reader.optionalPercentage("llm.slo.goodput"),
        reader.optionalDuration("llm.slo.call.ttft"),
        reader.optionalDuration("llm.slo.call.tpot"),
        reader.optionalDuration("llm.slo.call.e2e"),
        reader.choice("llm.slo.abort", List.of("on", "off")).equals("on"));
  }

  private interface Parser {
    double parse(String key, String value);
  }

  private static SortedMap<String, Double> limits(
      ConfigReader reader, String section, Parser parser) {
    return limits(reader, section, parser, STATISTIC, "min, mean, max and p1 to p99.9");
  }

  private static SortedMap<String, Double> userLimits(ConfigReader reader, String section) {
    String accepted = "max, p50, p75, p90, p95, p99 and p99.9";
    return limits(reader, section, SloConfig::milliseconds, OF_THE_USER, accepted);
  }

  private static SortedMap<String, Double> limits(
      ConfigReader reader, String section, Parser parser, Pattern statistic, String accepted) {
    SortedMap<String, Double> limits = new TreeMap<>();
    for (Map.Entry<String, String> entry : reader.entries(section).entrySet()) {
      String key = section + "." + entry.getKey();
      if (!statistic.matcher(entry.getKey()).matches()) {
        throw new ConfigurationException(
            "unknown key " + key + "; " + section + " accepts " + accepted);
      }
      limits.put(entry.getKey(), parser.parse(key, entry.getValue()));
    }
    return limits;
  }

  private static double milliseconds(String key, String value) {
    try {
      Duration limit = ConfigReader.parseDuration(value);
      if (limit.compareTo(Duration.ZERO) > 0) {
        return limit.toNanos() / 1e6;
      }
    } catch (ConfigException ignored) {
      // refused below with what would be accepted
    }
    throw ConfigurationException.of(
        key, ConfigReader.quoted(value), "a duration above 0, such as 500 ms");
  }

  private static double rate(String key, String value) {
    try {
      double rate = new BigDecimal(value.strip()).doubleValue();
      if (rate > 0 && Double.isFinite(rate)) {
        return rate;
      }
    } catch (NumberFormatException ignored) {
      // refused below with what would be accepted
    }
    throw ConfigurationException.of(
        key, ConfigReader.quoted(value), "a number of tokens per second above 0");
  }
}
