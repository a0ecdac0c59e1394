package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.arrival.ArrivalDecision;
import dev.gatlingllm.call.CancelDraw;
import dev.gatlingllm.gatling.call.CallPartException;
import dev.gatlingllm.gatling.call.CallTemplate;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CancelPlan;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.run.CallRecords;
import dev.gatlingllm.run.Ledger;
import dev.gatlingllm.run.Run;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.commons.util.Clock;
import io.gatling.commons.validation.Success;
import io.gatling.commons.validation.Validation;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import io.gatling.core.stats.StatsEngine;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.internal.Converters;
import io.gatling.javaapi.core.internal.Expressions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import scala.Function1;
import scala.runtime.BoxedUnit;

/**
 * Makes one call for each user who comes by: prepares it off the event loop, waits for its arrival
 * on a timer and sends it ({@link PendingCall}), and when it has ended, once, on the user's event
 * loop: checks, metrics, record, next ({@link EndedCall}). Whatever is thrown on the way is a
 * failed call with a record, and the user goes on.
 */
final class LlmAction extends ActionLadder.Request {

  private static final Validation<BoxedUnit> UNDER_WAY = new Success<>(BoxedUnit.UNIT);

  /** Loaded with this class: the first call would be late by the time that it takes. */
  static final Set<Class<?>> NEEDED_WHEN_A_CALL_IS_DUE =
      Set.of(ArrivalDecision.Start.class, ArrivalDecision.Dropped.class);

  /** Names of calls may differ from user to user. */
  private static final int MOST_LOGGED = 100;

  private final LlmComponents components;
  private final ScenarioContext context;
  private final CallTemplate template;
  private final LlmChecks checks;
  private final Optional<HttpCalls> http;
  private final Action next;
  private final GatlingMetrics metrics;
  private final CallRecords records;
  private final CancelDraw cancel;
  private final NanoClock nanoClock;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();
  private final Run run;

  LlmAction(
      LlmComponents components,
      ScenarioContext context,
      CallTemplate template,
      LlmChecks checks,
      Optional<HttpCalls> http,
      Action next) {
    this.components = components;
    this.context = context;
    this.template = template;
    this.checks = checks;
    this.http = http;
    this.next = next;
    this.run = components.run();
    this.nanoClock = run.clock().clock();
    this.metrics = new GatlingMetrics(statsEngine(), run.clock(), components.config().slo());
    this.records = components.records();
    this.cancel = components.config().cancel().draw(template.cancel(), components.config().seed());
  }

  @Override
  public String name() {
    return "llm";
  }

  @Override
  public Action next() {
    return next;
  }

  @Override
  public StatsEngine statsEngine() {
    return context.coreComponents().statsEngine();
  }

  @Override
  public Clock clock() {
    return context.coreComponents().clock();
  }

  @Override
  public Function1<Session, Validation<String>> requestName() {
    return Expressions.javaFunctionToExpression(template.name());
  }

  @Override
  public Validation<BoxedUnit> sendRequest(Session session) {
    if (template.dialogue().isBrokenOff(new io.gatling.javaapi.core.Session(session))) {
      next.$bang(session);
      return UNDER_WAY;
    }
    NextCall call = NextCall.of(session, run.ledger());
    try {
      components.preparers().execute(() -> prepare(call));
    } catch (RejectedExecutionException ignored) {
      // the run has ended: nobody waits for this user any more
    } catch (Throwable e) {
      crash(call, e);
    }
    return UNDER_WAY;
  }

  private void prepare(NextCall call) {
    try {
      CallTemplate.Prepared prepared =
          template.prepare(
              new io.gatling.javaapi.core.Session(call.session()), components.config().request());
      records.remember(prepared.request());
      CallTemplate.Prepared ready =
          prepared.with(components.hooks().beforeCall(prepared.name(), prepared.request()));
      records.remember(ready.request());
      onEventLoop(call.session(), () -> arrive(call, ready));
    } catch (Throwable e) {
      onEventLoop(call.session(), () -> crash(call, e));
    }
  }

