package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.TargetConfig;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.NetworkSettings;
import dev.gatlingllm.provider.RequestHeaders;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A provider at an address: that of the settings of a run, or of one of its targets.
 *
 * @param config the settings, as the target changes them
 * @param module the provider
 * @param setup what the module makes its service of
 * @param service empty if {@code llm.provider} is no provider that ships
 */
record Place(LlmConfig config, ProviderModule module, Setup setup, Optional<Service> service) {

  /** With the simulated endpoint the addresses are not used. */
  static final URI SIMULATED = URI.create("http://127.0.0.1");

  /** That of settings without targets. */
  static Place of(LlmConfig config, CredentialTraces machine, Providers providers) {
    return of(config, machine, providers, Optional.empty());
  }

  /**
   * That of a target.
   *
   * @throws ConfigurationException if a field of the target has no meaning with its provider
   */
  static Place of(
      LlmConfig config, TargetConfig target, CredentialTraces machine, Providers providers) {
    LlmConfig there = config.ofTarget(providerOf(config, target, providers));
    ProviderModule module = providers.chosen(there.provider(), reader(there));
    Map<String, String> changes = new TreeMap<>();
    if (!target.model().isEmpty()) {
      changes.put(module.modelKey(), target.model());
    }
    if (!target.region().isEmpty()) {
      module.regionKey().ifPresent(key -> changes.put(key, target.region()));
    }
    return of(there.ofTarget(changes), machine, providers, region(there, target, module));
  }

  private static Map<String, String> providerOf(
      LlmConfig config, TargetConfig target, Providers providers) {
    if (target.provider().isEmpty()) {
      return Map.of();
    }
    List<String> names = providers.modules().stream().map(ProviderModule::name).toList();
    if (!names.contains(target.provider())) {
      throw ConfigurationException.of(
          target.key() + ".provider",
          ConfigReader.quoted(target.provider()),
          "one of " + String.join(", ", names));
    }
    String key = config.provider().ships() ? "llm.provider" : "llm.simulator.wire";
    return Map.of(key, target.provider());
  }

  /** The address that is not the provider's own, and the name under which its key is looked for. */
  private static Optional<Setup.Region> region(
      LlmConfig config, TargetConfig target, ProviderModule module) {
    boolean simulated = config.provider().simulated();
    if (!target.baseUrl().isEmpty()) {
      URI address = simulated ? SIMULATED : URI.create(target.baseUrl());
      return Optional.of(new Setup.Region(target.name(), address));
    }
    if (target.region().isEmpty() || module.regionKey().isPresent()) {
      return Optional.empty();
    }
    if (!config.regions().containsKey(target.region())) {
      throw ConfigurationException.of(
          target.key() + ".region",
          ConfigReader.quoted(target.region()),
          "one of llm.regions, which has "
              + (config.regions().isEmpty()
                  ? "none"
                  : String.join(", ", config.regions().keySet())));
    }
    URI address = simulated ? SIMULATED : config.regionAddress(target.region());
    return Optional.of(new Setup.Region(target.region(), address));
  }

  private static Place of(
      LlmConfig config,
      CredentialTraces machine,
      Providers providers,
      Optional<Setup.Region> region) {
    ProviderModule module = providers.chosen(config.provider(), reader(config));
    Setup setup = new Setup(reader(config), client(config, machine), machine, region);
    Optional<Service> service =
        config.provider().ships()
            ? Optional.of(ConfigurationException.in("", () -> module.service(setup)))
            : Optional.empty();
    return new Place(config, module, setup, service);
  }

  private static ConfigReader reader(LlmConfig config) {
    return config.section(reader -> reader);
  }

  private static ClientSettings client(LlmConfig config, CredentialTraces machine) {
    NetworkSettings network =
        ConfigurationException.in(
            "",
            () ->
                new NetworkSettings(
                    config.timeout().idle(),
                    new RequestHeaders(config.request().headers().fixed()),
                    machine.proxies(),
                    false));
    return ConfigurationException.in(
        "",
        () ->
            new ClientSettings(
                config.timeout().connect(),
                config.maxConnections(),
                config.userAgent(),
                NanoClock.SYSTEM,
                network,
                config.limit()));
  }

  /** This provider at an entry of {@code llm.regions}. */
  Place in(Setup.Region region) {
    Setup there = setup.in(region);
    return new Place(config, module, there, service.map(ignored -> module.service(there)));
  }

  /** Its own connections, or a simulated endpoint of its own. */
  CallTarget connect() {
    if (service.isPresent()) {
      return CallTarget.of(service.get().connect(), service.get().address());
    }
    SimulatedTarget endpoint =
        setup
            .region()
            .map(region -> SimulatedTarget.start(config, region.name()))
            .orElseGet(() -> SimulatedTarget.start(config));
    return CallTarget.of(clientOf(endpoint), endpoint);
  }

  boolean tls() {
    return service.map(Service::tls).orElse(false) || config.simulator().settings().server().tls();
  }

  /** A client of the same kind, to a simulated endpoint; does not close it. */
  LlmClient clientOf(SimulatedTarget endpoint) {
    return module.simulated(setup, endpoint);
  }

  int callsPerConnection() {
    return module.callsPerConnection(setup.settings());
  }
}
