package dev.gatlingllm.experiment.batch;

import dev.gatlingllm.record.Attempt;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.timing.NanoClock;
import java.util.function.Consumer;

/**
 * When a provisioned deployment is full: at the first 429, or when a response says that it is used
 * to the limit; and when to give up waiting for that, since a deployment without such a limit is
 * never full. Safe for use by many threads.
 */
final class FillUp {

  private static final int TOO_MANY_REQUESTS = 429;
  private final BatchConfig.Fill config;
  private final NanoClock clock;
  private final Consumer<String> console;
  private long begin;
  private boolean begun;
  private boolean over;
  private long calls;
  private long tokens;

  FillUp(BatchConfig.Fill config, NanoClock clock, Consumer<String> console) {
    this.config = config;
    this.clock = clock;
    this.console = console;
  }

  /** Whether to make one more call. The time begins with the first question. */
  synchronized boolean goesOn() {
    if (!begun) {
      begun = true;
      begin = clock.nanos();
    }
    if (clock.nanos() - begin >= config.atMost().toNanos()) {
      end("its time is up (llm.batch.fill.atMost): neither a 429 nor full utilisation");
    } else if (tokens >= config.atMostTokens()) {
      end("its tokens are spent (llm.batch.fill.atMostTokens): neither a 429 nor full utilisation");
    }
    return !over;
  }

  /** Takes a call that has ended. */
  synchronized void saw(CallRecord call) {
    calls++;
    if (call.served().spilledOver()) {
      end("the deployment is full and hands calls over to another one");
      return;
    }
    tokens += call.tokens().input().orElse(0) + call.tokens().output().orElse(0);
    if (wasThrottled(call)) {
      end("the service throttled (429)");
    } else if (call.service().utilizationPercent().orElse(-1) >= config.utilizationPercent()) {
      end(
          Figures.fill(
              "the deployment is used to %.1f %%",
              call.service().utilizationPercent().getAsDouble()));
    }
  }

  private static boolean wasThrottled(CallRecord call) {
    return call.outcome() == Outcome.THROTTLED
        || call.attempts().stream().mapToInt(Attempt::status).anyMatch(s -> s == TOO_MANY_REQUESTS);
  }

  private void end(String why) {
    if (!over) {
      over = true;
      console.accept(
          Figures.fill(
              "[llm] filling up ended after %.1f s, %d calls and %d tokens: %s",
              (clock.nanos() - begin) / 1e9, calls, tokens, why));
    }
  }
}
