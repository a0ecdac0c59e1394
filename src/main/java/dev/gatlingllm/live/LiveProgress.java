package dev.gatlingllm.live;

import dev.gatlingllm.config.ProgressConfig;
import dev.gatlingllm.config.ProgressConfig.Show;
import dev.gatlingllm.health.Trust;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.text.Figures;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
  private final RunClock clock;
  private final ProgressConfig config;
  private final boolean block;
  private long lastLineNanos;
  private boolean hasTold;
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
    this.clock = clock;
    this.config = config;
    this.block = config.show() != Show.LINES && Screen.ofProcess().isPrepared();
  }

  /** Prints on this ticker from now on, as often as the settings say. */
  public void printOn(ScheduledExecutorService ticker) {
    long periodNanos = config.every().toNanos();
    if (periodNanos > 0) {
      Future<?> unused =
          ticker.scheduleAtFixedRate(this::print, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
    }
  }

  void print() {
    if (progress.hasStarted()) {
      tell(progress.snapshot(), lineIsDue());
      verdict.get().ifPresent(this::printChange);
    }
  }

  private void tell(ProgressSnapshot now, boolean lineIsDue) {
    boolean quiet = block || config.show() == Show.NONE;
    log.tell(now, lineIsDue && !quiet);
    if (block && config.show() != Show.NONE) {
      Screen.ofProcess().show(ProgressBlock.lines(now));
    }
  }

  /** The ticks of a busy machine come a little early or late. */
  private boolean lineIsDue() {
    long now = clock.clock().nanos();
    long pauseNanos = config.lines().toNanos() - config.every().toNanos() / 2;
    boolean due = !hasTold || now - lastLineNanos >= pauseNanos;
    if (due) {
      hasTold = true;
      lastLineNanos = now;
    }
    return due;
  }

  /** What the run knows beside its calls: how far the load has come, and what is spent. */
  public void knows(Supplier<Optional<LoadGoal.Way>> way, Supplier<List<String>> spend) {
    progress.knows(() -> new Outlook(way.get(), spend.get()));
  }

  /** How the run stands; empty before its first call. */
  public Optional<Summary> summary() {
    return progress.hasStarted() ? Optional.of(Summary.of(progress.snapshot())) : Optional.empty();
  }

  /**
   * How a run stands, in a sentence.
   *
   * @param percent of the load that is over; absent if nobody knows its end
   */
  public record Summary(String text, OptionalDouble percent) {
    static Summary of(ProgressSnapshot now) {
      ProgressCounts counts = now.counts();
      Optional<LoadGoal.Way> way = now.outlook().way();
      return new Summary(
          Figures.fill(
              "%s: %s ended, %s in flight, failures %s",
              ProgressBlock.headline(now),
              Figures.count(counts.completed() + counts.cancelled()),
              Figures.count(counts.inFlight()),
              ProgressBlock.failures(now)),
          way.isPresent() ? OptionalDouble.of(100 * way.get().share()) : OptionalDouble.empty());
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
      tell(progress.snapshot(), true);
      if (block) {
        Screen.ofProcess().leave();
      }
    }
    log.close();
  }
}
