package dev.gatlingllm.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The settings of a run, checked, except those of a single experiment, which the experiment reads
 * by {@link #section}. {@code reference.conf} documents each key. Immutable.
 */
public final class LlmConfig {

  private final Config merged;
  private final ProviderConfig provider;
  private final ApiConfig api;
  private final long seed;
  private final String description;
  private final String userAgent;
  private final String tokenizer;
  private final List<String> hooks;
  private final int connections;
  private final LoadConfig load;
  private final Profile profile;
  private final RequestConfig request;
  private final MessagesConfig messages;
  private final StopConfig stop;
  private final TimeoutConfig timeout;
  private final RetryConfig retry;
  private final SloConfig slo;
  private final String gate;
  private final Recording record;
  private final ProgressConfig progress;
  private final WarmUpConfig warmUp;
  private final Calibration calibration;
  private final SortedMap<String, String> regions;
  private final SimulatorConfig simulator;

  private LlmConfig(Config merged, Optional<LoadConfig> load) {
    this.merged = merged;
    ConfigReader reader = new ConfigReader(merged);
    reader.requireZone("llm.serverMetrics.zone");
    this.provider = ProviderConfig.read(reader);
    this.api = ApiConfig.read(reader);
    this.seed = reader.seed("llm.seed");
    this.description = reader.text("llm.description");
    this.userAgent = reader.text("llm.userAgent");
    this.tokenizer = reader.text("llm.tokenizer");
    this.hooks = reader.names("llm.hooks");
    this.connections = reader.integer("llm.connections", 1);
    this.load = load.orElseGet(() -> LoadConfig.read(reader));
    this.profile = profile(reader);
    this.request = RequestConfig.read(reader);
    this.messages = MessagesConfig.read(reader);
    this.stop = StopConfig.read(reader);
    this.timeout = TimeoutConfig.read(reader);
    this.retry = RetryConfig.read(reader);
    this.slo = SloConfig.read(reader);
    this.gate = reader.choice("llm.gate.verdict", List.of("none", "trusted", "degraded"));
    this.record = recording(reader);
    this.progress = ProgressConfig.read(reader);
    this.warmUp = WarmUpConfig.read(reader);
    this.calibration = new Calibration(reader.duration("llm.calibration.duration"));
    this.regions = regions(reader);
    this.simulator = SimulatorConfig.ofRun(merged);
  }

  /** {@code llm.profile}. */
  public record Profile(
      String shape, OptionalInt contextTokens, OptionalInt maxTokens, boolean preventCaching) {}

  /**
   * {@code llm.calibration}.
   *
   * @param duration how long the planned load is rehearsed; zero: the client's error is not
   *     measured
   */
  public record Calibration(Duration duration) {}

  /**
   * {@code llm.record} and {@code llm.cost}.
   *
   * @param prices file of prices, which is kept beside the records
   * @param splitBy the label by whose values the run is split into folders, {@code none}, or {@code
   *     auto} for what the simulation proposes
   * @param labelCache {@code on}, {@code off} or {@code auto}: whether calls get a label that says
   *     what became of the prompt cache
   * @param answerChars how many characters of an answer are kept; the rest is counted
   * @param heapDump whether the JVM may write its heap, secrets and all, to a file when memory runs
   *     out
   */
  public record Recording(
      Path folder,
      boolean content,
      Duration stallThreshold,
      String splitBy,
      String labelCache,
      int answerChars,
      boolean heapDump,
      Optional<Path> prices) {}

  /**
   * Reads the settings of this process; see {@link Startup} for what becomes of an error.
   *
   * @throws ConfigurationException on the first key that is unknown or has an impossible value
   */
  public static LlmConfig read() {
    Heap.requireEnough();
    return Startup.orExit(() -> read(System.getProperties()));
  }

  /**
   * Reads the settings with these system properties.
   *
   * @throws ConfigurationException on the first key that is unknown or has an impossible value
   */
  public static LlmConfig read(Properties systemProperties) {
    return new LlmConfig(
        ConfigSources.load(systemProperties, SimulatorConfig.referenceOfRun()), Optional.empty());
  }

  /**
   * The settings of one experiment.
   *
   * @param read reads them from its keys
   * @throws ConfigurationException on the first key that has an impossible value
   */
  public <T> T section(Function<ConfigReader, T> read) {
    return read.apply(new ConfigReader(merged));
  }

  private LlmConfig with(Map<String, String> changes) {
    Config changed = ConfigFactory.parseMap(changes).withFallback(merged);
    return new LlmConfig(changed, Optional.of(load));
  }

  /**
   * The same settings for a simulation that speaks one wire format only: the simulated endpoint
   * then speaks it too.
   *
   * @param wire {@code azure-openai}, {@code bedrock} or {@code openai}
   * @throws ConfigurationException if {@code llm.provider} is another real provider
   */
  public LlmConfig speaking(String wire) {
    return Startup.orExit(() -> speakingChecked(wire));
  }

  private LlmConfig speakingChecked(String wire) {
    if (provider instanceof ProviderConfig.Plugin) {
      return this;
    }
    if (!(provider instanceof ProviderConfig.Simulated)) {
      String name = merged.getString("llm.provider");
      if (!name.equals(wire)) {
        throw ConfigurationException.of(
            "llm.provider", '"' + name + '"', wire + " or simulator for this simulation");
      }
      return this;
    }
    return with(Map.of("llm.simulator.wire", wire));
  }

  /**
   * The same settings with a folder for each value of this label besides the run's own, unless
   * {@code llm.record.splitBy} says otherwise.
   */
  public LlmConfig splitBy(String label) {
    return record.splitBy().equals("auto") ? with(Map.of("llm.record.splitBy", label)) : this;
  }

  /**
   * The same settings, in which calls get the label {@code cache} (hit, write or miss) or not,
   * unless {@code llm.record.labelCache} says otherwise.
   */
  public LlmConfig labelCache(boolean proposed) {
    return record.labelCache().equals("auto")
        ? with(Map.of("llm.record.labelCache", proposed ? "on" : "off"))
        : this;
  }

  /**
   * The same settings against the simulated endpoint instead of {@code llm.provider}: it speaks
   * that provider's wire format, over TLS if the provider's address is https, has room for every
   * call, and neither quotas nor faults.
   */
  public LlmConfig simulated() {
    Map<String, String> changes = new TreeMap<>();
    SimulatorConfig.unlimited(tls())
        .forEach((key, value) -> changes.put("llm.simulator." + key, value));
    changes.put("llm.provider", "simulator");
    changes.put("llm.simulator.wire", provider.wire());
    return with(changes);
  }

  /**
   * The same settings for a simulation whose runs are to be cut when this share of their calls
   * fails, unless {@code llm.stop.failures} says something else.
   */
  public LlmConfig stoppingFrom(double failurePercent) {
    return stop.automatic()
        ? with(Map.of("llm.stop.failures", String.valueOf(failurePercent)))
        : this;
  }

  /** The same settings with another load. */
  public LlmConfig withLoad(LoadConfig newLoad) {
    return new LlmConfig(merged, Optional.of(newLoad));
  }

  /** Where the calls go. */
  public ProviderConfig provider() {
    return provider;
  }

  /** Which of the provider's APIs is called. */
  public ApiConfig api() {
    return api;
  }

  /** Seed of everything random. */
  public long seed() {
    return seed;
  }

  /** Free text of the user. */
  public String description() {
    return description;
  }

  /** How the client names itself to the service. */
  public String userAgent() {
    return userAgent;
  }

  /** What counts tokens where the provider does not. */
  public String tokenizer() {
    return tokenizer;
  }

  /** Names of the classes that follow the run and its calls. */
  public List<String> hooks() {
    return hooks;
  }

  /** Most connections or streams. */
  public int connections() {
    return connections;
  }

  /** When calls arrive. */
  public LoadConfig load() {
    return load;
  }

  /** Shape of the calls. */
  public Profile profile() {
    return profile;
  }

  /** What every call sends beside its prompt. */
  public RequestConfig request() {
    return request;
  }

  /** Recorded conversations. */
  public MessagesConfig messages() {
    return messages;
  }

  /** When a run is cut. */
  public StopConfig stop() {
    return stop;
  }

  /** Limits of a call. */
  public TimeoutConfig timeout() {
    return timeout;
  }

  /** What happens to a throttled call. */
  public RetryConfig retry() {
    return retry;
  }

  /** Limits of the run. */
  public SloConfig slo() {
    return slo;
  }

  /** The worst verdict with which the run passes: none (any), trusted or degraded. */
  public String gate() {
    return gate;
  }

  /** What is written. */
  public Recording record() {
    return record;
  }

  /** What the console shows while the run goes on. */
  public ProgressConfig progress() {
    return progress;
  }

  /** What is done before the load so that its first call finds a warm client. */
  public WarmUpConfig warmUp() {
    return warmUp;
  }

  /** How the client's own error is measured. */
  public Calibration calibration() {
    return calibration;
  }

  /** Further endpoints by region, in alphabetical order. */
  public SortedMap<String, String> regions() {
    return regions;
  }

  /** How the simulated endpoint behaves. */
  public SimulatorConfig simulator() {
    return simulator;
  }

  /** Every key with its effective value, for {@code run.json}. */
  public SortedMap<String, String> effective() {
    return ConfigSources.flat(merged);
  }

  private static Profile profile(ConfigReader reader) {
    return new Profile(
        reader.choice("llm.profile.shape", List.of("balanced", "context", "generation", "custom")),
        reader.optionalInteger("llm.profile.contextTokens", 1),
        reader.optionalInteger("llm.profile.maxTokens", 1),
        reader.flag("llm.profile.preventCaching"));
  }

  /** With the simulated endpoint the addresses are not used. */
  private static SortedMap<String, String> regions(ConfigReader reader) {
    SortedMap<String, String> regions = reader.entries("llm.regions");
    if (!reader.text("llm.provider").equals("simulator")) {
      regions.keySet().forEach(name -> reader.requiredAddress("llm.regions." + name));
    }
    return regions;
  }

  /** Whether the target speaks TLS, or the simulated endpoint would. */
  public boolean tls() {
    return provider.tls() || simulator.settings().server().tls();
  }

  /** How many connections are opened beforehand to learn how long that takes. */
  public int networkConnections() {
    return warmUp.probes();
  }

  /** The environment variable that holds the key of Azure OpenAI. */
  public String azureKeyVariable() {
    return merged.getString("llm.azure.keyVariable");
  }

  /** The address of an endpoint of {@code llm.regions}. */
  public URI regionAddress(String region) {
    return URI.create(regions.get(region).strip());
  }

  private static Optional<Path> prices(ConfigReader reader) {
    String file = reader.text("llm.cost.prices");
    if (file.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(file));
    } catch (InvalidPathException ignored) {
      throw ConfigurationException.of("llm.cost.prices", '"' + file + '"', "a path");
    }
  }

  private static Recording recording(ConfigReader reader) {
    String folder = reader.text("llm.record.folder");
    try {
      return new Recording(
          Path.of(folder),
          reader.flag("llm.record.content"),
          reader.positiveDuration("llm.record.stallThreshold"),
          reader.text("llm.record.splitBy"),
          reader.choice("llm.record.labelCache", List.of("auto", "on", "off")),
          reader.integer("llm.record.answerChars", 1),
          reader.flag("llm.record.heapDump"),
          prices(reader));
    } catch (InvalidPathException ignored) {
      throw ConfigurationException.of("llm.record.folder", '"' + folder + '"', "a path");
    }
  }
}
