package dev.gatlingllm.config;

import com.typesafe.config.Config;
import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.input.TraceFormat;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.workload.ConcurrencyLadder;
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

/**
 * All settings of a run, checked. {@code reference.conf} documents each key.
 *
 * @param provider where the calls go
 * @param api which of the provider's APIs is called
 * @param seed seed of everything random
 * @param description free text of the user
 * @param userAgent how the client names itself to the service
 * @param tokenizer what counts tokens where the provider does not
 * @param hooks names of classes that are told of the run and its calls
 * @param connections most connections or streams
 * @param load when calls arrive
 * @param profile shape of the calls
 * @param request what every call asks for beside its prompt
 * @param sweep levels of concurrency
 * @param heatmap grid of input and output lengths
 * @param payloads request bodies of files
 * @param scenarios scenarios for Amazon Bedrock
 * @param replay trace to replay
 * @param rag an application before the model
 * @param stop when a run is cut
 * @param timeout limits of a call
 * @param retry what happens to a throttled call
 * @param slo assertions
 * @param gate what the verdict must be for the run not to fail: none, trusted or degraded
 * @param record what is written
 * @param progress what is told while the run goes on
 * @param warmUp what is done before the load so that its first call finds a warm client
 * @param calibration how the client's own error is measured
 * @param latency calls of a latency benchmark
 * @param batch workloads one after another
 * @param messages conversations to be sent as they are
 * @param regions further endpoints by region, in alphabetical order
 * @param simulator how the simulated endpoint behaves
 * @param effective every key with its effective value, for {@code run.json}
 */
