package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.call.CallTemplate;
import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.prompt.Tokenizer;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.run.Run;
import io.gatling.core.CoreComponents;
import io.gatling.core.actor.ActorSystem;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.controller.Controller;
import io.gatling.core.controller.throttle.Throttler;
import io.gatling.core.pause.Constant$;
import io.gatling.core.protocol.Protocol;
import io.gatling.core.protocol.ProtocolComponentsRegistry;
import io.gatling.core.protocol.ProtocolKey;
import io.gatling.core.session.Session;
import io.gatling.core.session.Session$;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.internal.Converters;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import scala.Function1;
import scala.Option;
import scala.collection.mutable.HashMap;

/**
 * A run without Gatling's injector: real actions and records, and one event loop and one clock that
 * only the test moves. Requests are built, and tokens counted, at once on the test's thread.
 */
public final class Stage implements AutoCloseable {

  private static final GatlingConfiguration GATLING = GatlingDefaults.use();

  /** Longer than any scenario of a test. */
  private static final Duration LONGEST = Duration.ofHours(2);

  final PlayedService service;
  final ManualClock clock;
  final RecordingStatsEngine stats = new RecordingStatsEngine();
  final RecordingActor<Throttler.Command> throttler = new RecordingActor<>();
  final RecordingAction next = new RecordingAction();
  final List<CallResult> witnessed = new ArrayList<>();
  final Run run;
  final LlmComponents components;
  private final LlmProtocol protocol;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ActorSystem actors = new ActorSystem();
  final ManualLoop loop;
  private long users;

  private Stage(
      LlmProtocol protocol,
      PlayedService service,
      ExecutorService builders,
      ExecutorService counters) {
    this.protocol = protocol;
    this.service = service;
    this.clock = service.clock;
    this.loop = new ManualLoop(clock);
    service.answersOn(loop);
    this.run =
        Run.begin(
            protocol.config(),
            protocol.simulation(),
            clock,
            new PrintStream(printed, true, StandardCharsets.UTF_8));
    this.components = LlmComponents.of(protocol, run, witnessed::add, builders, counters);
  }

  /** Settings with these changes; records go to the folder. */
  public static LlmConfig settings(Path folder, String... changes) {
    Properties properties = new Properties();
    properties.setProperty("llm.record.folder", folder.toString());
    properties.setProperty("llm.console.progress", "0 s");
    for (String change : changes) {
      String[] pair = change.split("=", 2);
      properties.setProperty(pair[0], pair[1]);
    }
    return LlmConfig.read(properties);
  }

  /** A run of these settings against a service. */
  public static Stage of(LlmConfig config, PlayedService service, Hook... hooks) {
    return of(config, service, TokenCounter.standard(), hooks);
  }

  static Stage of(LlmConfig config, PlayedService service, Tokenizer tokenizer, Hook... hooks) {
    ExecutorService atOnce = ImmediateEventExecutor.INSTANCE;
    return of(config, service, tokenizer, atOnce, atOnce, hooks);
  }

  static Stage of(
      LlmConfig config,
      PlayedService service,
      Tokenizer tokenizer,
      ExecutorService builders,
      ExecutorService counters,
      Hook... hooks) {
    LlmProtocol protocol =
        new LlmProtocol(
            "example.Played", config, service, tokenizer, List.of(hooks), Preparation.NONE);
    return new Stage(protocol, service, builders, counters);
  }

  /** A new user, who has done nothing yet. */
  Session user() {
    return Session$.MODULE$.apply("played", users++, loop);
  }

  /** A call of this name with one message of a user. */
  static CallTemplate template(String name, String prompt) {
    return CallTemplate.named(session -> name)
        .withPrompts(session -> List.of(Message.user(prompt)));
  }

  /** The action that makes such calls, before {@link #next}. */
  LlmAction action(CallTemplate template) {
    return action(template, false);
  }

