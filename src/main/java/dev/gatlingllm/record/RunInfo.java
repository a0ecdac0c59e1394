package dev.gatlingllm.record;

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
 * @param start wall time of nanosecond 0 of the run's clock
 * @param end wall time of the end; empty if the run was killed or is still going on
 * @param interrupted whether the run was stopped by a signal before its load was done
 * @param seed the seed of everything random in the run
 * @param configuration the effective configuration by key, without secrets
 * @param versions version by component: project, Gatling, SDKs, JDK
 * @param host what machine it ran on: os, cores, heap, name
 * @param gitRevision revision of the checked-out project; empty if unknown
 * @param assertions verdicts of the simulation's assertions; empty until the run has ended
 * @param warmUp what was done before the first call; empty if nothing
 * @param clientError the client's own error under this load; empty if it was not measured
 * @param network how long it took to open connections; empty if it was not measured
 * @param accounting what became of every call; empty until the run has ended
 */
public record RunInfo(
    String simulation,
    String description,
    Instant start,
    Optional<Instant> end,
    boolean interrupted,
    long seed,
    Map<String, String> configuration,
    Map<String, String> versions,
    Map<String, String> host,
    String gitRevision,
    List<AssertionResult> assertions,
    Optional<WarmUpResult> warmUp,
    Optional<ClientError> clientError,
    Optional<NetworkLatency> network,
    Optional<Accounting> accounting) {

  private static final String LABELS = "llm.labels.";

  /** Version of the file's format. */
  public static final int SCHEMA_VERSION = 1;

  /** A run of which no more is known: neither what was done before it nor the client's error. */
  public RunInfo(
      String simulation,
      String description,
      Instant start,
      Optional<Instant> end,
      boolean interrupted,
      long seed,
      Map<String, String> configuration,
      Map<String, String> versions,
      Map<String, String> host,
      String gitRevision,
      List<AssertionResult> assertions) {
    this(
        simulation,
        description,
        start,
        end,
        interrupted,
        seed,
        configuration,
        versions,
        host,
        gitRevision,
        assertions,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What the user called the run: the settings {@code llm.labels}, by the names below that. */
  public Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    configuration.forEach(
        (key, value) -> {
          if (key.startsWith(LABELS) && !value.isEmpty()) {
            labels.put(key.substring(LABELS.length()), value);
          }
        });
    return labels;
  }

  /** The same run with its end. */
  public RunInfo ended(Instant newEnd, boolean newInterrupted) {
    return new RunInfo(
        simulation,
        description,
        start,
        Optional.of(newEnd),
        newInterrupted,
        seed,
        configuration,
        versions,
        host,
        gitRevision,
        assertions,
        warmUp,
        clientError,
        network,
        accounting);
  }

  /** The same run with the verdicts of its assertions. */
  public RunInfo withAssertions(List<AssertionResult> newAssertions) {
    return new RunInfo(
        simulation,
        description,
        start,
        end,
        interrupted,
        seed,
        configuration,
        versions,
        host,
        gitRevision,
        newAssertions,
        warmUp,
        clientError,
        network,
        accounting);
  }

  /** The same run with what was done before it. */
  public RunInfo withWarmUp(Optional<WarmUpResult> newWarmUp) {
    return new RunInfo(
        simulation,
        description,
        start,
        end,
        interrupted,
        seed,
        configuration,
        versions,
        host,
        gitRevision,
        assertions,
        newWarmUp,
        clientError,
        network,
        accounting);
  }

  /** The same run with the client's error as it is known now. */
  public RunInfo withClientError(Optional<ClientError> newClientError) {
    return new RunInfo(
        simulation,
        description,
        start,
        end,
        interrupted,
        seed,
        configuration,
        versions,
        host,
        gitRevision,
        assertions,
        warmUp,
        newClientError,
        network,
        accounting);
  }

  /** The same run with the time that opening connections took. */
  public RunInfo withNetwork(Optional<NetworkLatency> newNetwork) {
    return new RunInfo(
        simulation,
        description,
        start,
        end,
        interrupted,
        seed,
        configuration,
        versions,
        host,
        gitRevision,
        assertions,
        warmUp,
        clientError,
        newNetwork,
        accounting);
  }

  /** The same run with what became of every call. */
  public RunInfo withAccounting(Optional<Accounting> newAccounting) {
    return new RunInfo(
        simulation,
        description,
        start,
        end,
        interrupted,
        seed,
        configuration,
        versions,
        host,
        gitRevision,
        assertions,
        warmUp,
        clientError,
        network,
        newAccounting);
  }
}
