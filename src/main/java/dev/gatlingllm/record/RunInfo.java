package dev.gatlingllm.record;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code run.json} says about a run. Written when the run starts, without an end, and again
 * when it ends: a file without an end belongs to a run that was killed.
 *
 * @param simulation fully qualified name of the simulation class
 * @param description free text of the user
 * @param period from when to when it went
 * @param setup what it takes to repeat it
 * @param assertions verdicts of the simulation's assertions; empty until the run has ended
 * @param limits those that the simulation declares; absent in a run of an older release
 * @param extension how the load went on until its limits were decided; absent if it was not to
 * @param preparation what was done and measured apart from the load
 * @param accounting what became of every call; empty until the run has ended
 * @param plans the rates over time of its open loads; absent until one has begun, and without any
 * @param together how it goes together with the runs of other machines
 */
public record RunInfo(
    String simulation,
    String description,
    @JsonUnwrapped Period period,
    @JsonUnwrapped Setup setup,
    List<AssertionResult> assertions,
    Optional<List<Limit>> limits,
    Optional<Extension> extension,
    @JsonUnwrapped Preparation preparation,
    Optional<Accounting> accounting,
    Optional<List<LoadPlan>> plans,
    @JsonUnwrapped Together together) {

  private static final String LABELS = "llm.labels.";

  /** Version of the file's format. */
  public static final int SCHEMA_VERSION = 2;

  /**
   * From when to when a run went.
   *
   * @param start wall time of nanosecond 0 of the run's clock
   * @param end wall time of the end; empty if the run was killed or is still going on
   * @param interrupted whether the run was stopped by a signal before its load was done
   * @param crash why the load engine gave the run up, a sentence; empty if it did not
   */
  public record Period(
      Instant start, Optional<Instant> end, boolean interrupted, Optional<String> crash) {}

  /**
   * What it takes to repeat a run.
   *
   * @param seed the seed of everything random in the run
   * @param gitRevision revision of the checked-out project; empty if unknown
   * @param configuration the effective configuration by key, without secrets
   * @param versions version by component: project, Gatling, SDKs, JDK
   * @param host what machine it ran on: os, cores, heap, name
   */
  public record Setup(
      long seed,
      String gitRevision,
      Map<String, String> configuration,
      Map<String, String> versions,
      Map<String, String> host) {

    /** Settings of an earlier schema version get the names that they have now. */
    public Setup {
      configuration = RenamedSettings.byNewName(configuration);
    }
  }

  /**
   * What was done and measured apart from the load.
   *
   * @param warmUp what was done before the first call; empty if nothing
   * @param measurementError the measurement error under this load; empty if it was not measured
   * @param network how long it took to open connections; empty if it was not measured
   * @param sizes the sizes of the calls in words, such as {@code 500/500 tokens}; empty if they are
   *     not drawn by {@code llm.profile}
   * @param load what load was planned; empty if it is not that of {@code llm.load}, and in a run of
   *     an older release
   */
  public record Preparation(
      Optional<WarmUpResult> warmUp,
      @JsonAlias("clientError") Optional<MeasurementError> measurementError,
      Optional<NetworkLatency> network,
      Optional<String> sizes,
      Optional<PlannedLoad> load) {

    /** Nothing was done before the run, or it is not known. */
    public static final Preparation NONE =
        new Preparation(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The same with this load. */
    public Preparation withLoad(PlannedLoad planned) {
      return new Preparation(warmUp, measurementError, network, sizes, Optional.of(planned));
    }
  }

  /**
   * How a run goes together with those of other machines.
   *
   * @param share the part of a load that it makes; absent if it makes all of it, and in a run of an
   *     older release
   * @param clock how far its clock is from one that all machines asked; absent if none was asked
   */
  public record Together(Optional<Share> share, Optional<ClockOffset> clock) {

    /** The whole load, by the clock of its machine. */
    public static final Together ALONE = new Together(Optional.empty(), Optional.empty());
  }

  /** A run that has begun, with nothing done before it. */
  public static RunInfo begun(String simulation, String description, Instant start, Setup setup) {
    return new RunInfo(
        simulation,
        description,
        new Period(start, Optional.empty(), false, Optional.empty()),
        setup,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Preparation.NONE,
        Optional.empty(),
        Optional.empty(),
        Together.ALONE);
  }

  /** Wall time of nanosecond 0 of the run's clock. */
  public Instant start() {
    return period.start();
  }

  /** Wall time of the end; empty if the run was killed or is still going on. */
  public Optional<Instant> end() {
    return period.end();
  }

  /** The effective configuration by key, without secrets. */
  public Map<String, String> configuration() {
    return setup.configuration();
  }

  /** What the user called the run: the settings {@code llm.labels}, by the names below that. */
  public Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    configuration()
        .forEach(
            (key, value) -> {
              if (key.startsWith(LABELS) && !value.isEmpty()) {
                labels.put(key.substring(LABELS.length()), value);
              }
            });
    return labels;
  }

  /** The same run with its end. */
  public RunInfo ended(Instant end, boolean interrupted) {
    return with(new Period(start(), Optional.of(end), interrupted, period.crash()));
  }

  /** The same run, which the load engine gave up. */
  public RunInfo crashed(String sentence) {
    return with(new Period(start(), end(), period.interrupted(), Optional.of(sentence)));
  }

  private RunInfo with(Period newPeriod) {
    return new RunInfo(
        simulation,
        description,
        newPeriod,
        setup,
        assertions,
        limits,
        extension,
        preparation,
        accounting,
        plans,
        together);
  }

  /** The same run with this configuration. */
  public RunInfo withConfiguration(Map<String, String> configuration) {
    Setup known =
        new Setup(setup.seed(), setup.gitRevision(), configuration, setup.versions(), setup.host());
    return new RunInfo(
        simulation,
        description,
        period,
        known,
        assertions,
        limits,
        extension,
        preparation,
        accounting,
        plans,
        together);
  }

  /** The same run with the verdicts of its assertions. */
  public RunInfo withAssertions(List<AssertionResult> newAssertions) {
    return new RunInfo(
        simulation,
        description,
        period,
        setup,
        newAssertions,
        limits,
        extension,
        preparation,
        accounting,
        plans,
        together);
  }

  /** The same run with the limits that its simulation declares. */
  public RunInfo withLimits(List<Limit> declared) {
    return new RunInfo(
        simulation,
        description,
        period,
        setup,
        assertions,
        Optional.of(List.copyOf(declared)),
        extension,
        preparation,
        accounting,
        plans,
        together);
  }

  /** The same run with the looks at its limits so far. */
  public RunInfo withExtension(Extension looks) {
    return new RunInfo(
        simulation,
        description,
        period,
        setup,
        assertions,
        limits,
        Optional.of(looks),
        preparation,
        accounting,
        plans,
        together);
  }

  /** The same run with what was done before it. */
  public RunInfo withPreparation(Preparation newPreparation) {
    return new RunInfo(
        simulation,
        description,
        period,
        setup,
        assertions,
        limits,
        extension,
        newPreparation,
        accounting,
        plans,
        together);
  }

  /** The same run with the measurement error as it is known now. */
  public RunInfo withMeasurementError(Optional<MeasurementError> measurementError) {
    return withPreparation(
        new Preparation(
            preparation.warmUp(),
            measurementError,
            preparation.network(),
            preparation.sizes(),
            preparation.load()));
  }

  /** The same run with what became of every call. */
  public RunInfo withAccounting(Optional<Accounting> newAccounting) {
    return new RunInfo(
        simulation,
        description,
        period,
        setup,
        assertions,
        limits,
        extension,
        preparation,
        newAccounting,
        plans,
        together);
  }

  /** The same run as one of several that go together. */
  public RunInfo withTogether(Together others) {
    return new RunInfo(
        simulation,
        description,
        period,
        setup,
        assertions,
        limits,
        extension,
        preparation,
        accounting,
        plans,
        others);
  }

  /** The same run with the rates over time of its open loads. */
  public RunInfo withPlans(List<LoadPlan> newPlans) {
    return new RunInfo(
        simulation,
        description,
        period,
        setup,
        assertions,
        limits,
        extension,
        preparation,
        accounting,
        Optional.of(List.copyOf(newPlans)),
        together);
  }
}
