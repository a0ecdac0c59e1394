package dev.gatlingllm.health;

import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.timing.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Takes the samples, one after another, on whatever thread asks; one thread at a time. A sample
 * costs each event loop one small task.
 */
public final class HealthSampler {

  private final ClientHealth health;
  private final DelayRecorder loopDelays = new DelayRecorder();
  private final List<LoopProbe> probes = new ArrayList<>();
  private final Machine machine;
  private final RecordQueue records;
  private final NanoClock clock;
  private final long originNanos;
  private long lastNanos;
  private long lostBefore;

  /**
   * A sampler whose first sample begins now.
   *
   * @param health what the calls tell
   * @param loops to be probed, each of one thread
   * @param originNanos the start of the run on {@code clock}
   */
  public HealthSampler(
      ClientHealth health,
      List<? extends Executor> loops,
      Machine machine,
      RecordQueue records,
      NanoClock clock,
      long originNanos) {
    this.health = health;
    this.machine = machine;
    this.records = records;
    this.clock = clock;
    watch(loops);
    this.originNanos = originNanos;
    this.lastNanos = clock.nanos();
  }

  /** Probes these event loops, too, each of one thread. */
  public void watch(List<? extends Executor> loops) {
    loops.forEach(loop -> probes.add(new LoopProbe(loop, loopDelays, clock)));
  }

  /** How the client was since the last sample; sends the probes of the next. */
  public HealthSample sample() {
    long from = lastNanos;
    lastNanos = clock.nanos();
    probes.forEach(LoopProbe::sample);
    return new HealthSample(
        from - originNanos,
        lastNanos - originNanos,
        loopDelays.drain(),
        machine.pauses(),
        machine.processor(lastNanos - from),
        machine.heapUsedBytes(),
        machine.descriptors(),
        health.drainMostInFlight(),
        health.drainArrivals(),
        health.drainBacklog(),
        drainRecords(),
        health.drainLateEvents());
  }

  private HealthSample.Records drainRecords() {
    long before = lostBefore;
    lostBefore = records.lost();
    return new HealthSample.Records(records.queued(), records.capacity(), lostBefore - before);
  }
}
