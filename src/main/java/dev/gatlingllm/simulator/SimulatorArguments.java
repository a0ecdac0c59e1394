package dev.gatlingllm.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Settings from arguments of the form {@code --key=value}. Each key is the name of a method of
 * {@link SettingsBuilder} in lower case with dashes; durations are in milliseconds, and each fault
 * has a key {@code fault-<name>} for its rate.
 */
final class SimulatorArguments {

  private static final Map<String, BiConsumer<SettingsBuilder, String>> KEYS = keys();

  private SimulatorArguments() {}

  /**
   * The settings of these arguments.
   *
   * @throws IllegalArgumentException if a key is unknown or a value is not accepted
   */
  static SimulatorSettings parse(String... arguments) {
    SettingsBuilder builder = SimulatorSettings.builder();
    for (String argument : arguments) {
      apply(builder, argument);
    }
    return builder.build();
  }

  private static void apply(SettingsBuilder builder, String argument) {
    int equals = argument.indexOf('=');
    if (!argument.startsWith("--") || equals < 0) {
      throw new IllegalArgumentException(
          "arguments must have the form --key=value, was '" + argument + "'");
    }
    String key = argument.substring(2, equals);
    BiConsumer<SettingsBuilder, String> setting = KEYS.get(key);
    if (setting == null) {
      throw new IllegalArgumentException(
          "unknown key --" + key + "; accepted are --" + String.join(", --", KEYS.keySet()));
    }
    String value = argument.substring(equals + 1);
    try {
      setting.accept(builder, value);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "--" + key + " must be a number, was '" + value + "'", notANumber);
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException("--" + key + ": " + refused.getMessage(), refused);
    }
  }

  private static Map<String, BiConsumer<SettingsBuilder, String>> keys() {
    Map<String, BiConsumer<SettingsBuilder, String>> keys = new TreeMap<>();
    keys.put("time-to-first-token", (b, v) -> b.timeToFirstToken(millis(v)));
    keys.put(
        "prefill-millis-per-input-token",
        (b, v) -> b.prefillMillisPerInputToken(Double.parseDouble(v)));
    keys.put("tokens-per-second", (b, v) -> b.tokensPerSecond(Double.parseDouble(v)));
    keys.put("tokens-per-chunk", (b, v) -> b.tokensPerChunk(Integer.parseInt(v)));
    keys.put("first-token-jitter", (b, v) -> b.firstTokenJitter(Jitter.parse(v)));
    keys.put("gap-jitter", (b, v) -> b.gapJitter(Jitter.parse(v)));
    keys.put("output-tokens", (b, v) -> b.outputTokens(Integer.parseInt(v)));
    keys.put("default-max-tokens", (b, v) -> b.defaultMaxTokens(Integer.parseInt(v)));
    keys.put("reasoning-tokens", (b, v) -> b.reasoningTokens(Integer.parseInt(v)));
    keys.put("reasoning-streamed", (b, v) -> b.reasoningStreamed(truth(v)));
    keys.put("cached-fraction", (b, v) -> b.cachedFraction(Double.parseDouble(v)));
    keys.put("cache-ttl", (b, v) -> b.cacheTtl(millis(v)));
    keys.put("cache-min-tokens", (b, v) -> b.cacheMinTokens(Integer.parseInt(v)));
    keys.put("capacity", (b, v) -> b.capacity(Integer.parseInt(v)));
    keys.put("queue-limit", (b, v) -> b.queueLimit(Integer.parseInt(v)));
    keys.put("requests-per-minute", (b, v) -> b.requestsPerMinute(Long.parseLong(v)));
    keys.put("tokens-per-minute", (b, v) -> b.tokensPerMinute(Long.parseLong(v)));
    keys.put("burst", (b, v) -> b.burst(millis(v)));
    keys.put("retry-after", (b, v) -> b.retryAfter(truth(v)));
    keys.put("retry-after-millis", (b, v) -> b.retryAfterMillis(truth(v)));
    keys.put("fault-after-chunks", (b, v) -> b.faultAfterChunks(Integer.parseInt(v)));
    keys.put("throttle-wait", (b, v) -> b.throttleWait(millis(v)));
    keys.put("bind", SettingsBuilder::bind);
    keys.put("port", (b, v) -> b.port(Integer.parseInt(v)));
    keys.put("tls", (b, v) -> b.tls(truth(v)));
    keys.put("threads", (b, v) -> b.threads(Integer.parseInt(v)));
    keys.put("api-key", SettingsBuilder::apiKey);
    keys.put("region", SettingsBuilder::region);
    keys.put("utilization-percent", (b, v) -> b.utilizationPercent(Double.parseDouble(v)));
    keys.put("recorded-calls", (b, v) -> b.recordedCalls(Integer.parseInt(v)));
    keys.put("seed", (b, v) -> b.seed(Long.parseLong(v)));
    for (Fault fault : Fault.values()) {
      keys.put("fault-" + fault.code(), (b, v) -> b.fault(fault, Double.parseDouble(v)));
    }
    return keys;
  }

  private static Duration millis(String value) {
    return Duration.ofMillis(Long.parseLong(value));
  }

  private static boolean truth(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false, was '" + value + "'");
    };
  }
}
