package dev.gatlingllm.run;

import dev.gatlingllm.health.ClientHealth;
import dev.gatlingllm.health.HealthSampler;
import dev.gatlingllm.health.HealthTally;
import dev.gatlingllm.health.JvmMachine;
import dev.gatlingllm.health.RecordQueue;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.record.HealthWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Samples the client's health four times a second, on a thread of its own, and writes {@code
 * health.jsonl}. Safe for use by many threads.
 */
final class HealthLog implements AutoCloseable {

  private static final long PERIOD_NANOS = 250_000_000L;
  private static final long CLOSE_SECONDS = 5;

  private final JvmMachine machine = new JvmMachine();
  private final HealthSampler sampler;
  private final HealthWriter file;
  private final OptionalLong connections;
  private final HealthTally tally;
  private HealthTally stretch;
  private final ScheduledExecutorService thread = DaemonThread.named("llm-health");
  private Optional<IOException> failure = Optional.empty();

  /** Begins to sample. */
  HealthLog(
      Path path,
      ClientHealth health,
      List<? extends Executor> loops,
      RecordQueue records,
      RunClock clock,
      long connections)
      throws IOException {
    this.sampler =
        new HealthSampler(health, loops, machine, records, clock.clock(), clock.originNanos());
    this.file = new HealthWriter(path);
    this.connections = OptionalLong.of(connections);
    this.tally = new HealthTally(this.connections);
    this.stretch = new HealthTally(this.connections);
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            this::sample, PERIOD_NANOS, PERIOD_NANOS, TimeUnit.NANOSECONDS);
  }

  private synchronized void sample() {
    HealthSample sample = sampler.sample();
    tally.add(sample);
    stretch.add(sample);
    if (failure.isEmpty()) {
      try {
        file.write(sample);
      } catch (IOException e) {
        failure = Optional.of(e);
      }
    }
  }

  synchronized void watchAlso(List<? extends Executor> loops) {
    sampler.watch(loops);
  }

  /** The verdict so far. */
  synchronized Verdict verdict() {
    return tally.verdict();
  }

  /** A new stretch of the load begins, judged on its own. */
  synchronized void beginStretch() {
    stretch = new HealthTally(connections);
  }

  /** The verdict on the client since the stretch began. */
  synchronized Verdict verdictOfStretch() {
    return stretch.verdict();
  }

  /** Why the file ends early, if it does. */
  synchronized Optional<IOException> failure() {
    return failure;
  }

  /** Takes the last sample and closes the file; gives up on a disk that does not answer. */
  @Override
  public void close() {
    thread.shutdownNow();
    machine.close();
    try {
      if (thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        sample();
        file.close();
      }
    } catch (IOException ignored) {
      // every sample was written by then, or the failure is known
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
