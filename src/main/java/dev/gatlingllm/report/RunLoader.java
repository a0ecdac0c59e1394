package dev.gatlingllm.report;

import dev.gatlingllm.cost.CallCostTally;
import dev.gatlingllm.cost.Cost;
import dev.gatlingllm.cost.CostTally;
import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.decision.AbComparison;
import dev.gatlingllm.decision.Ground;
import dev.gatlingllm.decision.LimitJudge;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.decision.Objectives;
import dev.gatlingllm.decision.RunComparison;
import dev.gatlingllm.decision.SteadyState;
import dev.gatlingllm.decision.Undecided;
import dev.gatlingllm.decision.VerdictGate;
import dev.gatlingllm.health.HealthTally;
import dev.gatlingllm.health.HealthTimeline;
import dev.gatlingllm.health.Trust;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.BaselineInfo;
import dev.gatlingllm.record.CallRecordReader.Reading;
import dev.gatlingllm.record.Extension;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.ServerScrapes;
import dev.gatlingllm.report.server.ServerView;
import dev.gatlingllm.scrape.MetricSelector;
import dev.gatlingllm.stats.CallCounts;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.LoadWindow;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.RunStatistics;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the folders of runs into a {@link RunReport}. Used for one report. */
final class RunLoader {

  /** One folder and what its {@code run.json} says. */
  private record Run(RunFiles files, Optional<RunInfo> info) {
    String name() {
      return files.folder().toAbsolutePath().normalize().getFileName().toString();
    }

    Optional<Instant> start() {
      return info.map(RunInfo::start);
    }
  }

  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<List<String>> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final PercentileRule rule;
  private final Optional<Prices> prices;
  private final RecordSource source;
  private final HealthTimeline timeline;
  private final CallCostTally callCosts;
  private Optional<Cost> cost = Optional.empty();
  private long unpriced;
  private final List<Long> records = new ArrayList<>();
  private SharedRuns shared = new SharedRuns(List.of());
  private Completeness completeness = Completeness.COMPLETE;
  private List<String> missingShares = List.of();

  private RunLoader(PercentileRule rule, Optional<Prices> prices) {
    this(rule, prices, RecordSource.FILES, new HealthTimeline(), new CallCostTally());
  }

  /** Reads into tallies that may have records already. */
  RunLoader(
      PercentileRule rule,
      Optional<Prices> prices,
      RecordSource source,
      HealthTimeline timeline,
      CallCostTally callCosts) {
    this.rule = rule;
    this.prices = prices;
    this.source = source;
    this.timeline = timeline;
    this.callCosts = callCosts;
  }

  /**
   * Reads runs.
   *
   * @param prices instead of those that a run was priced with; empty for the latter
   */
  static LoadedRun load(List<Path> folders, PercentileRule rule, Optional<Prices> prices)
      throws IOException {
    return new RunLoader(rule, prices).load(folders);
  }

  /** Reads the shares of a load, of which so much is missing. */
  static LoadedRun loadShares(
      List<Path> folders, PercentileRule rule, Optional<Prices> prices, List<String> missing)
      throws IOException {
    RunLoader loader = new RunLoader(rule, prices);
    if (!missing.isEmpty()) {
      loader.missingShares = List.copyOf(missing);
      loader.completeness = Completeness.KILLED;
    }
    return loader.load(folders);
  }

  /**
   * Whether the clients of a closed load made the calls of all rows in turn. Which load was open is
   * not known before a run has ended.
   */
  private boolean isShuffled(List<Run> runs, PlannedCalls planned, RunStatistics statistics) {
    return planned.planned().isEmpty()
        && completeness != Completeness.RUNNING
        && runs.stream().allMatch(run -> run.info().isPresent())
        && statistics.takesTurns();
  }

