package dev.gatlingllm.target;

import dev.gatlingllm.provider.ConnectsAhead;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.simulator.Simulator;
import java.net.URI;
import java.util.Optional;

/**
 * Where the calls of a run go.
 *
 * @param client makes them; takes a simulated endpoint down with itself
 * @param ahead opens connections beforehand; empty if the client cannot
 * @param simulator the endpoint, if it is simulated in this process
 * @param address where the target listens; empty if it is several simulated endpoints
 */
public record CallTarget(
    LlmClient client,
    Optional<ConnectsAhead> ahead,
    Optional<Simulator> simulator,
    Optional<URI> address) {

  /** A single service. */
  static CallTarget of(LlmClient client, URI address) {
    return new CallTarget(client, ahead(client), Optional.empty(), Optional.of(address));
  }

  /** A simulated endpoint, which the client does not close by itself. */
  static CallTarget of(LlmClient client, SimulatedTarget endpoint) {
    return new CallTarget(
        endpoint.closedWith(client),
        ahead(client),
        Optional.of(endpoint.simulator()),
        Optional.of(endpoint.address()));
  }

  private static Optional<ConnectsAhead> ahead(LlmClient client) {
    return client instanceof ConnectsAhead able ? Optional.of(able) : Optional.empty();
  }
}
