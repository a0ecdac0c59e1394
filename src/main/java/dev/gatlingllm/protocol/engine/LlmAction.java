package dev.gatlingllm.protocol.engine;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.protocol.Arrivals;
import dev.gatlingllm.protocol.CallTemplate;
import dev.gatlingllm.protocol.LastCall;
import dev.gatlingllm.protocol.LlmResponse;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.run.CallRecords;
import dev.gatlingllm.run.Run;
import dev.gatlingllm.timing.ArrivalDecision;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.commons.util.Clock;
import io.gatling.commons.validation.Success;
import io.gatling.commons.validation.Validation;
import io.gatling.core.action.Action;
import io.gatling.core.controller.throttle.Throttler$Command$ThrottledRequest;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import scala.Function1;
import scala.Option;
import scala.runtime.BoxedUnit;

/**
 * Makes one call for each user who comes by: prepares it off the event loop, waits for its arrival
 * on a timer, sends it, and when it has ended, once, on the user's event loop: checks, metrics,
 * record, next.
 */
final class LlmAction extends ActionLadder.Request {

  private static final Validation<BoxedUnit> UNDER_WAY = new Success<>(BoxedUnit.UNIT);

  /** Loaded with this class: the first call would be late by the time that it takes. */
  static final Set<Class<?>> NEEDED_WHEN_A_CALL_IS_DUE =
      Set.of(ArrivalDecision.Start.class, ArrivalDecision.Missed.class);