  LoadedRun load(List<Path> folders) throws IOException {
    requireDistinct(folders);
    List<Run> runs = new ArrayList<>();
    for (Path folder : folders) {
      runs.add(open(folder));
    }
    shared = new SharedRuns(runs.stream().map(Run::info).toList());
    runs.sort(Comparator.comparing(run -> start(run).orElse(Instant.MAX)));
    shared = new SharedRuns(runs.stream().map(Run::info).toList());
    boolean asOne = shared.areOneRun(MergedRuns.onOneMachine(shared.infos()));
    StatisticsCollector calls = source.collector(objectives(runs), rule);
    boolean priced = runs.stream().anyMatch(run -> prices(run).isPresent());
    read(runs.get(0), runs, calls, priced);
    for (Run run : runs.subList(1, runs.size())) {
      if (asOne) {
        calls.nextShare();
      } else {
        calls.nextRun();
      }
      read(run, runs, calls, priced);
    }
    cost = cost.map(known -> known.plusUnpriced(unpriced));
    RunStatistics statistics = calls.result();
    Map<String, String> settings = runs.get(0).info().map(RunInfo::configuration).orElse(Map.of());
    List<AbComparison.Judged> ab =
        AbComparison.judge(settings, new RunComparison.Collected(statistics, calls));
    ab.forEach(judged -> notes.add(judged.finding().text() + "."));
    PlannedCalls planned = planned(runs, statistics.overall().counts());
    notes.addAll(Remarks.on(statistics, settings, planned.held()));
    List<Optional<LoadWindow>> windows = calls.loadWindows();
    List<Optional<LoadWindow>> ofEach =
        asOne && !windows.isEmpty() ? Collections.nCopies(runs.size(), windows.get(0)) : windows;
    Optional<MergedRuns> merged = merged(runs, ofEach);
    merged.ifPresent(several -> notes.addAll(several.notes()));
    SteadyState steadyState =
        SteadyState.of(
            calls.select(key -> !key.spilledOver()), !statistics.views().levels().isEmpty());
    notes.addAll(Remarks.onDrifts(steadyState.drifts()));
    Verdict verdict = verdict(runs);
    Undecided undecided = Undecided.ofConfiguration(settings);
    Ground ground =
        undecided == Undecided.EXTEND && runs.size() > 1
            ? Ground.TOGETHER
            : ofAllShares(
                Ground.of(calls.select(any -> true).counts(), planned.notReached(), verdict));
    List<LimitResult> limits =
        new LimitJudge(calls, ground, undecided, looks(runs)).judge(declared(runs));
    ServerView server = serverView(runs, calls.loadWindows());
    notes.addAll(ServerSentence.remarks(server));
    RunReport report =
        new RunReport(
            runs.stream().map(Run::name).toList(),
            runs.get(0).info(),
            completeness,
            duration(runs),
            planned,
            isShuffled(runs, planned, statistics) ? statistics.withoutRatesOfRows() : statistics,
            new ClientReport(verdict, timeline.result()),
            limits,
            assertions(runs, ofAllCalls(limits, ab)),
            measurementErrors(runs),
            cost,
            cost.map(known -> callCosts.result(known.currency(), rule)),
            merged,
            steadyState,
            ab.stream().map(AbComparison.Judged::finding).toList(),
            runs.size() == 1 ? runs.get(0).files().readCapacity() : Optional.empty(),
            notes,
            List.of(),
            server,
            FilesBeside.NONE);
    return new LoadedRun(runs.size() == 1 ? report.placedIn(folders.get(0)) : report, calls);
  }

  private Ground ofAllShares(Ground ofThese) {
    return missingShares.isEmpty() ? ofThese : ofThese.without(String.join(", ", missingShares));
  }

  /** A run of an older version has none, and one that cannot be read must not cost the report. */
  private ServerView serverView(List<Run> runs, List<Optional<LoadWindow>> windows)
      throws IOException {
    List<ServerView.OfRun> scraped = new ArrayList<>();
    for (Run run : runs) {
      if (run.info().isPresent()) {
        RunInfo info = run.info().get();
        try {
          scraped.add(
              new ServerView.OfRun(
                  shared.time(info, info.start()),
                  ServerScrapes.read(run.files().serverMetrics()),
                  MetricSelector.ofConfiguration(info.configuration())));
        } catch (RecordFormatException unreadable) {
          notes.add("This report is made without server metrics: " + unreadable.getMessage() + ".");
        }
      }
    }
    OptionalDouble end =
        windows.stream().flatMap(Optional::stream).mapToDouble(LoadWindow::endNanos).max();
    return ServerView.of(
        scraped,
        end.isPresent()
            ? start(runs.get(0)).map(start -> start.plusNanos((long) end.getAsDouble()))
            : Optional.empty());
  }

