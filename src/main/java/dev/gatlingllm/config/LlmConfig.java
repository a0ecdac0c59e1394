package dev.gatlingllm.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.gatlingllm.input.InputPath;
import dev.gatlingllm.provider.AnswerLimits;
import dev.gatlingllm.record.RunFiles;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The settings of a run, checked, except those of a single experiment, which the experiment reads
 * by {@link #section}. {@code reference.conf} documents each key. Immutable.
 *
 * @param merged every key with its effective value, from which experiments read theirs
 * @param provider where the calls go
 * @param seed seed of everything random
 * @param description free text of the user
 * @param userAgent how the client names itself to the service
 * @param tokenizer what counts tokens where the provider does not
 * @param hooks names of the classes that follow the run and its calls
 * @param maxConnections most connections or streams
 * @param limit how long an answer may be
 * @param load when calls arrive
 * @param start when the load begins
 * @param profile shape of the calls
 * @param request what every call sends beside its prompt
 * @param messages recorded conversations
 * @param stop when a run is cut
 * @param spend what a run may spend
 * @param quota what the account may ask for in a minute
 * @param timeout limits of a call
 * @param retry what happens to a throttled call
 * @param cancel which calls the client cancels
 * @param slo limits of the run
 * @param gate what fails the run beside a limit that is missed
 * @param baseline the run that this one must not be worse than
 * @param record what is written
 * @param progress what the console shows while the run goes on
 * @param telemetry where metrics go while the run goes on
 * @param warmUp what is done before the load so that its first call finds a warm client
 * @param calibration how the measurement error is measured
 * @param regions further endpoints by region, in alphabetical order
 * @param targets what the calls are split over; empty if they all go to the provider's own
 * @param serverMetrics what is read of the service while the run goes on
 * @param simulator how the simulated endpoint behaves
 */
public record LlmConfig(
    Config merged,
    ProviderConfig provider,
    long seed,
    String description,
    String userAgent,
    String tokenizer,
    List<String> hooks,
    int maxConnections,
    AnswerLimits limit,
    LoadConfig load,
    StartConfig start,
    ProfileConfig profile,
    RequestConfig request,
    MessagesConfig messages,
    StopConfig stop,
    SpendConfig spend,
    QuotaConfig quota,
    TimeoutConfig timeout,
    RetryConfig retry,
    CancelConfig cancel,
    SloConfig slo,
    GateConfig gate,
    BaselineConfig baseline,
    Recording record,
    ProgressConfig progress,
    TelemetryConfig telemetry,
    LiveConfig live,
    WarmUpConfig warmUp,
    Calibration calibration,
    SortedMap<String, String> regions,
    List<TargetConfig> targets,
    ServerMetricsConfig serverMetrics,
    SimulatorConfig simulator) {

  private static LlmConfig of(Config merged, Optional<LoadConfig> load) {
    ConfigReader reader = new ConfigReader(merged);
    reader.requireZone("llm.serverMetrics.zone");
    LoadConfig asked = load.orElseGet(() -> LoadConfig.read(reader));
    return new LlmConfig(
        merged,
        ProviderConfig.read(reader),
        reader.seed("llm.seed"),
        reader.text("llm.description"),
        reader.text("llm.userAgent"),
        reader.text("llm.tokenizer"),
        reader.names("llm.hooks"),
        reader.integer("llm.maxConnections", 1),
        new AnswerLimits(
            reader.integer("llm.limit.eventBytes", 1), reader.integer("llm.limit.answerBytes", 1)),
        asked,
        StartConfig.read(reader, asked),
        ProfileConfig.read(reader, merged),
        request(reader, asked),
        MessagesConfig.read(reader),
        StopConfig.read(reader),
        SpendConfig.read(reader, asked),
        QuotaConfig.read(reader),
        TimeoutConfig.read(reader),
        RetryConfig.read(reader),
        CancelConfig.read(reader),
        slo(reader, asked),
        gate(reader, asked),
        BaselineConfig.read(reader),
        recording(reader),
        ProgressConfig.read(reader),
        TelemetryConfig.read(reader),
        LiveConfig.read(reader),
        WarmUpConfig.read(reader),
        new Calibration(reader.duration("llm.calibration.duration")),
        regions(reader),
        targets(reader, merged),
        ServerMetricsConfig.read(reader),
        SimulatorConfig.ofRun(merged));
  }

  /**
   * {@code llm.calibration}.
   *
   * @param duration length of the calibration run; zero for none
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

    /** Whether there is a folder: not with {@code none}. */
    public boolean isKept() {
      return !folder.equals(RunFiles.NONE.folder());
    }

    /**
     * Refuses what is found in the records of a run that keeps none.
     *
     * @param what needs them, such as {@code "an A/B comparison"}
     * @throws ConfigurationException if there are none
     */
    public void requireFor(String what) {
      if (!isKept()) {
        throw new ConfigurationException(
            what
                + " needs the records of the run, and llm.record.folder = none keeps none: leave out"
                + " one of them");
      }
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

  /**
   * Reads the settings with these system properties.
   *
   * @throws ConfigurationException on the first key that is unknown or has an impossible value
   */
  public static LlmConfig read(Properties systemProperties) {
    return of(
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
    return of(changed, Optional.of(load));
  }

  /**
   * The same settings for a simulation that speaks one wire format only: the simulated endpoint
   * then speaks it too.
   *
   * @param wire the name of the provider whose wire format it is
   * @throws ConfigurationException if {@code llm.provider} is another provider
   */
  public LlmConfig speaking(String wire) {
    return Startup.orExit(() -> speakingChecked(wire));
  }

  private LlmConfig speakingChecked(String wire) {
    if (provider.ships() && !provider.name().equals(wire)) {
      throw ConfigurationException.of(
          "llm.provider", '"' + provider.name() + '"', wire + " or simulator for this simulation");
    }
    return provider.simulated() ? with(Map.of("llm.simulator.wire", wire)) : this;
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
   * that provider's wire format, has room for every call, and neither quotas nor faults.
   *
   * @param tls whether it speaks TLS
   */
  public LlmConfig simulated(boolean tls) {
    Map<String, String> changes = new TreeMap<>();
    SimulatorConfig.unlimited(tls)
        .forEach((key, value) -> changes.put("llm.simulator." + key, value));
    changes.put("llm.provider", "simulator");
    changes.put("llm.cancel.share", "0");
    changes.put(TargetConfig.LIST, "");
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

  /**
   * The same settings with other targets.
   *
   * @param newTargets the fields of each
   * @throws ConfigurationException if a field cannot be used, naming it
   */
  public LlmConfig withTargets(List<Map<String, Object>> newTargets) {
    Config changed = ConfigFactory.parseMap(Map.of(TargetConfig.LIST, newTargets));
    return of(
        ConfigSources.checked(changed.withFallback(merged), SimulatorConfig.referenceOfRun()),
        Optional.of(load));
  }

  /** The settings of a provider as one of its targets changes them; they have no targets. */
  public LlmConfig ofTarget(Map<String, String> changes) {
    Map<String, String> all = new TreeMap<>(changes);
    all.put(TargetConfig.LIST, "");
    return with(all);
  }

  /**
   * The same settings, which must have no targets, for a simulation that says itself where its
   * calls go.
   *
   * @throws ConfigurationException if there are any
   */
  public LlmConfig withoutTargets(String simulation) {
    if (!targets.isEmpty()) {
      throw new ConfigurationException(
          "llm.targets must be empty with " + simulation + ", which says itself what it calls");
    }
    return this;
  }

  /** The same settings with another seed. */
  public LlmConfig withSeed(long newSeed) {
    return with(Map.of("llm.seed", Long.toString(newSeed)));
  }

  /** The same settings with another load. */
  public LlmConfig withLoad(LoadConfig newLoad) {
    return of(merged, Optional.of(newLoad));
  }

  /** Every key with its effective value, for {@code run.json}. */
  public SortedMap<String, String> effective() {
    return ConfigSources.flat(merged);
  }

  private static RequestConfig request(ConfigReader reader, LoadConfig load) {
    RequestConfig request = RequestConfig.read(reader);
    if (request.hasAttachments()) {
      load.requireWhole(
          "llm.request.attachments.folder", "gives its files to the calls of a process in turn");
    }
    return request;
  }

  private static SloConfig slo(ConfigReader reader, LoadConfig load) {
    SloConfig slo = SloConfig.read(reader);
    if (slo.abort()) {
      load.requireWhole("llm.slo.abort", "would end the load by the calls of one share");
    }
    return slo;
  }

  private static GateConfig gate(ConfigReader reader, LoadConfig load) {
    GateConfig gate = GateConfig.read(reader);
    if (gate.extend()) {
      load.requireWhole(
          GateConfig.UNDECIDED + " = extend", "decides by the calls so far how the load goes on");
    }
    return gate;
  }

  /** With the simulated endpoint the addresses are not used. */
  private static SortedMap<String, String> regions(ConfigReader reader) {
    SortedMap<String, String> regions = reader.entries("llm.regions");
    if (!reader.text("llm.provider").equals("simulator")) {
      regions.keySet().forEach(name -> reader.requiredAddress("llm.regions." + name));
    }
    return regions;
  }

  private static List<TargetConfig> targets(ConfigReader reader, Config merged) {
    List<TargetConfig> targets = TargetConfig.read(merged);
    if (!reader.text("llm.provider").equals("simulator")) {
      targets.forEach(TargetConfig::requireAddress);
    }
    return targets;
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
      return Optional.of(InputPath.of(file));
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

  /** Shows no setting: one may hold a secret. */
  @Override
  public String toString() {
    return "LlmConfig";
  }
}