  private final LlmComponents components;
  private final ScenarioContext context;
  private final CallTemplate template;
  private final LlmChecks checks;
  private final Optional<HttpCalls> http;
  private final Action next;
  private final GatlingMetrics metrics;
  private final CallRecords records;
  private final NanoClock nanoClock;
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
    try {
      components.preparersPool().execute(() -> prepare(session));
    } catch (RejectedExecutionException ignored) {
      // the run has ended: nobody waits for this user any more
    }
    return UNDER_WAY;
  }

  private void prepare(Session session) {
    CallTemplate.Prepared prepared;
    try {
      prepared =
          template.prepare(
              new io.gatling.javaapi.core.Session(session), components.config().request());
      records.remember(prepared.request());
      prepared = prepared.with(components.hooks().beforeCall(prepared.name(), prepared.request()));
    } catch (RuntimeException e) {
      onEventLoop(session, () -> crash(session, e));
      return;
    }
    CallTemplate.Prepared ready = prepared;
    records.remember(ready.request());
    onEventLoop(session, () -> new Pending(session, ready).arrive());
  }

  /** A call that could not even be built is a failed call, not a lost one. */
  private void crash(Session session, RuntimeException cause) {
    logger().underlying().error("The call could not be built", cause);
    long now = nanoClock.nanos();
    CallRecords.Caller caller =
        new CallRecords.Caller(
            run.nextCallId(),
            nameOrNone(session),
            groups(session),
            Map.of(),
            "",
            OptionalInt.empty());
    CallRecord crashed =
        records.unsent(
            caller,
            now,
            now,
            Outcome.CRASHED,
            "crashed: " + cause.getClass().getSimpleName(),
            "the call could not be built; the log has the exception");
    metrics.log(session.scenario(), crashed);
    run.keep(crashed);
    next.$bang(session.markAsFailed());
  }

  private String nameOrNone(Session session) {
    try {
      return template.name().apply(new io.gatling.javaapi.core.Session(session));
    } catch (RuntimeException ignored) {
      return "unnamed call";
    }
  }

  private static List<String> groups(Session session) {
    return Converters.toJavaList(session.groups());
  }

  /** Whether the task will run: not once Gatling has shut its loops down, when the run is over. */
  private static boolean onEventLoop(Session session, Runnable task) {
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

  /**
   * One user's call between being ready and being over. What it needs when it is due is made before
   * it waits for that: to link a lambda takes half a millisecond the first time.
   */
  private final class Pending {

    private final Session session;
    private final LlmRequest request;
    private final LlmClient client;
    private final LongConsumer enter = this::enter;
    private final Runnable startOrMiss = this::startOrMiss;
    private final Consumer<CallResult> onEnd = this::ended;
    private final CallRecords.Caller caller;
    private final EventLoopTimer timer;
    private final boolean onSchedule;
    private final long arrivalNanos;

    private LlmCall call;

    /** How long the user's own limits held the call back. */
    private long heldNanos;

    /** What the answer said that the next calls of the user need. */
    private Optional<String> kept = Optional.empty();

    Pending(Session session, CallTemplate.Prepared prepared) {
      Option<Object> scheduled = session.attributes().get(Arrivals.ATTRIBUTE);
      this.onSchedule = scheduled.isDefined();
      this.arrivalNanos = onSchedule ? (Long) scheduled.get() : nanoClock.nanos();
      // The next call of the same user is not on the schedule.
      this.session = onSchedule ? session.remove(Arrivals.ATTRIBUTE) : session;
      this.request = prepared.request();
      this.client = client();
      this.timer = new EventLoopTimer(session.eventLoop());
      this.caller =
          new CallRecords.Caller(
              run.nextCallId(),
              prepared.name(),
              groups(session),
              prepared.labels(),
              model(),
              prepared.contextTokens());
    }

    void arrive() {
      if (components.judge().judge(arrivalNanos, nanoClock.nanos())
          instanceof ArrivalDecision.Wait wait) {
        timer.schedule(wait.nanos(), this::arrive);
      } else if (context.throttled()) {
        throttle(nanoClock.nanos());
      } else {
        queue();
      }
    }

    private void throttle(long askedNanos) {
      context
          .coreComponents()
          .throttler()
          .get()
          .$bang(
              new Throttler$Command$ThrottledRequest(
                  session.scenario(),
                  () -> {
                    heldNanos = nanoClock.nanos() - askedNanos;
                    queue();
                    return BoxedUnit.UNIT;
                  }));
    }

    private void queue() {
      components.inFlight().acquire(enter);
    }

    private void enter(long waitedNanos) {
      heldNanos += waitedNanos;
      onEventLoop(session, startOrMiss);
    }

    private void startOrMiss() {
      if (onSchedule
          && components.judge().judge(arrivalNanos, nanoClock.nanos())
              instanceof ArrivalDecision.Missed) {
        components.inFlight().release();
        miss(nanoClock.nanos());
        next.$bang(session);
        return;
      }
      start();
    }

    private void miss(long nowNanos) {
      CallRecord missed =
          records.unsent(caller, arrivalNanos, nowNanos, Outcome.MISSED, "missed arrival", "");
      if (components.judge().judge(arrivalNanos + heldNanos, nowNanos)
          instanceof ArrivalDecision.Missed) {
        run.missed(missed);
      } else {
        run.heldTooLong(missed);
      }
    }

    private void start() {
      if (run.isDraining()) {
        // nobody waits for this user any more
        components.inFlight().release();
        return;
      }
      call =
          new LlmCall(
              client,
              request,
              arrivalNanos,
              components.limits(),
              components.retry(),
              timer,
              nanoClock,
              run.watch(heldNanos),
              onEnd);
      run.started(call);
      call.start();
    }

    private String model() {
      return request.model().isEmpty()
          ? http.map(HttpCalls::target).orElseGet(components::defaultModel)
          : request.model();
    }

    private LlmClient client() {
      return http.map(calls -> calls.clientOf(session, value -> kept = Optional.of(value)))
          .orElseGet(components::client);
    }

    private void ended(CallResult result) {
      components.inFlight().release();
      components.witness().accept(result);
      boolean runIsOver = result.outcome() == Outcome.UNFINISHED;
      if (runIsOver || !onEventLoop(session, () -> finish(result))) {
        ended(records.of(caller, request, result), result);
      }
    }

    private void ended(CallRecord callRecord, CallResult result) {
      run.ended(call, callRecord);
      components.hooks().afterCall(callRecord, result.answer());
    }

    private void finish(CallResult result) {
      CallRecord callRecord = records.of(caller, request, result);
      Session after = kept.map(value -> session.set(http.get().savedAs(), value)).orElse(session);
      if (result.outcome() == Outcome.SUCCEEDED) {
        LlmChecks.Verdict verdict = checks.run(new LlmResponse(result.answer(), callRecord), after);
        after = verdict.session();
        if (verdict.failure().isPresent()) {
          callRecord = callRecord.withFailedCheck("check failed: " + verdict.failure().get());
        }
      }
      metrics.log(session.scenario(), callRecord);
      ended(callRecord, result);
      GatlingMetrics.Interval interval = metrics.interval(callRecord);
      after = after.set(LastCall.ATTRIBUTE, callRecord);
      after = after.logGroupRequestTimings(interval.startMillis(), interval.endMillis());
      next.$bang(callRecord.outcome() == Outcome.SUCCEEDED ? after : after.markAsFailed());
    }
  }
}
