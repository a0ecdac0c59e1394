package dev.gatlingllm.run;

import dev.gatlingllm.call.CallProbe;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.SpendConfig;
import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.decision.Objectives;
import dev.gatlingllm.decision.VerdictGate;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.live.LoadGoal;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Reading;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Exhausted;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.NetworkLatency;
import dev.gatlingllm.record.PlannedLoad;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.Share;
import dev.gatlingllm.record.ShareEnd;
import dev.gatlingllm.record.WarmUpResult;
import dev.gatlingllm.report.FailureSentence;
import dev.gatlingllm.report.live.LiveReport;
import dev.gatlingllm.report.live.Standing;
import dev.gatlingllm.scrape.MetricsClient;
import dev.gatlingllm.telemetry.Telemetry;
import dev.gatlingllm.timing.NanoClock;
import dev.gatlingllm.together.ReferenceClock;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One run: its folder, its clock, the calls in flight and what becomes of their records.
 *
 * <p>Safe for use by many threads. {@link #close} ends it; what is handed over later is dropped.
 * Locks are held by the parts and for moments, each over its own fields; none is held while a hook,
 * the end of a call or the end of the load runs, or while somebody waits for calls. Closing has a
 * lock of its own, which nobody takes but those who close.
 */
public final class Run {

  private static final Duration METRICS_PATIENCE = Duration.ofSeconds(3);
  private static final long LAST_RECORDS_NANOS = 5_000_000_000L;

  private final RunFiles files;
  private final RunClock clock;
  private final VerdictGate gate;
  private final BaselineCheck baseline;
  private final String splitBy;
  private final AtomicLong ids = new AtomicLong();
  private final Faults faults = new Faults();
  private final RunInfoFile info;
  private final InFlight inFlight;
  private final HeldCalls held = new HeldCalls();
  private final Drain drain;
  private final EarlyStop earlyStop;
  private final Spend spend;
  private final Optional<MissedLimit> missedLimit;
  private final Optional<LoadExtension> extension;
  private final FirstSuccess firstSuccess;
  private final ScheduledExecutorService ticker = DaemonThread.named("llm-progress");
  private final Telemetry telemetry;
  private final RunRecords records;
  private final EmergencyStop emergency;
  private volatile Optional<LoadGoal> goal = Optional.empty();
  private volatile Optional<LiveReport> live = Optional.empty();
  private final List<Hooks> hooks = new CopyOnWriteArrayList<>();

  /** The only lock of the run itself: held while it is closed, which may take seconds. */
  private final Object closing = new Object();

  private Run(RunFiles files, RunInfo begun, RunClock clock, LlmConfig config, PrintStream console)
      throws IOException {
    this.files = files;
    this.clock = clock;
    this.gate = VerdictGate.of(config.gate().verdict());
    this.baseline = BaselineCheck.of(config);
    this.splitBy = config.record().splitBy();
    this.info = new RunInfoFile(files, begun, faults, console);
    RunFolder.copyPrices(config.record(), files);
    this.inFlight = new InFlight(clock.clock(), DaemonThread.named("llm-cancel"));
    this.drain = new Drain(inFlight, config.load().drain().toNanos(), console);
    Function<CallRecord, String> advice =
        call -> FailureSentence.after(call, info.info().configuration());
    this.firstSuccess = new FirstSuccess(advice);
    this.spend = new Spend(config.spend(), config.record().prices().map(Prices::read));
    this.missedLimit = config.slo().abort() ? Optional.of(missedLimit()) : Optional.empty();
    this.extension =
        config.gate().extend() ? Optional.of(extension(config, console)) : Optional.empty();
    this.earlyStop = new EarlyStop(causes(config, advice), console);
    this.telemetry =
        Telemetry.of(config.telemetry(), AboutRun.of(begun, files), NanoClock.SYSTEM, console);
    this.records = new RunRecords(files, config, clock, earlyStop, ticker, telemetry, console);
    this.emergency =
        new EmergencyStop(
            clock.clock(),
            inFlight,
            this::stopInput,
            earlyStop,
            records.ledger(),
            records.writer(),
            faults);
    records.progress().knows(this::way, this::spent);
    earlyStop.checkOn(ticker);
    var unused = ticker.scheduleWithFixedDelay(this::notePlans, 1, 1, TimeUnit.SECONDS);
    emergency.watch();
  }

  private Optional<LoadGoal.Way> way() {
    return goal.flatMap(known -> known.at(clock.clock().nanos()));
  }

  private List<String> spent() {
    return spend.caps().stream().map(SpendCap::soFar).toList();
  }

  /** What the load is meant to come to. */
  public void aims(LoadGoal newGoal) {
    goal = Optional.of(newGoal);
  }

  /** Shows the run to whoever looks, until its end. */
  public void show(LiveReport report) {
    live = Optional.of(report);
    report.follow(folder());
    var unused = ticker.scheduleWithFixedDelay(() -> showStanding(report), 0, 1, TimeUnit.SECONDS);
  }

  private void showStanding(LiveReport report) {
    records
        .progress()
        .summary()
        .ifPresent(now -> report.standing(Standing.running(now.text(), now.percent())));
  }

  /** Where the run is shown; empty if nowhere. */
  Optional<LiveReport> live() {
    return live;
  }

  private List<StopCause> causes(LlmConfig config, Function<CallRecord, String> advice) {
    List<StopCause> causes = new ArrayList<>();
    StopRule.of(config.stop(), clock.clock()).ifPresent(causes::add);
    if (config.stop().early()) {
      causes.add(new HopelessStart(advice));
    }
    missedLimit.ifPresent(causes::add);
    extension.ifPresent(causes::add);
    causes.addAll(spend.caps());
    return causes;
  }

  private MissedLimit missedLimit() {
    return new MissedLimit(
        Objectives.of(info.info().configuration()),
        inFlight::size,
        () -> records.clientIsTrusted(),
        this::endWhenCallsHave);
  }

  private LoadExtension extension(LlmConfig config, PrintStream console) {
    return new LoadExtension(
        config.gate().atMost(),
        Objectives.of(info.info().configuration()),
        ids::get,
        () -> records.verdict(),
        info::extension,
        console);
  }

  private void stopInput() {
    Reading.stop();
    drain.begin();
  }

  /**
   * Makes the run's folder, writes {@code run.json} and starts the record writer.
   *
   * @param simulation fully qualified name of the simulation class
   * @throws UncheckedIOException if the folder cannot be made
   */
  public static Run begin(
      LlmConfig config, String simulation, NanoClock nanoClock, PrintStream console) {
    RunClock clock = RunClock.startingNow(nanoClock);
    try {
      RunFiles files = RunFolder.create(config.record().folder(), simulation, clock.origin());
      RunInfo begun = RunEnvironment.begun(config, simulation, clock.origin());
      Run run = new Run(files, begun, clock, config, console);
      console.println(files.areKept() ? "[llm] run folder: " + files.folder() : Unkept.TOLD);
      run.baseline
          .difference(simulation, config)
          .ifPresent(text -> console.println("[llm] baseline: " + text));
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException("run folder cannot be written", e);
    }
  }

  /**
   * Refuses settings with which a run could not keep what it finds, or not be compared with its
   * baseline.
   *
   * @param simulation fully qualified name of the simulation class
   * @throws ConfigurationException if the folder cannot be made or written, the prices cannot be
   *     read, or the baseline is missing or was made with other settings
   */
  public static void check(LlmConfig config, String simulation) {
    Unkept.check(config);
    RunFolder.check(config.record());
    Telemetry.check(config.telemetry());
    BaselineCheck.of(config).require(simulation, config);
  }

  /**
   * Refuses a cap on money without a price for what the run calls.
   *
   * @param model that of calls that name none; empty if each names its own
   * @return true
   * @throws ConfigurationException if the file of prices has none for this model
   */
  public static boolean checkSpend(LlmConfig config, String provider, String model) {
    boolean capped = config.spend().maxCost().isPresent() && !model.isEmpty();
    Optional<Prices> prices =
        capped ? config.record().prices().map(Prices::read) : Optional.empty();
    if (prices.isPresent() && prices.get().of(provider, model).isEmpty()) {
      throw new ConfigurationException(
          SpendConfig.MAX_COST
              + " needs a price of "
              + provider
              + " "
              + model
              + ", and llm.cost.prices ("
              + config.record().prices().orElseThrow()
              + ") has none: add the model to the file, or limit the run by "
              + SpendConfig.MAX_TOKENS);
    }
    return true;
  }

  /**
   * Writes into {@code run.json} what was done before the first call.
   *
   * @param measurementError the measurement error; asked now and again when the run has ended
   * @param network how long it took to open connections; empty if it was not measured
   * @param sizes the sizes of the calls in words; empty if they are not known
   */
  public void prepared(
      Optional<WarmUpResult> warmUp,
      Supplier<Optional<MeasurementError>> measurementError,
      Optional<NetworkLatency> network,
      Optional<String> sizes) {
    info.prepared(warmUp, measurementError, network, sizes);
  }

  /** Writes into {@code run.json} how far the clock of the run is from one that others asked. */
  public void asked(ReferenceClock reference) {
    info.clock(reference.offset(clock.originNanos(), clock.origin()));
  }

  /** Writes the planned load into {@code run.json}. */
  public void planned(PlannedLoad load) {
    info.planned(load);
  }

  /**
   * Writes into {@code run.json} that a scenario calls a target of its own.
   *
   * @param number of the target, from 2
   * @param settings those in which it differs from the first
   */
  public void joined(int number, String provider, Map<String, String> settings) {
    info.joined(number, provider, settings);
  }

  /** Writes into {@code run.json} which limits the run has. */
  public void limits(List<Limit> limits) {
    info.limits(limits);
    missedLimit.ifPresent(missed -> missed.watch(limits));
    extension.ifPresent(more -> more.watch(limits));
  }

  /** Lets the load go on beyond its plan; empty if it ends with it. */
  public Optional<LoadExtension> extension() {
    return extension;
  }

  /** Lets another decide on the load by the records of its calls. */
  public void follow(CallFollower follower) {
    follower.begins(
        clock,
        new CallFollower.Client() {
          @Override
          public void beginStretch() {
            records.beginStretch();
          }

          @Override
          public boolean isTrusted() {
            return records.clientIsTrustedInStretch();
          }
        });
    records.follow(follower::recorded);
  }

  /** Tells these hooks of the run, from its beginning on. */
  public void tell(Hooks newHooks) {
    hooks.add(newHooks);
    newHooks.beforeRun(info.info(), folder());
  }

  /** Names the server that all calls of the run go to, for its metrics; empty if several. */
  public void address(Optional<URI> server) {
    telemetry.address(server);
  }

  /** Waits for whoever fetches the metrics of a closed run, if the settings say so. */
  void endMetrics() {
    telemetry.awaitLastScrape();
    telemetry.close();
  }

  /** Tells the hooks of the last calls of a closed run. */
  void tellLastCalls() {
    hooks.forEach(Hooks::finishCalls);
  }

  /** Tells the hooks of the end of a closed run. */
  void tellEnd() {
    hooks.forEach(told -> told.afterRun(info.info(), folder()));
  }

  /** The folder of the run. */
  public Path folder() {
    return files.folder();
  }

  /**
   * Makes the folders that {@code llm.record.splitBy} asks for, of a closed run.
   *
   * @return the folders; none if none is asked for, or no call has the label
   */
  List<Path> split() throws IOException {
    return splitBy.equals("none") || splitBy.equals("auto")
        ? List.of()
        : SplitRun.split(files, splitBy);
  }

  /** The part of a load that the run makes; empty if it makes all of it. */
  Optional<Share> share() {
    return info.info().together().share();
  }

  /** Marks the end of a share: the last that is written of it. */
  void markEnd(Share share) throws IOException {
    RunFiles.writeAtomically(files.shareEnd(), new ShareEnd(share, faults()).format());
  }

  /** Whether there is a folder to report on. */
  boolean isKept() {
    return files.areKept();
  }

  /** Which limits of a run that keeps no files nobody has judged; empty if there are none. */
  Optional<String> unjudged() {
    return Unkept.unjudged(info.info().limits());
  }

  /** The verdict on the client so far, from what was measured and not from a file. */
  Verdict verdictSoFar() {
    return records.verdict();
  }

  /** What the verdict must be for the run not to fail. */
  VerdictGate gate() {
    return gate;
  }

  /** The run that this one must not be worse than. */
  BaselineCheck baseline() {
    return baseline;
  }

  /** The settings that ended the load before it was done; none if none did. */
  List<StopCause> stopCauses() {
    return earlyStop.reached();
  }

  /** Why a run without one success has failed; empty if a call succeeded. */
  Optional<String> noSuccess() {
    return firstSuccess.missing();
  }

  /**
   * Whether a call may be sent, as far as {@code llm.spend} says. The first that may not ends the
   * load, once the calls in flight have ended; no call starts any more until then. Does not block.
   *
   * @param caller who makes the call
   * @param provider the provider's name
   */
  public boolean maySpend(CallRecords.Caller caller, String provider, LlmRequest request) {
    Optional<Spend.Refusal> refusal =
        spend.caps().isEmpty()
            ? Optional.empty()
            : spend.take(caller, provider, CallBound.of(request, caller.contextTokens()));
    refusal.filter(Spend.Refusal::first).ifPresent(first -> endWhenCallsHave(first.cap()));
    return refusal.isEmpty();
  }

  private void endWhenCallsHave(StopCause cause) {
    drain.begin();
    earlyStop.say(cause);
    Thread end =
        new Thread(
            () -> {
              drain.awaitAll();
              earlyStop.endLoad();
            },
            "llm-end-of-load");
    end.setDaemon(true);
    end.start();
  }

  /** Counts the calls to a target that were made before the load as spent. */
  public void spentBefore(Optional<WarmUpResult> warmUp, String provider, String model) {
    warmUp.ifPresent(made -> spend.warmedUp(made.target(), provider, model));
  }

  /** Looks now whether the load is to end, as the ticker does four times a second. */
  void checkStops() {
    earlyStop.check();
  }

  /** Names what ends the load when {@code llm.stop} asks for it: called at most once. */
  public void onStop(Runnable endLoad) {
    earlyStop.endsLoadBy(endLoad);
  }

  /**
   * Sets how this process ends if the load does not end after the JVM ran out of memory, or after
   * the ends of calls were found to be stuck.
   *
   * @param endProcess begins the end, and returns; called perhaps more than once
   * @param haltProcess ends the process at once, when that took too long
   */
  public void onLastWill(Runnable endProcess, Runnable haltProcess) {
    emergency.endsProcessBy(endProcess, haltProcess);
  }

  /** The clock of the run. */
  public RunClock clock() {
    return clock;
  }

  /** The ledger of the run's calls. */
  public Ledger ledger() {
    return records.ledger();
  }

  /** The number of the next call. */
  public long nextCallId() {
    return ids.getAndIncrement();
  }

  /**
   * Begins to sample the client's health.
   *
   * @param loops the event loops that calls depend on, to be probed
   * @throws UncheckedIOException if {@code health.jsonl} cannot be made
   */
  public void watchHealth(List<? extends Executor> loops) {
    try {
      records.watchHealth(loops);
    } catch (IOException e) {
      throw new UncheckedIOException("health.jsonl cannot be written", e);
    }
  }

  /**
   * Begins to read the service's own metrics.
   *
   * @param addresses none if they are not to be read
   * @throws UncheckedIOException if {@code server-metrics.jsonl} cannot be made
   */
  public void watchServer(List<URI> addresses, LlmConfig config) {
    try {
      if (!addresses.isEmpty()) {
        records.watchServer(addresses, config);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("server-metrics.jsonl cannot be written", e);
    }
  }

  /** The client that reads the service's metrics as {@code llm.serverMetrics} says. */
  public static MetricsClient metricsClient(LlmConfig config) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("user-agent", config.userAgent());
    headers.putAll(config.serverMetrics().headers());
    return new MetricsClient(headers, METRICS_PATIENCE);
  }

  /** Probes these event loops, too, from now on. */
  public void watchAlso(List<? extends Executor> loops) {
    records.watchAlso(loops);
  }

  /**
   * What the client adds to one call is reported here.
   *
   * @param heldNanos how long the user's own limit held it back: no fault of the client
   */
  public CallProbe probe(long heldNanos) {
    return records.probe(heldNanos);
  }

  /**
   * A call is about to be sent.
   *
   * @param end keeps the record if the run ends before the call's own thread gets to it
   * @param ticket of the call, which becomes sent
   * @return false if the run has ended: the call must not be sent, and its fate is not entered
   */
  public boolean started(LlmCall call, CallEnd end, Ledger.Ticket ticket) {
    return inFlight.add(
        call,
        end,
        () -> {
          ticket.becomes(Ledger.Fate.SENT);
          records.started();
        });
  }

  /**
   * Lets calls in flight come to their end, at most so long as {@code llm.load.drain} says or until
   * {@link #endDrain}; no call is to start any more. No effect on a run that has ended.
   */
  public void drain() {
    drain.await();
  }

  /** Waits no longer for calls in flight. */
  public void endDrain() {
    drain.endWait();
  }

  /** Whether no call is to start any more. */
  public boolean isDraining() {
    return drain.isOn();
  }

  /** A call has ended; its record is to be written. */
  public void ended(LlmCall call, CallRecord callRecord) {
    if (Exhausted.ofError(callRecord.error()).filter(Exhausted.MEMORY::equals).isPresent()) {
      emergency.outOfMemory();
    }
    spend.ended(callRecord);
    firstSuccess.ended(callRecord);
    records.ended(callRecord, call.lateEvents());
    inFlight.remove(call);
  }

  /**
   * A call is due and waits to be let go.
   *
   * @param end ends it if it still waits when the run ends, on the thread that closes the run; its
   *     identity is that of the call
   */
  public void held(Runnable end) {
    held.add(end);
  }

  /** Whether a held call goes on: not if the run has ended meanwhile. */
  public boolean goesOn(Runnable end) {
    return held.goesOn(end);
  }

  /** An arrival was dropped, because of the client. */
  public void dropped(CallRecord callRecord) {
    records.dropped(callRecord);
  }

  /** An arrival was dropped, because the user's own limit held it back. */
  public void heldTooLong(CallRecord callRecord) {
    records.heldTooLong(callRecord);
  }

  /** A call that was never in flight, such as one that could not be built. */
  public void unsent(CallRecord callRecord) {
    firstSuccess.ended(callRecord);
    records.unsent(callRecord);
  }

  /**
   * Notes an error thrown by our code or a user's. After an {@link OutOfMemoryError} nothing in
   * this JVM can be relied on: the load ends, and the run fails with what it has.
   */
  public void thrown(Throwable cause) {
    emergency.thrown(cause);
  }

  /**
   * The load engine gave the run up, before or after the run was closed.
   *
   * @param sentence why
   */
  public void crashed(String sentence) {
    info.crashed(sentence);
  }

  /** Why the load engine gave the run up; empty if it did not. */
  Optional<String> crash() {
    return info.info().period().crash();
  }

  /** Adds a reason why the run has failed, a sentence. */
  void fault(String sentence) {
    faults.add(sentence);
  }

  /** Why the run has failed; empty if it has not. */
  List<String> faults() {
    return faults.all();
  }

  /**
   * Ends the run: calls in flight become unfinished, the records are written to the end, and {@code
   * run.json} gets its end. Only the first call has an effect; others return when it is done.
   *
   * @param interrupted whether the run was stopped before its load was done
   */
  public void close(boolean interrupted) {
    synchronized (closing) {
      if (!info.hasEnded()) {
        endCalls();
        records.close();
        extension.ifPresent(LoadExtension::runEnds);
        notePlans();
        Instant end = Instant.ofEpochMilli(clock.epochMillis(clock.clock().nanos()));
        info.ended(end, interrupted || earlyStop.came(), () -> records.accounting(faults));
        // Last: a collector that does not answer takes its time.
        telemetry.end();
      }
    }
  }

  /** A run that is killed has its plan in the file, too. */
  private void notePlans() {
    info.plans(ledger().plans(clock.originNanos()));
  }

  private void endCalls() {
    drain.runEnds();
    ticker.shutdownNow();
    emergency.close();
    // First: a call in flight that is given up makes room for one that waits.
    held.endAll();
    inFlight.close();
    inFlight.abandonAll();
    // A call may have ended on its own a moment ago and still be on its way to the writer.
    inFlight.await(LAST_RECORDS_NANOS, () -> false);
    inFlight.recordNow();
  }

  /**
   * Adds the engine's verdicts, those of {@code llm.stop} and {@code llm.spend}, and that no call
   * succeeded, to {@code run.json} of a closed run.
   */
  public void addAssertions(List<AssertionResult> assertions) {
    List<AssertionResult> all = new ArrayList<>();
    all.addAll(earlyStop.assertions());
    if (stopCauses().isEmpty()) {
      firstSuccess.assertion().ifPresent(all::add);
    }
    all.addAll(assertions);
    info.addAssertions(all);
  }
}
