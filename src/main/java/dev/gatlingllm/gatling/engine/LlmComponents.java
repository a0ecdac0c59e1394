package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.arrival.ArrivalPolicy;
import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.RetryConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.health.ClientHealth;
import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.live.Screen;
import dev.gatlingllm.log.Output;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.report.live.LiveReport;
import dev.gatlingllm.run.CallFollower;
import dev.gatlingllm.run.CallRecords;
import dev.gatlingllm.run.HealthProbe;
import dev.gatlingllm.run.HeldSignals;
import dev.gatlingllm.run.Hooks;
import dev.gatlingllm.run.Run;
import dev.gatlingllm.run.RunEnd;
import dev.gatlingllm.text.Console;
import dev.gatlingllm.timing.NanoClock;
import dev.gatlingllm.together.Meeting;
import io.gatling.core.CoreComponents;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.controller.Controller$Command$StopLoadGenerator;
import io.gatling.core.protocol.Protocol;
import io.gatling.core.protocol.ProtocolComponents;
import io.gatling.core.protocol.ProtocolKey;
import io.gatling.core.session.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function1;
import scala.runtime.BoxedUnit;

/**
 * What the actions of a scenario share: the run, the target, the limits. One for all scenarios with
 * the same protocol.
 *
 * @param targets those of the whole run
 * @param witness sees every call that has ended
 * @param preparers where requests are built, which may take milliseconds: off the event loops
 * @param counters where tokens are counted, which may take seconds: off the event loops
 * @param records makes the records of the run
 */