  LlmAction action(CallTemplate template, boolean throttled) {
    return new LlmAction(
        components,
        context(throttled),
        template,
        new LlmChecks(template.checks()),
        Optional.empty(),
        next);
  }

  /** What Gatling gives to every action; the components of our protocol are those of this stage. */
  ScenarioContext context(boolean throttled) {
    return context(core(stats, loop, actors), throttled, protocol.getClass());
  }

  private ScenarioContext context(CoreComponents core, boolean throttled, Class<?> ours) {
    HashMap<ProtocolKey<?, ?>, Function1<Protocol, ?>> made = new HashMap<>();
    made.put(LlmComponents.KEY, same -> components);
    return new ScenarioContext(
        core, registry(core, Map.of(ours, protocol), made), Constant$.MODULE$, throttled);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static ProtocolComponentsRegistry registry(
      CoreComponents core, Map<Class<?>, LlmProtocol> protocols, HashMap made) {
    return new ProtocolComponentsRegistry(
        core,
        (scala.collection.immutable.Map) Converters.toScalaMap(protocols),
        made,
        new HashMap<>());
  }

  private CoreComponents core(
      RecordingStatsEngine statistics, EventLoopGroup loops, ActorSystem system) {
    return new CoreComponents(
        system,
        loops,
        new RecordingActor<Controller.Command>(),
        Option.apply(throttler),
        statistics,
        clock,
        next,
        GATLING);
  }

  /** Lets time pass; what falls due happens at its own instant. */
  void advance(Duration duration) {
    long until = clock.nanos() + duration.toNanos();
    loop.turn();
    while (loop.untilNext().orElse(Long.MAX_VALUE) <= until - clock.nanos()) {
      clock.moveTo(clock.nanos() + loop.untilNext().getAsLong());
      loop.turn();
    }
    clock.moveTo(until);
  }

  /**
   * Plays populations one after another, all users of one beginning at the same instant, until the
   * last of them is through.
   */
  public void play(List<PopulationBuilder> populations) {
    populations.forEach(population -> play(population.asScala()));
  }

  private void play(io.gatling.core.structure.PopulationBuilder population) {
    int before = next.sessions.size();
    int starting = ((Number) population.injectionProfile().totalUserCount().get()).intValue();
    var first = population.scenarioBuilder().build(context(false), next);
    for (int user = 0; user < starting; user++) {
      first.$bang(user());
    }
    long begin = clock.nanos();
    loop.turn();
    while (next.sessions.size() < before + starting) {
      step(begin + LONGEST.toNanos());
    }
    Converters.toJavaList(population.children())
        .forEach(group -> Converters.toJavaList(group).forEach(this::play));
  }

  private void step(long latest) {
    OptionalLong wait = loop.untilNext();
    if (wait.isEmpty() ? !loop.awaitTask() : clock.nanos() + wait.getAsLong() > latest) {
      throw new AssertionError("a user does not come to the end of the scenario");
    }
    clock.moveTo(clock.nanos() + wait.orElse(0));
    loop.turn();
  }

  /** Lets the load that a simulation has declared go on until these limits are decided. */
  public void goesOn(Limit... limits) {
    run.limits(List.of(limits));
    ExtendedLoad.take().forEach(load -> load.goesOnBy(run));
  }

  /** A step of a scenario that looks at the limits now, as the run does four times a second. */
  public Function<io.gatling.javaapi.core.Session, io.gatling.javaapi.core.Session> look() {
    return session -> {
      run.extension().orElseThrow().reachedNow();
      return session;
    };
  }

  /** What {@code run.json} says now. */
  public RunInfo info() {
    try {
      return new RunFiles(run.folder()).readInfo();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the run; its records as they stand in {@code calls.jsonl}. */
  public List<CallRecord> records() {
    run.close(false);
    List<CallRecord> records = new ArrayList<>();
    try {
      CallRecordReader.read(new RunFiles(run.folder()).calls(), records::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  /** What the run has printed. */
  public String console() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    run.close(false);
    actors.close();
  }
}
