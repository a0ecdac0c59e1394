package dev.gatlingllm.run;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Early stop of a run's load: a setting demands it, or the run cannot go on. Safe for use by many
 * threads; holds no lock while the load is ended.
 */
final class EarlyStop {

  private static final long CHECK_MILLIS = 250;

  private final List<StopCause> causes;
  private final PrintStream console;
  private volatile Runnable endLoad = () -> {};
  private volatile boolean cut;

  EarlyStop(List<StopCause> causes, PrintStream console) {
    this.causes = List.copyOf(causes);
    this.console = console;
  }

  void endsLoadBy(Runnable newEndLoad) {
    endLoad = newEndLoad;
  }

  /** Checks the causes four times a second from now on, since calls that hang do not end. */
  void checkOn(ScheduledExecutorService ticker) {
    if (!causes.isEmpty()) {
      Future<?> unused =
          ticker.scheduleWithFixedDelay(
              this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  void check() {
    for (StopCause cause : causes) {
      if (cause.reachedNow()) {
        stop(cause);
      }
    }
  }

  void ended(CallRecord call) {
    for (StopCause cause : causes) {
      if (cause.ended(call)) {
        stop(cause);
      }
    }
  }

  private void stop(StopCause cause) {
    say(cause);
    endLoad.run();
  }

  /** Says why a cause ends the load; whoever calls this ends it. */
  void say(StopCause cause) {
    console.println("[llm] stopping the run: " + cause.reason().orElseThrow());
  }

  /** Ends the load now, for a reason that was given before. */
  void endLoad() {
    endLoad.run();
  }

  /** Ends the load first, and says so then: there may be no memory for words. */
  void cut(String why) {
    cut = true;
    endLoad.run();
    console.println("[llm] stopping the run: " + why);
  }

  /** Whether the load was ended before it was done. */
  boolean came() {
    return cut || !reached().isEmpty();
  }

  /** The causes that ended the load; none if none did. */
  List<StopCause> reached() {
    return causes.stream().filter(cause -> cause.reason().isPresent()).toList();
  }

  /** The causes as assertions. */
  List<AssertionResult> assertions() {
    return causes.stream().map(StopCause::assertion).flatMap(Optional::stream).toList();
  }
}
