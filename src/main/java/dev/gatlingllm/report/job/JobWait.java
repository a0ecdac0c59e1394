package dev.gatlingllm.report.job;

import dev.gatlingllm.text.Figures;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Waits until every share of a job has written its end mark, or for so long. Looks into the folder
 * every two seconds, and says so whenever what it finds has changed.
 */
public final class JobWait {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {

    /** By the clock of this machine. */
    Pause SLEEP = time -> Thread.sleep(time.toMillis());

    /** Returns after that time. */
    void sleep(Duration time) throws InterruptedException;
  }

  private final Path folder;
  private final Duration atMost;
  private final NanoClock clock;
  private final Pause pause;
  private final PrintStream out;
  private String said = "";

  /**
   * A wait that has not begun.
   *
   * @param atMost how long it may take; with zero it looks once
   */
  public JobWait(Path folder, Duration atMost, NanoClock clock, Pause pause, PrintStream out) {
    this.folder = folder;
    this.atMost = atMost;
    this.clock = clock;
    this.pause = pause;
    this.out = out;
  }

  /**
   * Waits on the caller's thread.
   *
   * @return the shares as they stand at the end
   * @throws IllegalArgumentException if the folder holds shares of several jobs
   * @throws InterruptedIOException if the thread was interrupted
   */
  JobShares shares() throws IOException {
    long from = clock.nanos();
    while (true) {
      JobShares found = JobShares.in(folder);
      Duration left = atMost.minusNanos(clock.nanos() - from);
      boolean over = left.isZero() || left.isNegative();
      tell(found, left, over);
      if (found.haveEnded() || over) {
        return found;
      }
      sleep(left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS);
    }
  }

  private void tell(JobShares found, Duration left, boolean over) {
    String state = found.state();
    if (found.haveEnded()) {
      out.println("[llm] " + state);
    } else if (over) {
      out.println("[llm] " + state + ", and the time limit is reached (--timeout)");
    } else if (!state.equals(said)) {
      out.println("[llm] " + state + ": waiting, " + duration(left) + " at most");
    }
    said = state;
  }

  private static String duration(Duration time) {
    return Figures.duration(time.toNanos() / 1e9);
  }

  private void sleep(Duration time) throws InterruptedIOException {
    try {
      pause.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the wait for the shares of " + folder + " was ended");
    }
  }
}
