package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.gatling.call.DialogueTurn;
import dev.gatlingllm.gatling.call.LastCall;
import dev.gatlingllm.gatling.call.LlmResponse;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.run.CallEnd;
import dev.gatlingllm.run.CallRecords;
import dev.gatlingllm.run.Run;
import io.gatling.core.session.Session;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One user's call from its end to the user's next step. Whatever is thrown here, by the tokenizer,
 * a check, a hook or ourselves, makes the call a crashed one: it has one record, and the user goes
 * on. Safe for use by the threads that end the call, count its tokens and close the run.
 */
final class EndedCall implements CallEnd, Consumer<CallResult> {

  private final LlmAction action;
  private final LlmComponents components;
  private final Run run;
  private final CallRecords records;
  private final Session session;
  private final CallRecords.Caller caller;
  private final LlmRequest request;
  private final Optional<DialogueTurn> turn;
  private final AtomicBoolean recorded = new AtomicBoolean();
  private final AtomicBoolean forwarded = new AtomicBoolean();

  private volatile LlmCall call;

  /** Null until the call has ended. */
  private volatile CallResult result;

  private volatile long endedNanos;

  /** The part of the answer that the user's next calls need. */
  private volatile Optional<String> kept = Optional.empty();

  /**
   * A call that has not started.
   *
   * @param records make its record
   * @param turn the turn that it is of its user's conversation
   */
  EndedCall(
      LlmAction action,
      Session session,
      CallRecords records,
      CallRecords.Caller caller,
      LlmRequest request,
      Optional<DialogueTurn> turn) {
    this.action = action;
    this.components = action.components();
    this.run = components.run();
    this.records = records;
    this.session = session;
    this.caller = caller;
    this.request = request;
    this.turn = turn;
  }

  /** Names the call, before it starts. */
  void of(LlmCall started) {
    call = started;
  }

  void keepForNextCalls(String value) {
    kept = Optional.of(value);
  }

  /** The call has ended, on whichever thread ended it. */
  @Override
  public void accept(CallResult ended) {
    endedNanos = now();
    // First, and without memory of its own: whatever fails from here on, there is a result.
    result = ended;
    try {
      proceed(ended);
    } catch (Throwable e) {
      run.thrown(e);
    }
  }

  private void proceed(CallResult ended) {
    action.quietly(components.inFlight()::release);
    action.quietly(() -> components.witness().accept(ended));
    if (ended.outcome() == Outcome.UNFINISHED) {
      recordNow();
    } else if (records.takesTokenizer(ended)) {
      countFirst(ended);
    } else {
      finishOnEventLoop(ended, () -> recordOf(ended));
    }
  }

  /** Counting tokens may take seconds: not on an event loop, which other calls wait for. */
  private void countFirst(CallResult ended) {
    try {
      components
          .counters()
          .execute(
              () -> {
                CallRecord counted = recordOf(ended);
                finishOnEventLoop(ended, () -> counted);
              });
    } catch (Throwable e) {
      finishOnEventLoop(ended, () -> crashed(ended, e, "tokenizer"));
    }
  }

  private void finishOnEventLoop(CallResult ended, Supplier<CallRecord> callRecord) {
    try {
      if (!LlmAction.onEventLoop(session, () -> finish(ended, callRecord.get()))) {
        keep(ended, callRecord.get());
      }
    } catch (Throwable e) {
      action.quietly(() -> keep(ended, crashed(ended, e, "event loop")));
      forward(failed(session));
    }
  }

  private long now() {
    return run.clock().clock().nanos();
  }

  @Override
  public boolean endIfStuck(long graceNanos) {
    CallResult ended = result;
    if (ended == null || recorded.get() || now() - endedNanos < graceNanos) {
      return false;
    }
    CallRecord stuck = crashed(ended, new TimeoutException(), "code at its end");
    if (keep(ended, stuck)) {
      action.quietly(() -> action.metrics().log(session.scenario(), stuck));
    }
    LlmAction.onEventLoop(session, () -> forward(failed(session)));
    return true;
  }

  @Override
  public boolean isOver() {
    return forwarded.get();
  }

  /** Lets the user go on, once. */
  private void forward(Session after) {
    if (forwarded.compareAndSet(false, true)) {
      action.next().$bang(after);
    }
  }

  private Session failed(Session after) {
    return action.brokenOff(after.markAsFailed());
  }

  private Session answered(CallResult ended, Session after) {
    return turn.map(
            one ->
                one.answered(
                        new io.gatling.javaapi.core.Session(after),
                        caller.id(),
                        ended.answer().words(),
                        ended.served().responseId())
                    .asScala())
        .orElse(after);
  }

  private CallRecord recordOf(CallResult ended) {
    try {
      return records.of(caller, request, ended);
    } catch (Throwable e) {
      return crashed(ended, e, records.takesTokenizer(ended) ? "tokenizer" : "record");
    }
  }

  private CallRecord crashed(CallResult ended, Throwable cause, String where) {
    run.thrown(cause);
    action.logger().underlying().error("A call ended, and its {} failed", where, cause);
    return records.crashed(caller, request, ended, cause, where);
  }

  @Override
  public void recordNow() {
    CallResult ended = result;
    if (ended != null) {
      action.quietly(() -> keep(ended, records.withoutTokenizer(caller, request, ended)));
    }
  }

  /** Hands the record over once; the end of the run may have come first. */
  private boolean keep(CallResult ended, CallRecord callRecord) {
    boolean first = recorded.compareAndSet(false, true);
    if (first) {
      run.ended(call, callRecord);
      components.hooks().afterCall(callRecord, ended.answer().kept());
    }
    return first;
  }

  private void finish(CallResult ended, CallRecord made) {
    Session after = session;
    CallRecord callRecord = made;
    try {
      after = kept.map(value -> session.set(action.http().get().savedAs(), value)).orElse(session);
      if (made.outcome() == Outcome.SUCCEEDED) {
        LlmChecks.Verdict verdict =
            action
                .checks()
                .run(
                    new LlmResponse(ended.answer().kept(), made, ended.answer().toolCall()), after);
        after = verdict.session();
        callRecord =
            verdict
                .failure()
                .map(failure -> made.withFailedCheck(checkFailed(failure, ended.answer())))
                .orElse(made);
      }
    } catch (Throwable e) {
      callRecord = crashed(ended, e, "check");
    }
    tell(ended, callRecord, after);
  }

  private static String checkFailed(String failure, CallResult.Text answer) {
    String text = "check failed: " + failure;
    return answer.cut() ? text + " (the answer is longer than llm.record.answerChars)" : text;
  }

  private void tell(CallResult ended, CallRecord checked, Session checkedSession) {
    CallRecord callRecord = checked;
    Session after = checkedSession;
    try {
      action.metrics().log(session.scenario(), checked);
      GatlingMetrics.Interval interval = action.metrics().interval(checked);
      after = after.set(LastCall.ATTRIBUTE, checked);
      after = after.logGroupRequestTimings(interval.startMillis(), interval.endMillis());
    } catch (Throwable e) {
      callRecord = crashed(ended, e, "metrics");
    }
    try {
      keep(ended, callRecord);
    } finally {
      boolean succeeded = callRecord.outcome() == Outcome.SUCCEEDED;
      boolean well = !callRecord.outcome().failed();
      forward(succeeded ? answered(ended, after) : well ? action.brokenOff(after) : failed(after));
    }
  }
}
