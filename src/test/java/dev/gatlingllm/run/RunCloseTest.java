package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
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
    PlayedCall unused =
        new PlayedCall(
            NanoClock.SYSTEM,
            played -> run.started(played.call, played, run.ledger().open()),
            (call, outcome) -> {
              whenGivenUp.run();
              run.ended(call, CallFixture.call().record());
            });
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
