package dev.gatlingllm.experiment.latency;

import dev.gatlingllm.prompt.ShapeProfile;

/**
 * One test of a latency benchmark.
 *
 * @param deployment deployment or model; empty for the configured one
 * @param region where to send it; empty for the configured endpoint
 * @param shape its sizes
 * @param streaming whether the answer is streamed
 */
public record LatencyCase(String deployment, String region, ShapeProfile shape, boolean streaming) {

  /** The name of its rows, such as {@code gpt-4o | swedencentral | 500 tokens}. */
  public String group() {
    StringBuilder name = new StringBuilder();
    if (!deployment.isEmpty()) {
      name.append(deployment).append(" | ");
    }
    if (!region.isEmpty()) {
      name.append(region).append(" | ");
    }
    name.append(shape.maxTokens()).append(" tokens");
    return streaming ? name.toString() : name + " | not streaming";
  }
}