  private void arrive(NextCall call, CallTemplate.Prepared prepared) {
    long id = run.nextCallId();
    try {
      new PendingCall(this, call, prepared, id).arrive();
    } catch (Throwable e) {
      crash(call, id, e);
    }
  }

  /**
   * Fails a call that was never sent because our code or the user's failed: it has a record, too.
   */
  void crash(NextCall call, Throwable cause) {
    crash(call, run.nextCallId(), cause);
  }

  private void crash(NextCall call, long id, Throwable cause) {
    Session session = call.session();
    try {
      call.ticket().becomes(Ledger.Fate.NEVER_BUILT);
      Throwable thrown = cause instanceof CallPartException ? cause.getCause() : cause;
      run.thrown(thrown);
      String name = nameOrNone(session);
      String text = text(name, session.scenario(), cause);
      quietly(() -> log(text, thrown));
      long now = nanoClock.nanos();
      CallRecords.Caller caller =
          new CallRecords.Caller(
              id,
              name,
              groups(session),
              labelsOfUnbuilt(id),
              "",
              OptionalInt.empty(),
              CancelPlan.NONE,
              template.dialogue().place(new io.gatling.javaapi.core.Session(session), id));
      CallRecord crashed =
          records.unsent(
              caller, now, now, Outcome.CRASHED, text, "the log has where it was thrown");
      quietly(() -> metrics.log(session.scenario(), crashed));
      run.unsent(crashed);
    } finally {
      next.$bang(brokenOff(session.markAsFailed()));
    }
  }

  /** The session after a call that did not succeed: its conversation, if it is in one, is over. */
  Session brokenOff(Session session) {
    return template.dialogue().brokenOff(new io.gatling.javaapi.core.Session(session)).asScala();
  }

  /** A call that chooses its target belongs to none before it is built. */
  private Map<String, String> labelsOfUnbuilt(long id) {
    Targets.Target target = components.target();
    boolean drawn = template.target().isEmpty() && http.isEmpty();
    long number = components.config().load().part().number(id);
    return (drawn ? target.route(number, Optional.empty()) : target.whole()).labels(Map.of());
  }

  /** One row of the report for each cause: no value of a user is in it. */
  private static String text(String name, String scenario, Throwable cause) {
    String why =
        cause instanceof CallPartException
            ? cause.getMessage()
            : CallRecords.crashText(cause, "").replaceFirst("^crashed: ", "");
    return "not built: call '" + name + "' of scenario '" + scenario + "': " + why;
  }

  /** Where it was thrown once for each text: the report counts the rest. */
  private void log(String text, Throwable cause) {
    if (logged.size() < MOST_LOGGED && logged.add(text)) {
      logger().underlying().error(text, cause);
    }
  }

  /** Runs a step whose failure must not affect the end of a call. */
  void quietly(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      run.thrown(e);
      logger().underlying().error("A step at the end of a call failed", e);
    }
  }

  private String nameOrNone(Session session) {
    try {
      return template.name().apply(new io.gatling.javaapi.core.Session(session));
    } catch (Throwable ignored) {
      return "unnamed call";
    }
  }

  static List<String> groups(Session session) {
    return Converters.toJavaList(session.groups());
  }

  /** Whether the task will run: not once Gatling has shut its loops down, when the run is over. */
  static boolean onEventLoop(Session session, Runnable task) {
    if (session.eventLoop().inEventLoop()) {
      task.run();
      return true;
    }
    try {
      session.eventLoop().execute(task);
      return true;
    } catch (RejectedExecutionException ignored) {
      return false;
    }
  }

  LlmComponents components() {
    return components;
  }

  ScenarioContext context() {
    return context;
  }

  Optional<HttpCalls> http() {
    return http;
  }

  LlmChecks checks() {
    return checks;
  }

  CancelDraw cancel() {
    return cancel;
  }

  GatlingMetrics metrics() {
    return metrics;
  }
}
