package dev.gatlingllm.report;

import dev.gatlingllm.cost.CallCosts;
import dev.gatlingllm.cost.Cost;
import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.decision.AbFinding;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.decision.SteadyState;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.server.ServerSeries;
import dev.gatlingllm.report.server.ServerView;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.RunStatistics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What there is to say about one run, or about several runs merged.
 *
 * @param runs the names of the runs' folders, the earliest run first
 * @param info what the (first) run's {@code run.json} says; absent if there is none
 * @param completeness of the records
 * @param durationSeconds from the start of the first run to the end of the last; absent if unknown
 * @param planned what became of the plan
 * @param statistics of all calls, of each key, and over time
 * @param client how the client itself was
 * @param limits the decisions on the limits of all runs
 * @param assertions these, the results of all runs' assertions, and of {@code llm.gate.verdict}
 * @param measurementErrors the measurement error in each run that measured it, by the run's name
 * @param cost what it cost; absent without prices
 * @param callCosts the same by what calls are told apart by, without what is charged by the hour
 * @param merged what to know of several runs as one; absent of a single run
 * @param steadyState what changed while the load stayed the same
 * @param ab the second target against the first, of a run in blocks
 * @param capacity what a capacity search found; absent of another run, or of several
 * @param notes what to know when reading the numbers, in sentences
 * @param server what exports of the service's own monitoring say of the time of the run
 * @param serverView what the service's metrics said while the run went on
 * @param beside what lies beside this report
 */
public record RunReport(
    List<String> runs,
    Optional<RunInfo> info,
    Completeness completeness,
    OptionalDouble durationSeconds,
    PlannedCalls planned,
    RunStatistics statistics,
    ClientReport client,
    List<LimitResult> limits,
    List<AssertionResult> assertions,
    Map<String, MeasurementError> measurementErrors,
    Optional<Cost> cost,
    Optional<CallCosts> callCosts,
    Optional<MergedRuns> merged,
    SteadyState steadyState,
    List<AbFinding> ab,
    Optional<CapacityResult> capacity,
    List<String> notes,
    List<ServerChart> server,
    ServerView serverView,
    FilesBeside beside) {

  /**
   * Whether a rate or a percentile of all calls is that of a load: of the levels of a ladder or the
   * probes of a search it is of none.
   */
  public boolean isOneLoad() {
    return capacity.isEmpty() && statistics.views().levels().isEmpty();
  }

  /** Copies the collections. */
  public RunReport {
    runs = List.copyOf(runs);
    limits = List.copyOf(limits);
    assertions = List.copyOf(assertions);
    measurementErrors = Collections.unmodifiableMap(new LinkedHashMap<>(measurementErrors));
    ab = List.copyOf(ab);
    notes = List.copyOf(notes);
    server = List.copyOf(server);
  }

  /**
   * Reads the folders of one or several runs. Several are merged: the calls of each are shifted by
   * its start on the wall clock, as their machines knew it.
   *
   * @throws IllegalArgumentException if a folder is not that of a run, or is named twice
   * @throws dev.gatlingllm.record.RecordFormatException naming the file and line that is wrong
   */
  public static RunReport of(List<Path> runFolders) throws IOException {
    return of(runFolders, PercentileRule.WITHHOLD_WHEN_FEW);
  }

  /** As {@link #of(List)}, with a rule for percentiles of few values. */
  public static RunReport of(List<Path> runFolders, PercentileRule rule) throws IOException {
    return of(runFolders, rule, Optional.empty());
  }

  /** As {@link #of(List, PercentileRule)}, priced anew if there are prices. */
  public static RunReport of(List<Path> runFolders, PercentileRule rule, Optional<Prices> prices)
      throws IOException {
    return RunLoader.load(runFolders, rule, prices).report();
  }

  /** The same report for a page in this folder, with what already lies there. */
  public RunReport placedIn(Path folder) throws IOException {
    return with(assertions, notes, server, FilesBeside.in(folder));
  }

  /** The same report with these metrics of the service's own monitoring, on its time axis. */
  RunReport with(List<ServerSeries> newServer) {
    List<ServerChart> charts =
        info.map(run -> ServerChart.of(newServer, run.start(), durationSeconds)).orElse(List.of());
    List<String> allNotes = new ArrayList<>(notes);
    if (charts.isEmpty() && !newServer.isEmpty()) {
      allNotes.add(
          info.isEmpty()
              ? "When the run began is unknown: the server metrics cannot be laid beside it."
              : "None of the server metrics is of the time of the run: is their time zone right"
                  + " (--zone, "
                  + ServerFiles.ZONE
                  + ")?");
    }
    return with(assertions, allNotes, charts, beside);
  }

  /** The same report with these assertions and notes, too. */
  public RunReport withAlso(List<AssertionResult> moreAssertions, List<String> moreNotes) {
    return with(
        Stream.concat(assertions.stream(), moreAssertions.stream()).toList(),
        Stream.concat(notes.stream(), moreNotes.stream()).toList(),
        server,
        beside);
  }

  private RunReport with(
      List<AssertionResult> newAssertions,
      List<String> newNotes,
      List<ServerChart> newServer,
      FilesBeside newBeside) {
    return new RunReport(
        runs,
        info,
        completeness,
        durationSeconds,
        planned,
        statistics,
        client,
        limits,
        newAssertions,
        measurementErrors,
        cost,
        callCosts,
        merged,
        steadyState,
        ab,
        capacity,
        newNotes,
        newServer,
        serverView,
        newBeside);
  }

  /** What the service says of itself, on the time axis: first what was read during the run. */
  List<ServerChart> serverCharts() {
    return Stream.concat(
            info.stream().flatMap(run -> ServerChart.of(serverView, run.start())), server.stream())
        .toList();
  }

  /** The name of the simulation's class without its package, or of the folder. */
  public String title() {
    String name = simulation();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The fully qualified name of the simulation's class, or the name of the folder. */
  public String simulation() {
    return info.map(RunInfo::simulation).filter(name -> !name.isEmpty()).orElse(runs.get(0));
  }

  /** What the run found, in words. */
  public Conclusion conclusion() {
    return Conclusion.of(this);
  }

  /**
   * What is missing of the load of which several runs are shares, a clause each, such as {@code
   * share 1/3 was killed}; empty if all of it is there, or if the runs are no shares of one load.
   */
  public List<String> missingShares() {
    return merged.map(several -> several.shared().gaps()).orElse(List.of());
  }

  /** How many assertions did not hold. */
  public long failedAssertions() {
    return assertions.stream().filter(assertion -> !assertion.passed()).count();
  }
}
