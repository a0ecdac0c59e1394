package dev.gatlingllm.call;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.ConnectionUse;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.record.CancelPlan;
import dev.gatlingllm.record.FinishReason;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.timing.CallTimeline;
import dev.gatlingllm.timing.NanoClock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call: its attempts, its time limits and its one end. Success, throttling, failure, time
 * limit, a client that cancels, crash and the end of the run meet in {@link #end}, and the first of
 * them wins; what comes later is dropped and counted.
 *
 * <p>Safe for use by many threads. The consumer of the result is called exactly once, on the thread
 * that ended the call, outside of any lock.
 */
public final class LlmCall {

  private static final Logger LOG = LoggerFactory.getLogger(LlmCall.class);

  /** Ends that the transport may not know of, so that its attempt must be cancelled. */
  private static final Set<Outcome> BY_US =
      EnumSet.of(Outcome.TIMED_OUT, Outcome.CANCELLED, Outcome.UNFINISHED, Outcome.CRASHED);

  /** How far the clock that a client reads may be from ours. */
  private static final long MOST_SKEW_NANOS = 1_000_000_000L;

  private final LlmClient client;
  private final LlmRequest request;
  private final CallLimits limits;
  private final RetryPolicy retry;
  private final Timer timer;
  private final NanoClock clock;
  private final CallProbe probe;
  private final CancelPlan cancel;
  private final Consumer<CallResult> onEnd;

  private final CallTimeline timeline;
  private final AnswerText answer;
  private final AnswerText reasoning;
  private final List<CallResult.AttemptTimes> attempts = new ArrayList<>(1);
  private ResponseHead head = ResponseHead.NONE;
  private ConnectionUse connection = ConnectionUse.UNKNOWN;
  private Served served = Served.UNKNOWN;
  private boolean outputWithoutText;
  private boolean reasoningStreamed;
  private boolean media;
  private TokenUsage usage = TokenUsage.NONE;
  private String finishReason = "";
  private long begunNanos;
  private OptionalLong attemptStart = OptionalLong.empty();
  private int attemptNumber;
  private CallHandle handle = () -> {};
  private Timer.Pending watchdog = () -> {};
  private Timer.Pending leaving = () -> {};
  private boolean ended;
  private volatile boolean cancelled;
  private boolean scheduleDelayTold;
  private int lateEvents;

  /** As the other constructor, for a call that nobody watches. */
  public LlmCall(
      LlmClient client,
      LlmRequest request,
      long arrivalNanos,
      CallLimits limits,
      RetryPolicy retry,
      Timer timer,
      NanoClock clock,
      Consumer<CallResult> onEnd) {
    this(client, request, arrivalNanos, limits, retry, timer, clock, CallProbe.NONE, onEnd);
  }

  /** As the other constructor, for a call whose answer the client waits for. */
  public LlmCall(
      LlmClient client,
      LlmRequest request,
      long arrivalNanos,
      CallLimits limits,
      RetryPolicy retry,
      Timer timer,
      NanoClock clock,
      CallProbe probe,
      Consumer<CallResult> onEnd) {
    this(client, request, arrivalNanos, limits, retry, timer, clock, probe, CancelPlan.NONE, onEnd);
  }

  /**
   * A call that is not sent yet.
   *
   * @param arrivalNanos when it was meant to start, on {@code clock}
   * @param probe measures what the client itself adds
   * @param cancel when the client is to cancel it
   * @param onEnd receives the result, once
   */
  public LlmCall(
      LlmClient client,
      LlmRequest request,
      long arrivalNanos,
      CallLimits limits,
      RetryPolicy retry,
      Timer timer,
      NanoClock clock,
      CallProbe probe,
      CancelPlan cancel,
      Consumer<CallResult> onEnd) {
    this.client = client;
    this.request = request;
    this.limits = limits;
    this.retry = retry;
    this.timer = timer;
    this.clock = clock;
    this.probe = probe;
    this.cancel = cancel;
    this.onEnd = onEnd;
    this.timeline = new CallTimeline(arrivalNanos);
    this.answer = new AnswerText(limits.answerChars());
    this.reasoning = new AnswerText(limits.answerChars());
  }

  /** Sends the first attempt. Throws nothing: what fails here ends the call as crashed. */
  public void start() {
    guarded(this::attempt);
    guarded(this::armTimeout);
    if (cancel.afterStart().isPresent()) {
      guarded(this::cancelWhenDue);
    }
  }

  /** Ends the call as unfinished, since the run is over; no effect if it has ended. */
  public void abandon() {
    abandon(Runnable::run);
  }

  /**
   * As the other method.
   *
   * @param canceller runs the client's code that gives the attempt up, which may block
   */
  public void abandon(Executor canceller) {
    end(clock.nanos(), Outcome.UNFINISHED, "unfinished when the run ended", "", canceller);
  }

  /** Ends the call as crashed, since code of this process failed; no effect if it has ended. */
  public void crash(Throwable cause) {
    Failure failure = Failure.of(Failure.Kind.CRASHED, cause);
    end(clock.nanos(), Outcome.CRASHED, FailureMapping.error(failure, false, limits), "");
  }

  /**
   * Ends the call if one of its time limits passed this long ago. The call's own timer does so at
   * the limit; this is for a thread that watches from outside, because the timer's may be stuck.
   *
   * @param canceller runs the client's code that gives the attempt up, which may block
   */
  public void endIfOverdue(long graceNanos, Executor canceller) {
    CallLimits.Deadline deadline;
    synchronized (this) {
      if (ended || timeline.start().isEmpty()) {
        return;
      }
      deadline = nextDeadline();
    }
    if (clock.nanos() - deadline.atNanos() >= graceNanos) {
      end(clock.nanos(), Outcome.TIMED_OUT, deadline.text(), "", canceller);
    }
  }

  /** Events that came after the end and were dropped. */
  public synchronized int lateEvents() {
    return lateEvents;
  }

  private void attempt() {
    Attempt listener;
    synchronized (this) {
      if (ended) {
        return;
      }
      attemptNumber++;
      head = ResponseHead.NONE;
      connection = ConnectionUse.UNKNOWN;
      served = Served.UNKNOWN;
      timeline.attemptBegan();
      long now = clock.nanos();
      attemptStart = OptionalLong.of(now);
      if (attemptNumber == 1) {
        begunNanos = now;
        timeline.started(now);
      }
      listener = new Attempt(attemptNumber);
    }
    CallHandle started = send(listener);
    boolean orphan;
    synchronized (this) {
      orphan = ended || attemptNumber != listener.number;
      if (!orphan) {
        handle = started;
      }
    }
    if (orphan) {
      started.cancel();
    }
  }

  private CallHandle send(Attempt listener) {
    try {
      return Objects.requireNonNull(client.start(request, listener), "the client's call handle");
    } catch (Throwable e) {
      listener.failed(clock.nanos(), Failure.of(Failure.Kind.CRASHED, e));
      return () -> {};
    }
  }

  /** Whatever a step throws ends the call: nothing else would. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      crash(e);
    }
  }

  private void armTimeout() {
    CallLimits.Deadline deadline;
    synchronized (this) {
      if (ended) {
        return;
      }
      deadline = nextDeadline();
    }
    long left = deadline.atNanos() - clock.nanos();
    if (left <= 0) {
      end(clock.nanos(), Outcome.TIMED_OUT, deadline.text(), "");
      return;
    }
    long wait = Math.min(left, limits.longestWaitNanos());
    Timer.Pending pending = timer.schedule(wait, () -> guarded(this::armTimeout));
    synchronized (this) {
      watchdog = pending;
      if (ended) {
        pending.cancel();
      }
    }
  }

  /** Cancels the call if its instant has come, else comes back when it has. */
  private void cancelWhenDue() {
    OptionalLong due;
    synchronized (this) {
      due = ended ? OptionalLong.empty() : cancelAt();
    }
    if (due.isEmpty()) {
      return;
    }
    long left = due.getAsLong() - clock.nanos();
    if (left <= 0) {
      end(clock.nanos(), Outcome.CANCELLED, "", "");
      return;
    }
    Timer.Pending pending = timer.schedule(left, () -> guarded(this::cancelWhenDue));
    synchronized (this) {
      leaving.cancel();
      leaving = pending;
      if (ended) {
        pending.cancel();
      }
    }
  }

  private OptionalLong cancelAt() {
    OptionalLong byStart = plus(timeline.start(), cancel.afterStart());
    OptionalLong byToken = plus(timeline.firstOutput(), cancel.afterFirstToken());
    boolean tokenFirst =
        byStart.isEmpty() || (byToken.isPresent() && byToken.getAsLong() - byStart.getAsLong() < 0);
    return tokenFirst ? byToken : byStart;
  }

  private static OptionalLong plus(OptionalLong instant, OptionalLong delay) {
    return instant.isPresent() && delay.isPresent()
        ? OptionalLong.of(instant.getAsLong() + delay.getAsLong())
        : OptionalLong.empty();
  }

  private CallLimits.Deadline nextDeadline() {
    OptionalLong streamingSince = request.streaming() ? attemptStart : OptionalLong.empty();
    return limits.next(timeline, streamingSince);
  }

  private void retryOrEnd(long nanos, Failure failure) {
    OptionalLong pause = OptionalLong.empty();
    synchronized (this) {
      if (ended) {
        return;
      }
      if (!hasOutput()) {
        pause =
            retry.pauseNanos(
                failure,
                attemptNumber,
                head.retryAfterMillis(),
                nanos - timeline.start().getAsLong());
      }
      if (pause.isPresent()) {
        closeAttempt(nanos, failure.status(), FailureMapping.outcome(failure), pause.getAsLong());
      }
    }
    if (pause.isPresent()) {
      timer.schedule(pause.getAsLong(), () -> guarded(this::attempt));
    } else {
      String text = FailureMapping.error(failure, hasOutput(), limits);
      end(nanos, FailureMapping.outcome(failure), text, failure.message());
    }
  }

  /** An instant that a client tells must lie within its call: every figure stands on it. */
  private long within(long nanos) {
    if (nanos < begunNanos - MOST_SKEW_NANOS || nanos > clock.nanos() + MOST_SKEW_NANOS) {
      throw new IllegalStateException("the client told an instant outside of its call");
    }
    return nanos;
  }

  private boolean hasOutput() {
    return outputWithoutText || answer.chars() + reasoning.chars() > 0;
  }

  private void closeAttempt(long nanos, int status, Outcome outcome, long pauseNanos) {
    if (attemptStart.isPresent()) {
      attempts.add(
          new CallResult.AttemptTimes(
              attemptStart.getAsLong(), nanos, status, outcome, pauseNanos));
    }
    attemptStart = OptionalLong.empty();
  }

  private void end(long nanos, Outcome outcome, String error, String detail) {
    end(nanos, outcome, error, detail, Runnable::run);
  }

  private void end(long nanos, Outcome outcome, String error, String detail, Executor canceller) {
    CallResult result;
    CallHandle toCancel;
    synchronized (this) {
      if (ended) {
        return;
      }
      toCancel = handle;
      // If there is no memory for the result, the call has not ended: somebody will try again.
      result = close(nanos, outcome, error, detail);
      cancelled = BY_US.contains(outcome);
      ended = true;
    }
    try {
      onEnd.accept(result);
    } finally {
      // Last: a client may block here.
      if (cancelled) {
        giveUp(toCancel, canceller);
      }
    }
  }

  private static void giveUp(CallHandle handle, Executor canceller) {
    try {
      canceller.execute(() -> quietly(handle::cancel));
    } catch (Throwable e) {
      LOG.error("A call ended, and its attempt could not be given up", e);
    }
  }

  /** The result; without its texts if making it failed. May be made more than once. */
  private CallResult close(long nanos, Outcome outcome, String error, String detail) {
    quietly(this::tellScheduleDelay);
    quietly(() -> watchdog.cancel());
    quietly(() -> leaving.cancel());
    timeline.ended(nanos);
    try {
      closeAttempt(nanos, head.status(), outcome, 0);
      return result(outcome, error, detail, answer.text(), reasoning.text());
    } catch (Throwable e) {
      String crashed = FailureMapping.error(Failure.of(Failure.Kind.CRASHED, e), false, limits);
      return result(Outcome.CRASHED, crashed, "", CallResult.Text.NONE, CallResult.Text.NONE);
    }
  }

  private CallResult result(
      Outcome outcome, String error, String detail, CallResult.Text said, CallResult.Text thought) {
    return new CallResult(
        outcome,
        error,
        detail,
        timeline,
        head,
        connection,
        served,
        usage,
        reasoningStreamed,
        media,
        finishReason,
        said,
        thought,
        List.copyOf(attempts));
  }

  /** Runs a step whose failure must not affect the end of the call. */
  private static void quietly(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      LOG.error("A call ended, and a step of its end failed", e);
    }
  }

  /** Once: when the request was sent, or at the end if it never was. */
  private void tellScheduleDelay() {
    if (!scheduleDelayTold && timeline.start().isPresent()) {
      scheduleDelayTold = true;
      probe.sent(timeline.start().getAsLong() - timeline.arrival());
    }
  }

  /**
   * Takes the events of one attempt; those of an attempt that is over are dropped. No event throws:
   * an error on the way of a chunk would reach the transport, which may know no call to end.
   */
  private final class Attempt implements CallListener {

    private final int number;

    Attempt(int number) {
      this.number = number;
    }

    private boolean isOver() {
      boolean over = ended || number != attemptNumber || attemptStart.isEmpty();
      if (over) {
        lateEvents++;
      }
      return over;
    }

    private void unlessOver(Runnable event) {
      guarded(
          () -> {
            synchronized (LlmCall.this) {
              if (!isOver()) {
                event.run();
              }
            }
          });
    }

    @Override
    public void sent(long nanos) {
      unlessOver(
          () -> {
            attemptStart = OptionalLong.of(within(nanos));
            if (number == 1) {
              timeline.started(nanos);
              tellScheduleDelay();
            }
          });
    }

    @Override
    public void head(long nanos, ResponseHead newHead) {
      unlessOver(
          () -> {
            Objects.requireNonNull(newHead, "the client's head");
            timeline.headCame(within(nanos));
            head = newHead;
          });
    }

    @Override
    public void output(long nanos, OutputKind kind, String text) {
      // No lambda: this is the path of every chunk.
      try {
        take(within(nanos), kind, text);
      } catch (Throwable e) {
        crash(e);
      }
    }

    private void take(long nanos, OutputKind kind, String text) {
      probe.decoded(clock.nanos() - nanos);
      boolean first;
      synchronized (LlmCall.this) {
        if (isOver()) {
          return;
        }
        first = timed(nanos, kind);
        reasoningStreamed |= kind == OutputKind.REASONING;
        media |= kind == OutputKind.MEDIA;
        noteToolCall(kind);
        (kind.visible() ? answer : reasoning).append(text);
      }
      if (first) {
        firstOutputCame();
      }
    }

    /** Whether it is the first output of a stream. */
    private boolean timed(long nanos, OutputKind kind) {
      boolean first = request.streaming() && timeline.firstOutput().isEmpty();
      if (request.streaming()) {
        timeline.outputCame(nanos, kind.visible());
      }
      return first;
    }

    private void firstOutputCame() {
      if (cancel.afterFirstToken().isPresent()) {
        cancelWhenDue();
      }
    }

    @Override
    public void outputWithoutText(long nanos, OutputKind kind) {
      unlessOver(
          () -> {
            timed(within(nanos), kind);
            outputWithoutText = true;
            noteToolCall(kind);
            (kind.visible() ? answer : reasoning).append("");
            media |= kind == OutputKind.MEDIA;
          });
      guarded(this::firstOutputCame);
    }

    private void noteToolCall(OutputKind kind) {
      if (kind == OutputKind.TOOL_CALL) {
        answer.toolCallBegins();
      }
    }

    @Override
    public void connection(ConnectionUse use) {
      unlessOver(() -> connection = Objects.requireNonNull(use, "the client's connection"));
    }

    @Override
    public void served(Served by) {
      unlessOver(() -> served = Objects.requireNonNull(by, "who served the client's call"));
    }

    @Override
    public void usage(TokenUsage newUsage) {
      unlessOver(() -> usage = Objects.requireNonNull(newUsage, "the client's usage"));
    }

    @Override
    public void finish(String reason) {
      unlessOver(
          () -> {
            Objects.requireNonNull(reason, "the client's finish reason");
            // Of several answers to one call, a failed one fails the call.
            if (!failedBy(finishReason)) {
              finishReason = reason;
            }
          });
    }

    @Override
    public void completed(long nanos) {
      guarded(() -> completedNow(within(nanos)));
    }

    private void completedNow(long nanos) {
      boolean empty;
      boolean onlyHiddenReasoning;
      String reason;
      synchronized (LlmCall.this) {
        if (isOver()) {
          return;
        }
        empty = !hasOutput();
        onlyHiddenReasoning = usage.reasoning().orElse(0) > 0;
        reason = finishReason;
      }
      if (failedBy(reason)) {
        end(nanos, Outcome.BROKEN, FailureMapping.failedAnswer(reason), "");
      } else if (empty) {
        String error = FailureMapping.emptyAnswer(reason, onlyHiddenReasoning);
        end(nanos, Outcome.REJECTED, error, "");
      } else {
        end(nanos, Outcome.SUCCEEDED, "", "");
      }
    }

    private static boolean failedBy(String reason) {
      return FinishReason.meaningOf(reason) == FinishReason.Meaning.FAILED;
    }

    @Override
    public void failed(long nanos, Failure failure) {
      synchronized (LlmCall.this) {
        // What follows from our own cancelling is no event of the service.
        if (cancelled || isOver()) {
          return;
        }
      }
      guarded(() -> retryOrEnd(within(nanos), failure));
    }
  }
}
