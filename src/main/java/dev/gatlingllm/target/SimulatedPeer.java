package dev.gatlingllm.target;

import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.simulator.Simulator;

/**
 * A second client of the same kind as the run's, and the simulated endpoint in this process that it
 * calls instead of the target.
 *
 * @param client closes the endpoint with itself
 * @param simulator the endpoint
 */
public record SimulatedPeer(LlmClient client, Simulator simulator) implements AutoCloseable {

  @Override
  public void close() {
    client.close();
  }
}
