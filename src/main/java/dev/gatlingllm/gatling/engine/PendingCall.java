package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.arrival.ArrivalDecision;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.config.HeaderTemplates;
import dev.gatlingllm.gatling.call.CallPartException;
import dev.gatlingllm.gatling.call.CallTemplate;
import dev.gatlingllm.gatling.call.LastCall;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OwnHeaders;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CancelPlan;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.run.CallRecords;
import dev.gatlingllm.run.Ledger;
import dev.gatlingllm.run.Run;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.core.controller.throttle.Throttler$Command$ThrottledRequest;
import io.gatling.core.session.Session;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import scala.Option;
import scala.runtime.BoxedUnit;

/**
 * One user's call from built to sent. All that it needs when it is due is created before the wait:
 * linking a lambda takes half a millisecond the first time. Used by one thread at a time: the
 * user's event loop, the throttler's, or one that frees a place for the call.
 */
final class PendingCall {

  /** The label of calls in a load with phases. */
  private static final String PHASE = "phase";

  private final LlmAction action;
  private final LlmComponents components;
  private final Run run;
  private final NanoClock clock;
  private final Session session;
  private final Ledger.Ticket ticket;
  private final LlmRequest request;
  private final LlmClient client;
  private final EndedCall end;
  private final LongConsumer enter = this::enter;
  private final Runnable endOfWait = this::endOfWait;
  private final Runnable startOrMiss = guarded(this::startOrMiss);
  private final CallRecords records;
  private final CallRecords.Caller caller;
  private final EventLoopTimer timer;
  private final boolean first;
  private final boolean onSchedule;
  private final long arrivalNanos;

  private LlmCall call;
  private boolean entered;

  /** How long the user's own limits held the call back. */
  private long heldNanos;

  /** The call with this number. */
  PendingCall(LlmAction action, NextCall next, CallTemplate.Prepared prepared, long id) {
    this.action = action;
    this.components = action.components();
    this.run = components.run();
    this.clock = run.clock().clock();
    this.ticket = next.ticket();
    this.first = next.isFirst();
    this.onSchedule = next.arrival().isPresent();
    this.session = next.session();
    this.arrivalNanos = next.arrival().orElseGet(() -> due(prepared.thinkTime()));
    Targets.Route route = route(id, prepared);
    this.records = components.records().of(route.client().provider());
    this.request = withHeaders(route.change().apply(prepared.request()), id, route.name());
    this.timer = new EventLoopTimer(session.eventLoop());
    this.caller =
        new CallRecords.Caller(
            id,
            prepared.name(),
            LlmAction.groups(session),
            phase(route.labels(prepared.labels())),
            model(route.client()),
            prepared.contextTokens(),
            cancel(id),
            prepared.turn().map(turn -> turn.place(id)).orElse(CallRecord.Turn.NONE));
    this.end = new EndedCall(action, session, records, caller, request, prepared.turn());
    this.client =
        action
            .http()
            .map(calls -> calls.clientOf(session, end::keepForNextCalls))
            .orElseGet(route::client);
  }

  private CancelPlan cancel(long id) {
    CancelPlan plan = action.cancel().of(components.config().load().part().number(id));
    return request.streaming() ? plan : plan.withoutStream();
  }

  /** In a load with phases, reports keep the calls of each apart. */
  private Map<String, String> phase(Map<String, String> labels) {
    Option<Object> phase = session.attributes().get(ScheduledUsers.PHASE);
    if (phase.isEmpty() || labels.containsKey(PHASE)) {
      return labels;
    }
    Map<String, String> all = new LinkedHashMap<>(labels);
    all.put(PHASE, (String) phase.get());
    return all;
  }

  /**
   * The user thinks from the end of the last answer on; without one, or without a time, it is now.
   */
  private long due(Optional<Duration> thinkTime) {
    return thinkTime
        .flatMap(
            time ->
                LastCall.of(new io.gatling.javaapi.core.Session(session))
                    .map(last -> run.clock().originNanos() + last.times().end() + time.toNanos()))
        .orElseGet(clock::nanos);
  }

  /** A call over HTTP goes where its own request says; all turns of a session to one target. */
  private Targets.Route route(long id, CallTemplate.Prepared prepared) {
    if (action.http().isPresent()) {
      return components.target().whole();
    }
    try {
      long drawn = prepared.turn().map(turn -> turn.place(id).session()).orElse(id);
      return components
          .target()
          .route(components.config().load().part().number(drawn), prepared.target());
    } catch (IllegalArgumentException e) {
      throw new CallPartException("target", e);
    }
  }

