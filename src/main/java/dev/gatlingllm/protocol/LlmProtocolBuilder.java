package dev.gatlingllm.protocol;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.protocol.engine.LlmProtocol;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.run.Run;
import io.gatling.core.protocol.Protocol;
import io.gatling.javaapi.core.ProtocolBuilder;
import io.gatling.javaapi.core.Simulation;
import java.lang.StackWalker.Option;
import java.util.Optional;
import java.util.function.Function;

/**
 * Builds the protocol of a simulation. Immutable: every method returns a new builder and leaves
 * this one as it is.
 */
public final class LlmProtocolBuilder implements ProtocolBuilder {

  private final Optional<LlmConfig> config;
  private final Optional<Function<LlmConfig, LlmClient>> client;

  private LlmProtocolBuilder(
      Optional<LlmConfig> config, Optional<Function<LlmConfig, LlmClient>> client) {
    this.config = config;
    this.client = client;
  }

  /** The provider and the settings of {@code llm.conf} and {@code -Dllm.…}. */
  public static LlmProtocolBuilder ofSettings() {
    return new LlmProtocolBuilder(Optional.empty(), Optional.empty());
  }

  /** Settings that the simulation has read, instead of reading them again. */
  public LlmProtocolBuilder config(LlmConfig newConfig) {
    return new LlmProtocolBuilder(Optional.of(newConfig), client);
  }

  /** A client of one's own, instead of one of the providers that ship. Closed when the run ends. */
  public LlmProtocolBuilder client(Function<LlmConfig, LlmClient> newClient) {
    return new LlmProtocolBuilder(config, Optional.of(newClient));
  }

  /**
   * For internal use only: called by Gatling while the simulation is being built, so that bad
   * settings end the run before anything is sent.
   */
  @Override
  public Protocol protocol() {
    LlmConfig effective = config.orElseGet(LlmConfig::read);
    Startup.orExit(
        () -> {
          Run.checkFolder(effective);
          return effective;
        });
    return client
        .map(own -> new LlmProtocol(simulation(), effective, own.apply(effective), () -> {}))
        .orElseGet(
            () ->
                new LlmProtocol(
                    simulation(),
                    effective,
                    Startup.orExit(() -> ProviderClients.create(effective)),
                    () -> ProviderClients.warmUp(effective)));
  }

  private static String simulation() {
    return StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                    .filter(LlmProtocolBuilder::isSimulation)
                    .findFirst())
        .map(Class::getName)
        .orElse("Simulation");
  }

  private static boolean isSimulation(Class<?> type) {
    return Simulation.class.isAssignableFrom(type) && type != Simulation.class;
  }
}
