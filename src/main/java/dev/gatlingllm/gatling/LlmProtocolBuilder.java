package dev.gatlingllm.gatling;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ClassSetting;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.Heap;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.config.Tokenizers;
import dev.gatlingllm.config.WarmUpConfig;
import dev.gatlingllm.gatling.engine.ExtendedLoad;
import dev.gatlingllm.gatling.engine.LlmProtocol;
import dev.gatlingllm.gatling.engine.Preparation;
import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.input.Payload;
import dev.gatlingllm.log.Output;
import dev.gatlingllm.prompt.Tokenizer;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.run.HeapDumps;
import dev.gatlingllm.run.Run;
import dev.gatlingllm.target.CallTarget;
import dev.gatlingllm.target.ProviderClients;
import dev.gatlingllm.text.Console;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.core.protocol.Protocol;
import io.gatling.javaapi.core.ProtocolBuilder;
import io.gatling.javaapi.core.Simulation;
import java.lang.StackWalker.Option;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Builds the protocol of a simulation. Immutable: every method returns a new builder and leaves
 * this one as it is.
 */
public final class LlmProtocolBuilder implements ProtocolBuilder {

  static {
    Output.scrub();
  }

  private final Optional<LlmConfig> config;
  private final Optional<Function<LlmConfig, LlmClient>> client;
  private final Optional<ExpectedLoad> expectedLoad;
  private final Preparation preparation;
  private final List<Hook> hooks;
  private final List<Map<String, Object>> targets;

  private LlmProtocolBuilder(
      Optional<LlmConfig> config,
      Optional<Function<LlmConfig, LlmClient>> client,
      Optional<ExpectedLoad> expectedLoad,
      Preparation preparation,
      List<Hook> hooks,
      List<Map<String, Object>> targets) {
    this.targets = targets;
    this.preparation = preparation;
    this.config = config;
    this.client = client;
    this.expectedLoad = expectedLoad;
    this.hooks = hooks;
  }

  /** The provider and the settings of {@code llm.conf} and {@code -Dllm.…}. */
  public static LlmProtocolBuilder ofSettings() {
    Heap.requireEnough();
    return new LlmProtocolBuilder(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Preparation.NONE,
        List.of(),
        List.of());
  }

  /** Settings that the simulation has read, instead of reading them again. */
  public LlmProtocolBuilder config(LlmConfig newConfig) {
    return new LlmProtocolBuilder(
        Optional.of(newConfig), client, expectedLoad, preparation, hooks, targets);
  }

  /**
   * A client of one's own, instead of one of the providers that ship. Closed when the run ends. It
   * is not warmed up, and its error is not measured.
   */
  public LlmProtocolBuilder client(Function<LlmConfig, LlmClient> newClient) {
    return new LlmProtocolBuilder(
        config, Optional.of(newClient), expectedLoad, preparation, hooks, targets);
  }

  /** What is done before the load with a client of one's own. */
  public LlmProtocolBuilder preparedBy(Preparation newPreparation) {
    return new LlmProtocolBuilder(config, client, expectedLoad, newPreparation, hooks, targets);
  }

  /** Code of one's own that is told of the run and its calls, besides that of {@code llm.hooks}. */
  public LlmProtocolBuilder hooks(Hook... more) {
    List<Hook> all = new ArrayList<>(hooks);
    all.addAll(List.of(more));
    return new LlmProtocolBuilder(
        config, client, expectedLoad, preparation, List.copyOf(all), targets);
  }

  /**
   * What the calls are split over, in place of {@code llm.targets}: {@code
   * llm.targets(target("a").weight(3).model("gpt-a"), target("b").model("lora-b"))}. The same seed
   * gives the n-th call of a run the same target; {@link LlmActionBuilder#target} names that of a
   * call.
   */
  public LlmProtocolBuilder targets(TargetBuilder... newTargets) {
    return new LlmProtocolBuilder(
        config,
        client,
        expectedLoad,
        preparation,
        hooks,
        Stream.of(newTargets).map(TargetBuilder::fields).toList());
  }

  /**
   * What the simulation is about to do: the warm-up makes such calls, and the measurement error is
   * measured under that load. Without it, the load of {@code llm.load} and {@code llm.profile} is
   * assumed, whatever the simulation injects.
   */
  public LlmProtocolBuilder expectedLoad(ExpectedLoad newLoad) {
    return new LlmProtocolBuilder(
        config, client, Optional.of(newLoad), preparation, hooks, targets);
  }