  private Optional<MergedRuns> merged(List<Run> runs, List<Optional<LoadWindow>> windows)
      throws IOException {
    if (runs.size() == 1) {
      return Optional.empty();
    }
    List<MergedRuns.Member> members = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      Path kept = run.files().prices();
      members.add(
          new MergedRuns.Member(
              run.name(),
              run.info(),
              verdicts.get(i),
              prices.isEmpty() && Files.isRegularFile(kept) ? Files.readString(kept) : "",
              i < windows.size() ? windows.get(i) : Optional.empty()));
    }
    return Optional.of(MergedRuns.of(members));
  }

  /** The limits of all runs. */
  private static List<Limit> declared(List<Run> runs) {
    return runs.stream()
        .flatMap(run -> run.info().stream())
        .flatMap(info -> info.limits().stream())
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  /** The looks of a run decide its limits, and not those of several runs together. */
  private static Extension looks(List<Run> runs) {
    return runs.size() == 1
        ? runs.get(0).info().flatMap(RunInfo::extension).orElse(Extension.NONE)
        : Extension.NONE;
  }

  private PlannedCalls planned(List<Run> runs, CallCounts counts) throws IOException {
    if (source.withoutEnd() != Completeness.KILLED) {
      return PlannedCalls.of(accounts(runs), runs.size());
    }
    if (runs.size() == 1) {
      PlannedCalls planned = PlannedCalls.of(accounts(runs), 1);
      return CutShort.of(runs.get(0).files(), runs.get(0).info())
          .map(missing -> planned.of(missing, counts.started() + counts.dropped()))
          .orElse(planned);
    }
    List<Optional<CutShort>> cuts = new ArrayList<>();
    for (Run run : runs) {
      cuts.add(CutShort.of(run.files(), run.info()));
    }
    int ended = (int) cuts.stream().filter(Optional::isEmpty).count();
    PlannedCalls planned = PlannedCalls.of(accounts(runs), ended);
    for (int i = 0; i < runs.size(); i++) {
      if (cuts.get(i).isPresent()) {
        CutShort missing = cuts.get(i).get();
        notes.add(runs.get(i).name() + " was killed: " + missing.words() + ".");
        planned = planned.and(missing, records.get(i), ended == 0 && i == 0);
      }
    }
    return planned;
  }

  private static List<Accounting> accounts(List<Run> runs) {
    return runs.stream().flatMap(run -> run.info().flatMap(RunInfo::accounting).stream()).toList();
  }

  private static List<AssertionResult> ofAllCalls(
      List<LimitResult> limits, List<AbComparison.Judged> ab) {
    return Stream.concat(
            limits.stream().map(LimitResult::asAssertion),
            ab.stream().map(AbComparison.Judged::result))
        .toList();
  }

  private static void requireDistinct(List<Path> folders) {
    if (folders.isEmpty()) {
      throw new IllegalArgumentException("a report needs at least one run folder");
    }
    Set<Path> seen = new HashSet<>();
    for (Path folder : folders) {
      if (!seen.add(folder.toAbsolutePath().normalize())) {
        throw new IllegalArgumentException(folder + " is named twice: its calls would count twice");
      }
    }
  }

  private Run open(Path folder) throws IOException {
    RunFiles files = new RunFiles(folder);
    if (!Files.isRegularFile(files.calls())) {
      throw new IllegalArgumentException(folder + " is not the folder of a run: no calls.jsonl");
    }
    return new Run(files, info(files));
  }

  private Optional<RunInfo> info(RunFiles files) throws IOException {
    try {
      RunInfo info = files.readInfo();
      completeness = completeness.and(completenessOf(info, source.withoutEnd()));
      info.accounting().flatMap(RunLoader::heldForGood).ifPresent(notes::add);
      info.accounting().flatMap(RunLoader::neverStarted).ifPresent(notes::add);
      info.period().crash().ifPresent(why -> notes.add("The run crashed: " + why));
      return Optional.of(info);
    } catch (NoSuchFileException missing) {
      notes.add("There is no " + files.runJson() + ": this report is made from calls.jsonl alone.");
    } catch (RecordFormatException unreadable) {
      notes.add(unreadable.getMessage() + ". This report is made from calls.jsonl alone.");
    }
    completeness = completeness.and(Completeness.UNKNOWN);
    return Optional.empty();
  }

  private static Completeness completenessOf(RunInfo info, Completeness withoutEnd) {
    if (info.end().isEmpty()) {
      return withoutEnd;
    }
    if (info.period().crash().isPresent()) {
      return Completeness.CRASHED;
    }
    return info.period().interrupted() ? Completeness.INTERRUPTED : Completeness.COMPLETE;
  }

  private void read(Run run, List<Run> runs, StatisticsCollector calls, boolean priced)
      throws IOException {
    long shiftNanos = shiftNanos(run, runs);
    Optional<Prices> known = prices(run).filter(this::addsUp);
    RunTally tally =
        source.tally(
            () ->
                new RunTally(
                    calls,
                    timeline,
                    new HealthTally(connections(run)),
                    priced ? Optional.of(costs(known)) : Optional.empty(),
                    shiftNanos));
    Reading reading = source.calls(run.files(), tally::add);
    tally.cost(runNanos(run)).ifPresent(ofRun -> add(run, known.isPresent(), ofRun));
    records.add(tally.records());
    List<String> found = problems(run, tally.records());
    problems.add(found);
    verdicts.add(verdict(run, tally).and(found));
    if (reading.cutLines() > 0) {
      completeness = completeness.and(Completeness.KILLED);
      notes.add("The last line of " + run.files().calls() + " is cut: that call is in no number.");
    }
  }

  private CostTally costs(Optional<Prices> known) {
    return known
        .map(all -> new CostTally(all, callCosts))
        .orElseGet(() -> CostTally.unpriced(callCosts));
  }

  /** Reasons not to trust the records of a run that has ended. */
  private static List<String> problems(Run run, long records) {
    Optional<Accounting> accounting = run.info().flatMap(RunInfo::accounting);
    if (accounting.isEmpty()) {
      return List.of();
    }
    List<String> problems = new ArrayList<>(accounting.get().problems());
    long written = accounting.get().recordsWritten();
    if (records != written) {
      problems.add(
          "calls.jsonl has "
              + Count.of(records, "record")
              + ", but the run wrote "
              + written
              + ".");
    }
    return problems;
  }

  /** Calls that were due, and that a throttle or a limit never let go. */
  private static Optional<String> heldForGood(Accounting accounting) {
    return accounting.held() == 0
        ? Optional.empty()
        : Optional.of(
            "Calls held back that never went: "
                + Figures.count(accounting.held())
                + ", beside "
                + Figures.count(accounting.sent())
                + " sent. Gatling's throttle or llm.load.clients did not let them go in time, or"
                + " before the run ended. In TTFT (user) and e2e (user) they rank above all others;"
                + " a limit in the service's view is undecided if they are more than 1 % of the"
                + " load. To send them, raise that limit, or ask for less load.");
  }

  /** Calls that a throttle, a limit or the end of the run kept from ever starting. */
  private static Optional<String> neverStarted(Accounting accounting) {
    return accounting.notReached() == 0
        ? Optional.empty()
        : Optional.of(
            "Calls that never started: "
                + Figures.count(accounting.notReached())
                + ", beside "
                + Figures.count(accounting.sent())
                + " sent. When the run ended, their users still waited for their arrival, for"
                + " Gatling's throttle or for a call of the run to end.");
  }

  private Optional<Prices> prices(Run run) {
    Path kept = run.files().prices();
    return prices.isEmpty() && Files.isRegularFile(kept) ? Optional.of(Prices.read(kept)) : prices;
  }

  private boolean addsUp(Prices ofRun) {
    boolean addsUp = cost.isEmpty() || cost.get().currency().equals(ofRun.currency());
    String note =
        "The runs are priced in different currencies: only those in that of the first are in the"
            + " cost.";
    if (!addsUp && !notes.contains(note)) {
      notes.add(note);
    }
    return addsUp;
  }

  private void add(Run run, boolean priced, Cost ofRun) {
    if (!priced) {
      unpriced += ofRun.withoutPrice();
      notes.add(
          run.name()
              + ": "
              + Count.of(ofRun.withoutPrice(), "billed call")
              + " without a price, in no amount.");
      return;
    }
    cost = Optional.of(cost.map(known -> known.plus(ofRun)).orElse(ofRun));
  }

  private static OptionalLong runNanos(Run run) {
    Optional<Instant> end = run.info().flatMap(RunInfo::end);
    return end.isPresent() && run.start().isPresent()
        ? OptionalLong.of(Duration.between(run.start().get(), end.get()).toNanos())
        : OptionalLong.empty();
  }

  private Verdict verdict(Run run, RunTally tally) throws IOException {
    run.info()
        .flatMap(info -> info.preparation().measurementError())
        .ifPresent(tally::measurementError);
    try {
      source.health(run.files(), tally::add);
    } catch (NoSuchFileException missing) {
      return kept(run);
    }
    return tally.verdict();
  }

  /** What a baseline says of the client, whose samples it does not have. */
  private Verdict kept(Run run) throws IOException {
    if (!Files.isRegularFile(run.files().baseline())) {
      return Verdict.unknown("There is no health.jsonl: how the client was is unknown.");
    }
    BaselineInfo baseline = run.files().readBaseline();
    notes.add(
        run.name()
            + " is a baseline: texts of failures, attempts and single inter-chunk latencies are not"
            + " in it.");
    return Verdict.kept(
        Stream.of(Trust.values())
            .filter(level -> level.code().equals(baseline.verdict()))
            .findFirst()
            .orElse(Trust.UNKNOWN),
        baseline.reasons());
  }

  private static OptionalLong connections(Run run) {
    return run.info().stream()
        .map(info -> info.configuration().get("llm.maxConnections"))
        .filter(text -> text != null && text.matches("\\d{1,9}"))
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  private Verdict verdict(List<Run> runs) {
    if (runs.size() == 1) {
      return verdicts.get(0);
    }
    List<Verdict> named = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      named.add(verdicts.get(i).of(runs.get(i).name()));
    }
    return Verdict.gravest(named);
  }

  /** By the clock that all machines asked, if there is one. */
  private Optional<Instant> start(Run run) {
    return run.info().map(info -> shared.time(info, info.start()));
  }

  private long shiftNanos(Run run, List<Run> runs) {
    Optional<Instant> first = start(runs.get(0));
    Optional<Instant> start = start(run);
    if (start.isPresent() && first.isPresent()) {
      return Duration.between(first.get(), start.get()).toNanos();
    }
    if (runs.size() > 1) {
      notes.add(
          "When "
              + run.name()
              + " started is unknown: its calls are laid over the start of the first run, so rates"
              + " and the course over time are not to be trusted.");
    }
    return 0;
  }

  private CallObjectives objectives(List<Run> runs) {
    List<CallObjectives> all =
        runs.stream()
            .flatMap(run -> run.info().stream())
            .map(info -> Objectives.of(info.configuration()))
            .distinct()
            .toList();
    if (all.size() > 1) {
      notes.add("The runs have different llm.slo.call limits: those of the first are used.");
    }
    return all.isEmpty() ? CallObjectives.NONE : all.get(0);
  }

  private OptionalDouble duration(List<Run> runs) {
    Instant first = null;
    Instant last = null;
    for (Run run : runs) {
      if (run.info().isEmpty() || run.info().get().end().isEmpty()) {
        return OptionalDouble.empty();
      }
      RunInfo info = run.info().get();
      Instant end = shared.time(info, info.end().get());
      first = first == null ? start(run).orElseThrow() : first;
      last = last == null || end.isAfter(last) ? end : last;
    }
    return OptionalDouble.of(Duration.between(first, last).toNanos() / 1e9);
  }

  private List<AssertionResult> assertions(List<Run> runs, List<AssertionResult> ofAllCalls) {
    List<AssertionResult> all = new ArrayList<>(ofAllCalls);
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      for (AssertionResult result : assertions(run, verdicts.get(i), problems.get(i))) {
        String text = runs.size() == 1 ? result.text() : run.name() + ": " + result.text();
        all.add(new AssertionResult(text, result.passed(), result.actual(), result.stoppedBy()));
      }
    }
    return all;
  }

  private static Map<String, MeasurementError> measurementErrors(List<Run> runs) {
    Map<String, MeasurementError> errors = new LinkedHashMap<>();
    for (Run run : runs) {
      run.info()
          .flatMap(info -> info.preparation().measurementError())
          .ifPresent(error -> errors.put(run.name(), error));
    }
    return errors;
  }

  private static List<AssertionResult> assertions(Run run, Verdict verdict, List<String> problems) {
    List<AssertionResult> results = new ArrayList<>();
    if (!problems.isEmpty()) {
      results.add(
          new AssertionResult("every call is accounted for", false, String.join(" ", problems)));
    }
    run.info()
        .flatMap(info -> info.period().crash())
        .ifPresent(why -> results.add(new AssertionResult("the run did not crash", false, why)));
    run.info()
        .ifPresent(
            info -> {
              results.addAll(info.assertions());
              VerdictGate.ofConfiguration(info.configuration())
                  .judge(verdict)
                  .ifPresent(results::add);
            });
    return results;
  }
}
