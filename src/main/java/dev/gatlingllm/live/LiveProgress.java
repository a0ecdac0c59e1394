package dev.gatlingllm.live;

import dev.gatlingllm.config.ProgressConfig;
import dev.gatlingllm.health.Trust;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.CallRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Live progress of a run: counts its calls and, from the first one on, prints how the run stands
 * and when the verdict on the client changes. Calls may come from many threads; lines come from one
 * thread at a time.
 */
public final class LiveProgress implements AutoCloseable {

  /** A percentile of a few samples comes and goes: five seconds of calls are needed. */
  private static final int FEWEST_SAMPLES = 20;

  private final Progress progress;
  private final ProgressLog log;
  private final PrintStream console;
  private final Supplier<Optional<Verdict>> verdict;
  private final long periodNanos;
  private Trust lastPrinted = Trust.TRUSTED;

  /**
   * Progress of a run that begins.
   *
   * @param file {@code progress.jsonl}, which must be new
   * @param verdict the verdict so far; empty if the client's health is not sampled
   */
  public LiveProgress(
      Path file,
      ProgressConfig config,
      RunClock clock,
      PrintStream console,
      Supplier<Optional<Verdict>> verdict)
      throws IOException {
    this.progress = new Progress(clock, config.window().toNanos());
    this.log = new ProgressLog(file, console, config.format());
    this.console = console;
    this.verdict = verdict;
    this.periodNanos = config.every().toNanos();
  }

  /** Prints on this ticker from now on, as often as the settings say. */
  public void printOn(ScheduledExecutorService ticker) {
    if (periodNanos > 0) {
      Future<?> unused =
          ticker.scheduleAtFixedRate(this::print, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
    }
  }

  void print() {
    if (progress.hasStarted()) {
      log.tell(progress.snapshot());
      verdict.get().ifPresent(this::printChange);
    }
  }

  private void printChange(Verdict now) {
    if (now.samples() >= FEWEST_SAMPLES && now.level() != lastPrinted) {
      lastPrinted = now.level();
      console.println("[llm] verdict so far: " + now.line());
    }
  }

  /** A call is about to be sent. */
  public void started() {
    progress.started();
  }

  /** A call that was sent has ended. */
  public void ended(CallRecord call) {
    progress.ended(call);
  }

  /** A call was never in flight, but has a record. */
  public void unsent(CallRecord call) {
    progress.unsent(call);
  }

  /** Prints how the run stood at its end, without a verdict, and closes the file. */
  @Override
  public void close() {
    if (progress.hasStarted()) {
      log.tell(progress.snapshot());
    }
    log.close();
  }
}