  /** What the call says itself comes before the settings. */
  private LlmRequest withHeaders(LlmRequest prepared, long id, String target) {
    HeaderTemplates templates = components.config().request().headers();
    if (templates.made().isEmpty()) {
      return prepared;
    }
    OwnHeaders made =
        templates.of(
            new HeaderTemplates.Caller(SessionId.of(session), session.userId(), id, target));
    return prepared.withHeaders(prepared.headers().orElse(made));
  }

  private String model(LlmClient of) {
    return request.model().isEmpty()
        ? action.http().map(HttpCalls::target).orElseGet(of::defaultModel)
        : request.model();
  }

  /** A step whose failure ends the call, since nothing else would. */
  private Runnable guarded(Runnable step) {
    return () -> {
      try {
        step.run();
      } catch (Throwable e) {
        fail(e);
      }
    };
  }

  private void fail(Throwable cause) {
    run.thrown(cause);
    if (call != null) {
      call.crash(cause);
      return;
    }
    if (entered) {
      components.inFlight().release();
    }
    action.crash(new NextCall(session, ticket, OptionalLong.empty()), cause);
  }

  void arrive() {
    if (components.arrivalPolicy().decide(arrivalNanos, clock.nanos())
        instanceof ArrivalDecision.Wait wait) {
      timer.schedule(wait.nanos(), guarded(this::arrive));
    } else if (action.context().throttled()) {
      run.held(endOfWait);
      throttle(clock.nanos());
    } else {
      run.held(endOfWait);
      queue();
    }
  }

  private void throttle(long askedNanos) {
    action
        .context()
        .coreComponents()
        .throttler()
        .get()
        .$bang(
            new Throttler$Command$ThrottledRequest(
                session.scenario(),
                () -> {
                  heldNanos = clock.nanos() - askedNanos;
                  queue();
                  return BoxedUnit.UNIT;
                }));
  }

  private void queue() {
    components.inFlight().acquire(enter);
  }

  private void enter(long waitedNanos) {
    entered = true;
    heldNanos += waitedNanos;
    if (run.goesOn(endOfWait)) {
      LlmAction.onEventLoop(session, startOrMiss);
    } else {
      leave();
    }
  }

  /**
   * The run ends while the call is held back. A user who has been served waits for the next turn,
   * as in every closed load; one who has not was never let go.
   */
  private void endOfWait() {
    if (first) {
      ticket.becomes(Ledger.Fate.HELD);
      run.heldTooLong(
          records.unsent(
              caller,
              arrivalNanos,
              clock.nanos(),
              Outcome.DROPPED,
              "dropped arrival",
              "held back until the run ended"));
    } else {
      ticket.becomes(Ledger.Fate.NOT_REACHED);
    }
  }

  private void startOrMiss() {
    if (onSchedule
        && components.arrivalPolicy().decide(arrivalNanos, clock.nanos())
            instanceof ArrivalDecision.Dropped) {
      leave();
      miss(clock.nanos());
      action.next().$bang(action.brokenOff(session));
    } else if (run.isDraining() || !run.maySpend(caller, client.provider(), request)) {
      // nobody waits for this user any more
      leave();
      if (heldNanos > 0) {
        endOfWait();
      } else {
        ticket.becomes(Ledger.Fate.NOT_REACHED);
      }
    } else {
      start();
    }
  }

  private void leave() {
    entered = false;
    components.inFlight().release();
  }

  private void miss(long nowNanos) {
    CallRecord dropped =
        records.unsent(caller, arrivalNanos, nowNanos, Outcome.DROPPED, "dropped arrival", "");
    if (components.arrivalPolicy().decide(arrivalNanos + heldNanos, nowNanos)
        instanceof ArrivalDecision.Dropped) {
      ticket.becomes(Ledger.Fate.DROPPED);
      run.dropped(dropped);
    } else {
      ticket.becomes(Ledger.Fate.HELD);
      run.heldTooLong(dropped);
    }
  }

  private void start() {
    LlmCall made =
        new LlmCall(
            client,
            request,
            arrivalNanos,
            components.limits(),
            components.retry(),
            timer,
            clock,
            run.probe(heldNanos),
            caller.cancel(),
            end);
    call = made;
    end.of(made);
    if (run.started(made, end, ticket)) {
      made.start();
    } else {
      // the run has ended: nobody waits for this user any more
      leave();
    }
  }
}
