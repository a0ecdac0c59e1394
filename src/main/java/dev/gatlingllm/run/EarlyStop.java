package dev.gatlingllm.run;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Early stop of a run's load: {@code llm.stop} asks for it, or the run cannot go on. Safe for use
 * by many threads; holds no lock while the load is ended.
 */
final class EarlyStop {

  private static final long CHECK_MILLIS = 250;

  private final Optional<StopRule> rule;
  private final PrintStream console;
  private volatile Runnable endLoad = () -> {};
  private volatile boolean cut;

  EarlyStop(Optional<StopRule> rule, PrintStream console) {
    this.rule = rule;
    this.console = console;
  }

  void endsLoadBy(Runnable newEndLoad) {
    endLoad = newEndLoad;
  }

  /** Checks the rule four times a second from now on, since calls that hang do not end. */
  void checkOn(ScheduledExecutorService ticker) {
    if (rule.isPresent()) {
      Future<?> unused =
          ticker.scheduleWithFixedDelay(
              this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  void check() {
    if (rule.isPresent() && rule.get().reachedNow()) {
      stop();
    }
  }

  void ended(CallRecord call) {
    if (rule.isPresent() && rule.get().ended(call)) {
      stop();
    }
  }

  private void stop() {
    console.println("[llm] stopping the run: " + reason().orElseThrow());
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
    return cut || reason().isPresent();
  }

  /** Why the rule asked for it; empty if it did not. */
  Optional<String> reason() {
    return rule.flatMap(StopRule::reason);
  }

  /** The rule as an assertion; empty if there is no rule. */
  Optional<AssertionResult> assertion() {
    return rule.map(StopRule::asAssertion);
  }
}
