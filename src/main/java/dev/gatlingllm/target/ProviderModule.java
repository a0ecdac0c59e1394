package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.LlmClient;
import java.util.Optional;

/**
 * All that is known of one provider between its settings and its client. A new provider is a folder
 * with the client, a class of this kind, and a line in {@link Providers}.
 */
interface ProviderModule {

  /** Its name in {@code llm.provider} and {@code llm.simulator.wire}. */
  String name();

  /**
   * The service that the provider's section of the settings describes. Sends nothing.
   *
   * @throws ConfigurationException if a setting is missing or cannot be used
   * @throws IllegalArgumentException likewise
   */
  Service service(Setup setup);

  /** A client of the same kind that calls a simulated endpoint, and does not close it. */
  LlmClient simulated(Setup setup, SimulatedTarget endpoint);

  /** The setting that names the model of calls that name none. */
  String modelKey();

  /**
   * The setting that names the region of calls that name none; empty unless a region is enough to
   * find an address, without {@code llm.regions}.
   */
  default Optional<String> regionKey() {
    return Optional.empty();
  }

  /** How many calls may share a connection, by the settings of the provider. */
  default int callsPerConnection(ConfigReader settings) {
    return 1;
  }
}
