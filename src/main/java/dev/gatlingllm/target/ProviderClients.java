package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.NetworkSettings;
import dev.gatlingllm.provider.RequestHeaders;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the client of the provider that the settings ask for. Keys come from the environment. */
public final class ProviderClients {

  private final LlmConfig config;
  private final CredentialTraces machine;
  private final ProviderModule module;

  /** Empty if {@code llm.provider} is no provider that ships. */
  private final Optional<Service> service;

  ProviderClients(LlmConfig config, CredentialTraces machine) {
    this(config, machine, Providers.shipped());
  }

  ProviderClients(LlmConfig config, CredentialTraces machine, Providers providers) {
    this.config = config;
    this.machine = machine;
    this.module = providers.chosen(config.provider(), reader());
    this.service =
        config.provider().ships()
            ? Optional.of(ConfigurationException.in("", () -> module.service(setup())))
            : Optional.empty();
  }

  /**
   * The clients of {@code llm.provider}.
   *
   * @throws ConfigurationException if a setting of the provider is missing or cannot be used
   */
  public static ProviderClients of(LlmConfig config) {
    return new ProviderClients(config, CredentialTraces.ofThisMachine());
  }

  /**
   * The same settings against the simulated endpoint instead of {@code llm.provider}: it speaks
   * that provider's wire format, over TLS if the provider's address is https, has room for every
   * call, and neither quotas nor faults.
   */
  public static LlmConfig simulated(LlmConfig config) {
    return Startup.orExit(() -> of(config).simulated());
  }

  private LlmConfig simulated() {
    return config.simulated(tls());
  }

  private ConfigReader reader() {
    return config.section(reader -> reader);
  }

  private Setup setup() {
    ClientSettings client =
        new ClientSettings(
            config.timeout().connect(),
            config.maxConnections(),
            config.userAgent(),
            NanoClock.SYSTEM,
            network(),
            config.limit());
    return new Setup(reader(), client, machine, Optional.empty());
  }

  private NetworkSettings network() {
    return ConfigurationException.in(
        "",
        () ->
            new NetworkSettings(
                config.timeout().idle(),
                new RequestHeaders(config.request().headers().fixed()),
                machine.proxies(),
                false));
  }

  /** Whether a call's region is enough to find its address, so that llm.regions is not used. */
  public boolean findsRegions() {
    return module.findsRegions();
  }

  /** How many calls may share a connection. */
  public int callsPerConnection() {
    return module.callsPerConnection(reader());
  }

  /**
   * The target of {@code llm.provider}. Makes no call; asks a server for its models where the
   * settings name none.
   *
   * @throws ConfigurationException if a setting cannot be used or there are no credentials
   */
  public CallTarget target() {
    return ConfigurationException.in(
        "", () -> config.regions().isEmpty() || findsRegions() ? ofOneEndpoint() : ofRegions());
  }

  private CallTarget ofOneEndpoint() {
    if (service.isPresent()) {
      return CallTarget.of(service.get().connect(), service.get().address());
    }
    SimulatedTarget endpoint = SimulatedTarget.start(config);
    return CallTarget.of(clientOf(endpoint), endpoint);
  }

  private CallTarget ofRegions() {
    Map<String, LlmClient> regions = new TreeMap<>();
    config.regions().keySet().forEach(name -> regions.put(name, regional(name)));
    Optional<URI> address = service.map(Service::address);
    // Simulated endpoints of one seed give their calls the same ids: they are not compared.
    return new CallTarget(
        new RegionRouter(ofOneEndpoint().client(), regions, NanoClock.SYSTEM),
        Optional.empty(),
        Optional.empty(),
        address);
  }

  /** The client of an endpoint of {@code llm.regions}. */
  private LlmClient regional(String name) {
    if (service.isPresent()) {
      Setup there = setup().in(new Setup.Region(name, config.regionAddress(name)));
      return module.service(there).connect();
    }
    SimulatedTarget endpoint = SimulatedTarget.start(config, name);
    return endpoint.closedWith(clientOf(endpoint));
  }

  /** Whether the target speaks TLS, or the simulated endpoint would. */
  private boolean tls() {
    return service.map(Service::tls).orElse(false) || config.simulator().settings().server().tls();
  }

  /** A simulated endpoint that answers at once, over TLS if the target has it. */
  public SimulatedTarget quickEndpoint() {
    return SimulatedTarget.startQuick(tls());
  }

  /** A client of the same kind as the target's, to a simulated endpoint; does not close it. */
  public LlmClient clientOf(SimulatedTarget endpoint) {
    return module.simulated(setup(), endpoint);
  }

  /** A client of the same kind, to a simulated endpoint with usual timings and no limits. */
  public SimulatedPeer simulatedPeer() {
    SimulatedTarget endpoint = SimulatedTarget.start(simulated());
    LlmClient client = clientOf(endpoint);
    return new SimulatedPeer(endpoint.closedWith(client), endpoint.simulator());
  }
}
