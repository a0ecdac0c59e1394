package dev.gatlingllm.experiment.latency;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code llm.latency}: which calls a latency benchmark makes.
 *
 * @param deployments deployments or models; empty for the configured one
 * @param regions where to send them: names of {@code llm.regions}, or regions of Bedrock; empty for
 *     every one under {@code llm.regions}, or the configured one if there is none
 * @param maxTokens upper bounds of the output, at least one
 * @param contextTokens size of the prompts
 * @param iterations calls of each deployment, region and size
 * @param streaming whether answers are streamed: {@code true}, {@code false} or one after the other
 * @param concurrent whether all deployments, regions and sizes are called at the same time
 * @param sameModelInterval pause between two calls to a deployment
 * @param differentModelInterval pause before the next deployment
 * @param temperature sampling temperature; absent for the service's own
 */
public record LatencyConfig(
    List<String> deployments,
    List<String> regions,
    List<Integer> maxTokens,
    int contextTokens,
    int iterations,
    List<Boolean> streaming,
    boolean concurrent,
    Duration sameModelInterval,
    Duration differentModelInterval,
    OptionalDouble temperature) {

  public static LatencyConfig read(ConfigReader reader) {
    return new LatencyConfig(
        reader.names("llm.latency.deployments"),
        reader.names("llm.latency.regions"),
        sizes(reader, "llm.latency.maxTokens"),
        reader.integer("llm.latency.contextTokens", 1),
        reader.integer("llm.latency.iterations", 1),
        streaming(reader.choice("llm.latency.streaming", List.of("yes", "no", "both"))),
        reader
            .choice("llm.latency.order", List.of("sequential", "concurrent"))
            .equals("concurrent"),
        reader.duration("llm.latency.sameModelInterval"),
        reader.duration("llm.latency.differentModelInterval"),
        reader.optionalBetween("llm.latency.temperature", 0, 2));
  }

  private static List<Boolean> streaming(String choice) {
    return switch (choice) {
      case "yes" -> List.of(true);
      case "no" -> List.of(false);
      default -> List.of(true, false);
    };
  }

  private static List<Integer> sizes(ConfigReader reader, String key) {
    try {
      List<Integer> sizes = reader.names(key).stream().map(Integer::valueOf).toList();
      if (!sizes.isEmpty() && sizes.stream().allMatch(size -> size >= 1)) {
        return sizes;
      }
    } catch (NumberFormatException ignored) {
      // refused below with what would be accepted
    }
    throw ConfigurationException.of(
        key, '"' + reader.text(key) + '"', "whole numbers of at least 1, such as 100,500");
  }
}