public record LlmConfig(
    ProviderConfig provider,
    ApiConfig api,
    long seed,
    String description,
    String userAgent,
    String tokenizer,
    List<String> hooks,
    int connections,
    LoadConfig load,
    Profile profile,
    RequestConfig request,
    Sweep sweep,
    HeatmapConfig heatmap,
    PayloadsConfig payloads,
    ScenariosConfig scenarios,
    Replay replay,
    RagConfig rag,
    StopConfig stop,
    TimeoutConfig timeout,
    RetryConfig retry,
    SloConfig slo,
    String gate,
    Recording record,
    ProgressConfig progress,
    WarmUpConfig warmUp,
    Calibration calibration,
    LatencyConfig latency,
    BatchConfig batch,
    MessagesConfig messages,
    SortedMap<String, String> regions,
    SimulatorConfig simulator,
    Map<String, String> effective) {

  /** {@code llm.profile}. */
  public record Profile(
      String shape, OptionalInt contextTokens, OptionalInt maxTokens, boolean preventCaching) {}

  /** {@code llm.sweep}. */
  public record Sweep(
      ConcurrencyLadder ladder,
      Optional<Duration> duration,
      int minCallsPerLevel,
      int minCallsPerClient) {

    /** Calls that each client of a level makes, so that both minima are reached. */
    public int callsPerClient(int clients) {
      return ConcurrencyLadder.callsPerClient(clients, minCallsPerLevel, minCallsPerClient);
    }
  }

  /** {@code llm.replay}. */
  public record Replay(
      String file, String format, double speed, Duration from, Optional<Duration> length) {}

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
      Optional<Path> prices) {

    Recording withSplitBy(String label) {
      return new Recording(
          folder, content, stallThreshold, label, labelCache, answerChars, heapDump, prices);
    }

    Recording withLabelCache(String choice) {
      return new Recording(
          folder, content, stallThreshold, splitBy, choice, answerChars, heapDump, prices);
    }
  }

  /**
   * Reads the settings of this process; see {@link Startup} for what becomes of an error.
   *
   * @throws ConfigurationException on the first key that is unknown or has an impossible value
   */
  public static LlmConfig read() {
    Heap.requireEnough();
    return Startup.orExit(() -> read(System.getProperties()));
  }

  /** Reads the settings with these system properties. */
  static LlmConfig read(Properties systemProperties) {
    Config config = ConfigSources.load(systemProperties);
    ConfigReader reader = new ConfigReader(config);
    reader.requireZone("llm.serverMetrics.zone");
    return new LlmConfig(
        ProviderConfig.read(reader),
        ApiConfig.read(reader),
        reader.seed("llm.seed"),
        reader.text("llm.description"),
        reader.text("llm.userAgent"),
        reader.text("llm.tokenizer"),
        reader.names("llm.hooks"),
        reader.integer("llm.connections", 1),
        LoadConfig.read(reader),
        profile(reader),
        RequestConfig.read(reader),
        new Sweep(
            ladder(reader.text("llm.sweep.levels")),
            reader.optionalDuration("llm.sweep.duration"),
            reader.integer("llm.sweep.minCallsPerLevel", 1),
            reader.integer("llm.sweep.minCallsPerClient", 1)),
        HeatmapConfig.read(reader),
        PayloadsConfig.read(reader),
        ScenariosConfig.read(reader),
        new Replay(
            reader.text("llm.replay.file"),
            reader.choice("llm.replay.format", TraceFormat.WORDS),
            reader.positive("llm.replay.speed"),
            reader.duration("llm.replay.from"),
            reader.optionalDuration("llm.replay.length")),
        RagConfig.read(reader),
        StopConfig.read(reader),
        TimeoutConfig.read(reader),
        RetryConfig.read(reader),
        SloConfig.read(reader),
        reader.choice("llm.gate.verdict", List.of("none", "trusted", "degraded")),
        recording(reader),
        ProgressConfig.read(reader),
        WarmUpConfig.read(reader),
        new Calibration(reader.duration("llm.calibration.duration")),
        LatencyConfig.read(reader),
        BatchConfig.read(reader),
        MessagesConfig.read(reader),
        regions(reader),
        SimulatorConfig.read(reader),
        ConfigSources.flat(config));
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
      String name = effective.get("llm.provider");
      if (!name.equals(wire)) {
        throw ConfigurationException.of(
            "llm.provider", '"' + name + '"', wire + " or simulator for this simulation");
      }
      return this;
    }
    return on(
        new ProviderConfig.Simulated(wire), simulator, record, Map.of("llm.simulator.wire", wire));
  }

  /**
   * The same settings with a folder for each value of this label besides the run's own, unless
   * {@code llm.record.splitBy} says otherwise.
   */
  public LlmConfig splitBy(String label) {
    if (!record.splitBy().equals("auto")) {
      return this;
    }
    return on(provider, simulator, record.withSplitBy(label), Map.of("llm.record.splitBy", label));
  }

  /**
   * The same settings, in which calls get the label {@code cache} (hit, write or miss) or not,
   * unless {@code llm.record.labelCache} says otherwise.
   */
  public LlmConfig labelCache(boolean proposed) {
    if (!record.labelCache().equals("auto")) {
      return this;
    }
    String choice = proposed ? "on" : "off";
    return on(
        provider,
        simulator,
        record.withLabelCache(choice),
        Map.of("llm.record.labelCache", choice));
  }

  /**
   * The same settings against the simulated endpoint instead of {@code llm.provider}: it speaks
   * that provider's wire format, over TLS if the provider's address is https, has room for every
   * call, and neither quotas nor faults.
   */
  public LlmConfig simulated() {
    boolean tls = provider.tls() || simulator.tls();
    Map<String, String> changes = new TreeMap<>();
    changes.put("llm.provider", "simulator");
    changes.put("llm.simulator.wire", provider.wire());
    changes.put("llm.simulator.tls", String.valueOf(tls));
    changes.put("llm.simulator.capacity", String.valueOf(SimulatorConfig.NO_LIMIT));
    changes.put("llm.simulator.requestsPerMinute", "");
    changes.put("llm.simulator.tokensPerMinute", "");
    simulator.faults().keySet().forEach(kind -> changes.put("llm.simulator.faults." + kind, "0"));
    return on(
        new ProviderConfig.Simulated(provider.wire()),
        simulator.withoutLimits().withTls(tls),
        record,
        changes);
  }

  /**
   * The same settings for a simulation whose runs are to be cut when this share of their calls
   * fails, unless {@code llm.stop.failures} says something else.
   */
  public LlmConfig stoppingFrom(double failurePercent) {
    StopConfig newStop = stop.orFrom(failurePercent);
    Map<String, String> changes =
        stop.automatic() ? Map.of("llm.stop.failures", String.valueOf(failurePercent)) : Map.of();
    return on(provider, simulator, record, newStop, changes);
  }

  /** The same settings with another load. */
  public LlmConfig withLoad(LoadConfig newLoad) {
    return on(provider, simulator, record, stop, newLoad, Map.of());
  }

  private LlmConfig on(
      ProviderConfig newProvider,
      SimulatorConfig newSimulator,
      Recording newRecord,
      Map<String, String> changes) {
    return on(newProvider, newSimulator, newRecord, stop, changes);
  }

  private LlmConfig on(
      ProviderConfig newProvider,
      SimulatorConfig newSimulator,
      Recording newRecord,
      StopConfig newStop,
      Map<String, String> changes) {
    return on(newProvider, newSimulator, newRecord, newStop, load, changes);
  }

  private LlmConfig on(
      ProviderConfig newProvider,
      SimulatorConfig newSimulator,
      Recording newRecord,
      StopConfig newStop,
      LoadConfig newLoad,
      Map<String, String> changes) {
    Map<String, String> newEffective = new TreeMap<>(effective);
    newEffective.putAll(changes);
    return new LlmConfig(
        newProvider,
        api,
        seed,
        description,
        userAgent,
        tokenizer,
        hooks,
        connections,
        newLoad,
        profile,
        request,
        sweep,
        heatmap,
        payloads,
        scenarios,
        replay,
        rag,
        newStop,
        timeout,
        retry,
        slo,
        gate,
        newRecord,
        progress,
        warmUp,
        calibration,
        latency,
        batch,
        messages,
        regions,
        newSimulator,
        newEffective);
  }

  private static ConcurrencyLadder ladder(String levels) {
    try {
      return ConcurrencyLadder.parse(levels);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("llm.sweep.levels: " + e.getMessage());
    }
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

  /** How many connections are opened beforehand to learn how long that takes. */
  public int networkConnections() {
    return warmUp.probes();
  }

  /** The environment variable that holds the key of Azure OpenAI. */
  public String azureKeyVariable() {
    return effective.get("llm.azure.keyVariable");
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
      Path path = Path.of(file);
      Prices unused = Prices.read(path);
      return Optional.of(path);
    } catch (InvalidPathException ignored) {
      throw ConfigurationException.of("llm.cost.prices", '"' + file + '"', "a path");
    } catch (RecordFormatException e) {
      throw new ConfigurationException("llm.cost.prices: " + e.getMessage());
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
