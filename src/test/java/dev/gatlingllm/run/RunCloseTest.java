package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.timing.NanoClock;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCloseTest {

  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  private static final CallEnd NEEDS_NOTHING =
      new CallEnd() {
        @Override
        public void recordNow() {}

        @Override
        public boolean endIfStuck(long graceNanos) {
          return false;
        }

        @Override
        public boolean isOver() {
          return true;
        }
      };

  private Run run;

  @BeforeEach
  void begin(@TempDir Path folder) {
    LlmConfig config = GivenSettings.of(Map.of("llm.record.folder", folder.toString()));
    run = Run.begin(config, "Simulation", NanoClock.SYSTEM, NOWHERE);
  }

  @AfterEach
  void end() {
    run.close(true);
  }

  /** A call that is in flight until the run gives it up; then this happens before it has ended. */
  private void inFlight(Runnable whenGivenUp) {
    LlmClient silent =
        new LlmClient() {
          @Override
          public String provider() {
            return "silent";
          }

          @Override
          public CallHandle start(LlmRequest request, CallListener listener) {
            return () -> {};
          }

          @Override
          public void close() {}
        };
    LlmCall[] call = new LlmCall[1];
    call[0] =
        new LlmCall(
            silent,
            LlmRequest.ofPrompt("Hi"),
            0,
            new CallLimits(1, 1_000_000_000_000L, 1, 1_000_000_000_000L, 1),
            RetryPolicy.NONE,
            (nanos, task) -> () -> {},
            NanoClock.SYSTEM,
            result -> {
              whenGivenUp.run();
              run.ended(call[0], CallFixture.call().record());
            });
    run.started(call[0], NEEDS_NOTHING);
    call[0].start();
  }

  private static boolean endsSoon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(20_000);
      return !thread.isAlive();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoeverNeedsTheRunWhileItIsBeingClosedNeedNotWait() throws Exception {
    AtomicBoolean free = new AtomicBoolean();
    inFlight(
        () ->
            free.set(
                endsSoon(
                    () -> {
                      run.tell(new Hooks(List.of(), NOWHERE));
                      run.drain();
                    })));

    run.close(false);

    assertThat(free).isTrue();
    assertThat(Files.readString(run.folder().resolve("run.json"))).contains("\"end\"");
  }

  @Test
  void whoeverClosesItAgainWaitsForTheEnd() {
    boolean[] endedFirst = new boolean[1];
    Thread second =
        new Thread(
            () -> {
              run.close(true);
              run.addAssertions(List.of());
              endedFirst[0] = true;
            });
    inFlight(second::start);

    run.close(false);

    assertThat(endsSoon(() -> join(second))).isTrue();
    assertThat(endedFirst[0]).isTrue();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