record LlmComponents(
    Run run,
    LlmConfig config,
    Targets targets,
    Targets.Target target,
    Consumer<CallResult> witness,
    ExecutorService preparers,
    ExecutorService counters,
    Hooks hooks,
    CallLimits limits,
    RetryPolicy retry,
    ArrivalPolicy arrivalPolicy,
    InFlightLimit inFlight,
    CallRecords records)
    implements ProtocolComponents {

  /** Under which Gatling keeps the protocol and its components. */
  static final ProtocolKey<LlmProtocol, LlmComponents> KEY = new Key();

  private static final Logger LOG = LoggerFactory.getLogger(LlmComponents.class);

  private static final long LONGEST_CLOSE_MILLIS = 20_000;

  /** The parts of a run that has begun. */
  static LlmComponents of(
      LlmProtocol protocol,
      Run run,
      Consumer<CallResult> witness,
      ExecutorService preparers,
      ExecutorService counters) {
    return of(protocol, run, new Targets(), witness, preparers, counters);
  }

  private static LlmComponents of(
      LlmProtocol protocol,
      Run run,
      Targets targets,
      Consumer<CallResult> witness,
      ExecutorService preparers,
      ExecutorService counters) {
    LlmConfig config = protocol.config();
    LlmClient client = protocol.client();
    Hooks hooks = new Hooks(protocol.hooks(), Console.out());
    boolean capped = config.load().isOpen() && config.load().clients().isPresent();
    int most = capped ? config.load().clients().getAsInt() : Integer.MAX_VALUE;
    LlmComponents components =
        new LlmComponents(
            run,
            config,
            targets,
            targets.add(client, config.seed()),
            witness,
            preparers,
            counters,
            hooks,
            limits(config),
            retry(config),
            arrivalPolicyOf(config),
            new InFlightLimit(most, run.clock().clock()),
            new CallRecords(run.clock(), client.provider(), config.record(), protocol.tokenizer()));
    run.tell(hooks);
    return components;
  }

  LlmClient client() {
    return target.client();
  }

  /**
   * The parts of a further protocol of the run, with a target of its own.
   *
   * @param differences the settings that are not those of the first protocol
   */
  LlmComponents joinedBy(
      LlmProtocol protocol, CoreComponents core, Map<String, String> differences) {
    Preparation.Prepared prepared =
        protocol.preparation().prepare(engine(protocol, core, preparers));
    List<Executor> loops = protocol.client().eventLoops();
    loops.forEach(loop -> loop.execute(() -> {}));
    run.prepared(
        prepared.warmUp(), prepared.measurementError(), prepared.network(), prepared.sizes());
    run.spentBefore(prepared.warmUp(), protocol.client().provider(), model(protocol));
    run.address(Optional.empty());
    run.joined(targets.size() + 1, protocol.client().provider(), differences);
    run.watchAlso(loops);
    return of(protocol, run, targets, prepared.witness(), preparers, counters);
  }

  /** The parts of a protocol that has other hooks only. */
  LlmComponents withHooks(List<Hook> others) {
    Hooks told = new Hooks(others, Console.out());
    run.tell(told);
    return new LlmComponents(
        run,
        config,
        targets,
        target,
        witness,
        preparers,
        counters,
        told,
        limits,
        retry,
        arrivalPolicy,
        inFlight,
        records);
  }

  /** Prepares and begins the one run of this JVM. */
  static LlmComponents begin(LlmProtocol protocol, CoreComponents core) {
    Output.scrub();
    LlmConfig config = protocol.config();
    Screen.ofProcess().prepare(config.progress().show());
    Optional<LiveReport> live =
        Startup.orExit(() -> LiveReport.open(config.live(), NanoClock.SYSTEM, Console.out()));
    Meeting meeting =
        Startup.orExit(
            () -> Meeting.come(config, protocol.simulation(), NanoClock.SYSTEM, Console.out()));
    ExecutorService preparers = threads("llm-prepare-");
    Preparation.Prepared prepared =
        protocol.preparation().prepare(engine(protocol, core, preparers));
    // Event loops start their threads at the first task: that of no call.
    protocol.client().eventLoops().forEach(loop -> loop.execute(() -> {}));
    Meeting.Agreed agreed = Startup.orExit(meeting::agree);
    HeldSignals signals = HeldSignals.hold();
    Run run =
        Startup.orExit(
            () -> Run.begin(config, protocol.simulation(), NanoClock.SYSTEM, Console.out()));
    agreed.reference().ifPresent(run::asked);
    agreed.beginNanos().ifPresent(CommonStart.OF_PROCESS::agree);
    live.ifPresent(run::show);
    DeclaredGoals.take().ifPresent(run::aims);
    GatlingResults results =
        new GatlingResults(protocol.simulation(), core.statsEngine(), core.configuration());
    RunEnd end = RunEnd.onShutdown(run, results::read, signals, Console.out());
    List<CallFollower> followers = followers(protocol);
    List<Limit> declared = DeclaredLimits.take(config.slo());
    run.limits(followers.isEmpty() ? declared : List.of());
    ExtendedLoad.take().forEach(load -> load.goesOnBy(run));
    DeclaredLoads.take().ifPresent(run::planned);
    GatlingCrash.watch(run);
    run.prepared(
        prepared.warmUp(), prepared.measurementError(), prepared.network(), prepared.sizes());
    run.spentBefore(prepared.warmUp(), protocol.client().provider(), model(protocol));
    run.address(protocol.preparation().address());
    LlmComponents components =
        LlmComponents.of(protocol, run, prepared.witness(), preparers, threads("llm-count-"));
    components.follow(core, end);
    run.watchServer(protocol.serverMetrics(), config);
    followers.forEach(run::follow);
    return components;
  }

  private static List<CallFollower> followers(LlmProtocol protocol) {
    return protocol.hooks().stream()
        .filter(CallFollower.class::isInstance)
        .map(CallFollower.class::cast)
        .toList();
  }

  private void follow(CoreComponents core, RunEnd end) {
    run.watchHealth(eventLoops(core));
    run.onStop(
        () ->
            core.controller()
                .$bang(
                    new Controller$Command$StopLoadGenerator(
                        "the run is stopped, see above", false)));
    core.actorSystem().registerOnTermination(() -> terminated(end));
  }

  /** The event loops and threads that the calls of the run will use. */
  private static Preparation.Engine engine(
      LlmProtocol protocol, CoreComponents core, ExecutorService preparers) {
    NanoClock clock = NanoClock.SYSTEM;
    LlmConfig config = protocol.config();
    CallRecords records =
        new CallRecords(
            new RunClock(clock, clock.nanos(), Instant.now()),
            protocol.client().provider(),
            config.record(),
            protocol.tokenizer());
    return new Preparation.Engine(
        () -> new EventLoopTimer(core.eventLoopGroup().next()),
        preparers,
        new HealthProbe(new ClientHealth(), 0),
        new DryRun(records, config.slo()),
        target -> new LoneHttpClient(core, target));
  }

  private Object terminated(RunEnd end) {
    end.loadIsOver();
    run.close(false);
    preparers.shutdownNow();
    counters.shutdownNow();
    targets.clients().forEach(this::close);
    return BoxedUnit.UNIT;
  }

  /** A client that does not close must not hold the report: it is left to the end of the JVM. */
  private void close(LlmClient client) {
    Thread closing = new Thread(() -> closeQuietly(client), "llm-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(LONGEST_CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (closing.isAlive()) {
      Console.out()
          .println("[llm] the client of the provider does not close: the run ends without");
    }
  }

  private void closeQuietly(LlmClient client) {
    try {
      client.close();
    } catch (Throwable e) {
      run.thrown(e);
      LOG.error("The client of the provider did not close", e);
    }
  }

  /** Those that read the answers and those that start the users. */
  private List<Executor> eventLoops(CoreComponents core) {
    List<Executor> loops = new ArrayList<>(client().eventLoops());
    core.eventLoopGroup().forEach(loops::add);
    return loops;
  }

  private static ExecutorService threads(String name) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
        task -> {
          Thread thread = new Thread(task, name + number.getAndIncrement());
          thread.setDaemon(true);
          return thread;
        });
  }

  static CallLimits limits(LlmConfig config) {
    return config.timeout().limits(config.record().answerChars());
  }

  static RetryPolicy retry(LlmConfig config) {
    RetryConfig retry = config.retry();
    return new RetryPolicy(
        retry.header(),
        retry.backoff(),
        retry.maxAttempts(),
        retry.base().toNanos(),
        retry.maxTime().toNanos(),
        retry.staleConnection(),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  static ArrivalPolicy arrivalPolicyOf(LlmConfig config) {
    return new ArrivalPolicy(config.load().maxScheduleDelay(), config.load().catchUp());
  }

  private static String model(LlmProtocol protocol) {
    return protocol.client().defaultModel();
  }

  @Override
  public Function1<Session, Session> onStart() {
    return session -> session;
  }

  @Override
  public Function1<Session, BoxedUnit> onExit() {
    return ProtocolComponents.NoopOnExit();
  }

  private static final class Key implements ProtocolKey<LlmProtocol, LlmComponents> {

    @Override
    @SuppressWarnings("unchecked")
    public Class<Protocol> protocolClass() {
      return (Class<Protocol>) (Class<?>) LlmProtocol.class;
    }

    @Override
    public LlmProtocol defaultProtocolValue(GatlingConfiguration configuration) {
      throw new IllegalStateException(
          "the simulation uses llm(…) without .protocols(llm) in its setUp");
    }

    @Override
    public Function1<LlmProtocol, LlmComponents> newComponents(CoreComponents core) {
      // Gatling calls the returned function once per scenario.
      ComponentsOfRun components = new ComponentsOfRun(core, LlmComponents::begin);
      return components::of;
    }
  }
}
