package dev.gatlingllm.target;

import dev.gatlingllm.provider.ConnectsAhead;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.simulator.Simulator;
import java.util.Optional;

/**
 * Where the calls of a run go.
 *
 * @param client makes them; takes a simulated endpoint down with itself
 * @param ahead opens connections beforehand; empty if the client cannot
 * @param simulator the endpoint, if it is simulated in this process
 */
public record Target(
    LlmClient client, Optional<ConnectsAhead> ahead, Optional<Simulator> simulator) {

  static Target of(LlmClient client) {
    return new Target(
        client,
        client instanceof ConnectsAhead able ? Optional.of(able) : Optional.empty(),
        Optional.empty());
  }
}
