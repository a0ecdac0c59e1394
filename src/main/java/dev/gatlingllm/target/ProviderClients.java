package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.config.TargetConfig;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.SplitTarget;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Makes the client of the provider that the settings ask for. Keys come from the environment. */
public final class ProviderClients {

  private final LlmConfig config;

  /** One for each target; that of the settings themselves if there are none. */
  private final List<Place> places;

  ProviderClients(LlmConfig config, CredentialTraces machine) {
    this(config, machine, Providers.shipped());
  }

  ProviderClients(LlmConfig config, CredentialTraces machine, Providers providers) {
    this.config = config;
    this.places =
        config.targets().isEmpty()
            ? List.of(Place.of(config, machine, providers))
            : config.targets().stream()
                .map(one -> one.naming(() -> Place.of(config, one, machine, providers)))
                .toList();
  }

  private Place first() {
    return places.get(0);
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

  /** Whether a call's region is enough to find its address, so that llm.regions is not used. */
  public boolean findsRegions() {
    return first().module().regionKey().isPresent();
  }

  /** How many calls may share a connection. */
  public int callsPerConnection() {
    return places.stream().mapToInt(Place::callsPerConnection).min().getAsInt();
  }

  /**
   * The targets of the settings. Makes no call; asks a server for its models where the settings
   * name none.
   *
   * @throws ConfigurationException if a setting cannot be used or there are no credentials
   */
  public CallTarget target() {
    return ConfigurationException.in(
        "", () -> config.targets().isEmpty() ? of(first()) : ofTargets());
  }

  /** A place, and the entries of {@code llm.regions} that calls to it may name. */
  private CallTarget of(Place place) {
    boolean alone =
        config.regions().isEmpty()
            || place.module().regionKey().isPresent()
            || place.setup().region().isPresent();
    return alone ? place.connect() : ofRegions(place);
  }

  private CallTarget ofRegions(Place place) {
    Map<String, LlmClient> regions = new TreeMap<>();
    for (String name : config.regions().keySet()) {
      URI address = config.provider().simulated() ? Place.SIMULATED : config.regionAddress(name);
      regions.put(name, place.in(new Setup.Region(name, address)).connect().client());
    }
    // Simulated endpoints of one seed give their calls the same ids: they are not compared.
    return new CallTarget(
        new RegionRouter(place.connect().client(), regions, NanoClock.SYSTEM),
        Optional.empty(),
        Optional.empty(),
        place.service().map(Service::address));
  }

  private CallTarget ofTargets() {
    Map<Object, CallTarget> connected = new LinkedHashMap<>();
    Map<CallTarget, Double> weights = new LinkedHashMap<>();
    List<SplitTarget> targets = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      TargetConfig asked = config.targets().get(i);
      CallTarget target =
          connected.computeIfAbsent(
              connections(place, asked), ignored -> asked.naming(() -> of(place)));
      weights.merge(target, asked.weight(), Double::sum);
      targets.add(splitTarget(asked, target.client(), place.module().regionKey().isPresent()));
    }
    return CallTarget.of(new SplitClient(targets), weights);
  }

  /**
   * Equal for targets that share a client: what a call does not say, the client knows, so its own
   * model and region must be those of all of them.
   */
  private static Object connections(Place place, TargetConfig asked) {
    return List.of(
        place.module().name(),
        place.setup().region(),
        asked.model().isEmpty(),
        asked.region().isEmpty());
  }

  private static SplitTarget splitTarget(TargetConfig asked, LlmClient client, boolean byRegion) {
    return new SplitTarget(
        asked.name(),
        asked.weight(),
        client,
        asked.model(),
        byRegion ? asked.region() : "",
        asked.extraBody());
  }

  /**
   * A client of the user's own that makes the calls of all targets.
   *
   * @throws ConfigurationException if a target says more than model, region and fields of the body
   */
  public static LlmClient split(LlmConfig config, LlmClient own) {
    for (TargetConfig target : config.targets()) {
      if (!target.baseUrl().isEmpty() || !target.provider().isEmpty()) {
        throw new ConfigurationException(
            target.key()
                + " cannot have a baseUrl or a provider with a client of your own, which makes all"
                + " calls");
      }
    }
    return config.targets().isEmpty()
        ? own
        : new SplitClient(
            config.targets().stream().map(one -> splitTarget(one, own, true)).toList());
  }

  /** A simulated endpoint that answers at once, over TLS if the target has it. */
  public SimulatedTarget quickEndpoint() {
    return SimulatedTarget.startQuick(tls());
  }

  /** Whether a target speaks TLS, or the simulated endpoint would. */
  private boolean tls() {
    return places.stream().anyMatch(Place::tls);
  }

  /**
   * A client of the same kind as the first target's, to a simulated endpoint; does not close it.
   */
  public LlmClient clientOf(SimulatedTarget endpoint) {
    return first().clientOf(endpoint);
  }

  /** Clients of the kinds of all targets, in turn, to a simulated endpoint; do not close it. */
  public Supplier<LlmClient> clientsOf(SimulatedTarget endpoint) {
    Map<String, Place> kinds = new LinkedHashMap<>();
    places.forEach(place -> kinds.putIfAbsent(place.module().name(), place));
    List<Place> inTurn = List.copyOf(kinds.values());
    AtomicInteger turn = new AtomicInteger();
    return () ->
        inTurn.get(Math.floorMod(turn.getAndIncrement(), inTurn.size())).clientOf(endpoint);
  }

  /** A client of the same kind, to a simulated endpoint with usual timings and no limits. */
  public SimulatedPeer simulatedPeer() {
    SimulatedTarget endpoint = SimulatedTarget.start(simulated());
    LlmClient client = clientOf(endpoint);
    return new SimulatedPeer(endpoint.closedWith(client), endpoint.simulator());
  }
}
