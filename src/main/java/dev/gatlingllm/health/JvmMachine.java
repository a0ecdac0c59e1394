package dev.gatlingllm.health;

import com.sun.management.OperatingSystemMXBean;
import dev.gatlingllm.record.HealthSample;
import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;

/** The JVM this runs in. What the process may use is what the JVM was given: cgroup, affinity. */
public final class JvmMachine implements Machine, AutoCloseable {

  private static final int SAMPLES_PER_COUNT = 4;

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final PauseCounter pauses = new PauseCounter();
  private long processNanos = system.getProcessCpuTime();
  private HealthSample.Descriptors descriptors = OpenFiles.now();
  private int samplesSinceCount;

  /** Watches this JVM from now on. */
  public JvmMachine() {
    // The first answer is always 0: it has no time to look back on.
    double unused = system.getCpuLoad();
  }

  @Override
  public HealthSample.Processor processor(long spanNanos) {
    long before = processNanos;
    processNanos = system.getProcessCpuTime();
    double may = (double) spanNanos * Runtime.getRuntime().availableProcessors();
    boolean told = before >= 0 && processNanos >= 0 && spanNanos > 0;
    return new HealthSample.Processor(
        told ? share((processNanos - before) / may) : OptionalDouble.empty(),
        share(system.getCpuLoad()));
  }

  /** The JVM says less than 0, or no number, where it does not know. */
  private static OptionalDouble share(double share) {
    return share >= 0
        ? OptionalDouble.of(Math.round(Math.min(share, 1) * 1e4) / 1e4)
        : OptionalDouble.empty();
  }

  @Override
  public HealthSample.Pauses pauses() {
    return pauses.drain();
  }

  @Override
  public long heapUsedBytes() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Counted for every fourth sample only: with thousands of sockets it takes milliseconds. */
  @Override
  public HealthSample.Descriptors descriptors() {
    samplesSinceCount = (samplesSinceCount + 1) % SAMPLES_PER_COUNT;
    if (samplesSinceCount == 0) {
      descriptors = OpenFiles.now();
    }
    return descriptors;
  }

  /** Stops listening. */
  @Override
  public void close() {
    pauses.close();
  }
}
