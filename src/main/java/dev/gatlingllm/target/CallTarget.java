package dev.gatlingllm.target;

import dev.gatlingllm.provider.ConnectsAhead;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.simulator.Simulator;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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

  /**
   * Several targets. Of one endpoint they have all that it has.
   *
   * @param client makes their calls
   * @param weights the part of the calls that each endpoint gets
   */
  static CallTarget of(LlmClient client, Map<CallTarget, Double> weights) {
    CallTarget first = weights.keySet().iterator().next();
    boolean one = weights.size() == 1;
    return new CallTarget(
        client,
        one ? first.ahead : ahead(weights),
        // Simulated endpoints of one seed give their calls the same ids: they are not compared.
        one ? first.simulator : Optional.empty(),
        one || first.simulator.isEmpty() ? first.address : Optional.empty());
  }

  /** Opens connections to all, of which each has its part, and one at least. */
  private static Optional<ConnectsAhead> ahead(Map<CallTarget, Double> weights) {
    if (weights.keySet().stream().anyMatch(one -> one.ahead.isEmpty())) {
      return Optional.empty();
    }
    double all = weights.values().stream().mapToDouble(weight -> weight).sum();
    return Optional.of(
        wanted ->
            weights.entrySet().stream()
                .map(
                    one ->
                        one.getKey()
                            .ahead
                            .orElseThrow()
                            .connect((int) Math.ceil(wanted * one.getValue() / all)))
                .reduce(
                    CompletableFuture.completedFuture(0),
                    (some, more) -> some.thenCombine(more, Integer::sum)));
  }

  private static Optional<ConnectsAhead> ahead(LlmClient client) {
    return client instanceof ConnectsAhead able ? Optional.of(able) : Optional.empty();
  }
}
