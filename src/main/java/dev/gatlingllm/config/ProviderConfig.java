package dev.gatlingllm.config;

import java.util.Optional;

/**
 * {@code llm.provider}: where the calls go.
 *
 * @param name as it is set: {@code simulator}, the name of a provider, or {@code class:} and a
 *     class
 * @param wire the provider whose wire format the simulated endpoint speaks: the one that is set, or
 *     else {@code llm.simulator.wire}
 */
public record ProviderConfig(String name, String wire) {

  /** The name of the simulated endpoint in this process. */
  public static final String SIMULATOR = "simulator";

  static ProviderConfig read(ConfigReader reader) {
    String name = reader.text("llm.provider");
    ProviderConfig itself = new ProviderConfig(name, name);
    return itself.ships() ? itself : new ProviderConfig(name, reader.text("llm.simulator.wire"));
  }

  /** Whether it is the simulated endpoint in this process. */
  public boolean simulated() {
    return name.equals(SIMULATOR);
  }

  /** The user's own class that implements {@link dev.gatlingllm.provider.LlmClient}. */
  public Optional<String> className() {
    return name.startsWith(ClassSetting.PREFIX)
        ? Optional.of(name.substring(ClassSetting.PREFIX.length()))
        : Optional.empty();
  }

  /** Whether it is to be one of the providers that ship; there may be none of this name. */
  public boolean ships() {
    return !simulated() && className().isEmpty();
  }
}