  /**
   * For internal use only: called by Gatling while the simulation is being built, so that bad
   * settings end the run before anything is sent.
   */
  @Override
  public Protocol protocol() {
    LlmConfig given = config.orElseGet(LlmConfig::read);
    LlmConfig effective =
        targets.isEmpty() ? given : Startup.orExit(() -> given.withTargets(targets));
    HeapDumps.allow(effective.record().heapDump());
    ProviderClients clients = Startup.orExit(() -> checked(effective));
    return client
        .or(() -> plugin(effective))
        .map(
            own ->
                protocol(
                    effective,
                    Startup.orExit(() -> ProviderClients.split(effective, own.apply(effective))),
                    Optional.empty(),
                    preparation))
        .orElseGet(() -> ofProvider(effective, clients));
  }

  private ProviderClients checked(LlmConfig effective) {
    ProviderClients clients = ProviderClients.of(effective);
    Run.check(effective, simulation());
    if (effective.gate().extend()) {
      ExtendedLoad.require(simulation());
    }
    if (client.isEmpty() && effective.provider().className().isEmpty()) {
      CallsAtOnce.of(effective, expectedLoad, clients.callsPerConnection()).requireRoom();
    }
    return clients;
  }

  /** The user's own client that {@code llm.provider} names. */
  private static Optional<Function<LlmConfig, LlmClient>> plugin(LlmConfig effective) {
    return effective
        .provider()
        .className()
        .map(
            name ->
                config ->
                    Startup.orExit(
                        () -> ClassSetting.make("llm.provider", name, LlmClient.class, config)));
  }

  private LlmProtocol protocol(
      LlmConfig effective, LlmClient own, Optional<URI> address, Preparation preparation) {
    Startup.orExit(() -> Run.checkSpend(effective, own.provider(), own.defaultModel()));
    Tokenizer tokenizer = Startup.orExit(() -> Tokenizers.of(effective));
    List<Hook> all = new ArrayList<>(hooks);
    for (String name : effective.hooks()) {
      all.add(Startup.orExit(() -> ClassSetting.make("llm.hooks", name, Hook.class, effective)));
    }
    List<Object> target = List.of(effective.effective(), client.isPresent() ? client.get() : "");
    List<URI> metrics = Startup.orExit(() -> serverMetrics(effective, own, address));
    return new LlmProtocol(
        simulation(), effective, own, tokenizer, all, preparation, metrics, target);
  }

  private static List<URI> serverMetrics(
      LlmConfig effective, LlmClient own, Optional<URI> address) {
    try {
      return ServerMetricsCheck.addresses(effective, address, Console.out());
    } catch (ConfigurationException e) {
      own.close();
      throw e;
    }
  }

  private LlmProtocol ofProvider(LlmConfig effective, ProviderClients clients) {
    CallTarget target =
        Startup.orExit(
            () ->
                checked(
                    clients.target(),
                    effective,
                    expectedLoad.map(ExpectedLoad::ofFiles).orElse(List.of())));
    return protocol(
        effective,
        target.client(),
        target.address(),
        new BeforeLoad(
            effective,
            clients,
            target,
            () -> expectedLoad.orElseGet(() -> loadOf(effective)),
            expectedLoad.isPresent(),
            NanoClock.SYSTEM,
            Console.out()));
  }

  private static CallTarget checked(CallTarget target, LlmConfig config, List<Payload> ofFiles) {
    if (config.warmUp().target() == WarmUpConfig.Target.CONNECT && target.ahead().isEmpty()) {
      target.client().close();
      throw new ConfigurationException(
          "llm.warmUp.target = connect does not work with "
              + target.client().provider()
              + ": its HTTP client opens a connection for a request only; accepted are off, calls");
    }
    try {
      for (LlmRequest sample : config.request().samples()) {
        check(target, "llm.request.", sample);
      }
      for (Payload one : ofFiles) {
        check(target, one.source() + ": ", config.request().withParametersAddedTo(one.request()));
      }
    } catch (ConfigurationException e) {
      target.client().close();
      throw e;
    }
    return target;
  }

  /** The call may name the model and the bound of the output where the request does not. */
  private static void check(CallTarget target, String place, LlmRequest request) {
    LlmRequest named = request.model().isEmpty() ? request.withModel("any") : request;
    try {
      target.client().check(named.maxTokens().isEmpty() ? named.withMaxTokens(1) : named);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(place + e.getMessage());
    }
  }

  private static ExpectedLoad loadOf(LlmConfig config) {
    Prompts prompts = Prompts.of(config);
    return ExpectedLoads.load(config, prompts, prompts.checkedSizes(config));
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
