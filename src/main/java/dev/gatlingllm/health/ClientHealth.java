package dev.gatlingllm.health;

import dev.gatlingllm.record.Delays;
import dev.gatlingllm.record.HealthSample;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * What calls tell about the client between two samples. Safe for use by many threads; nothing here
 * waits or makes an object. What is drained belongs to the sampler's thread.
 */
public final class ClientHealth {

  private final DelayRecorder scheduleDelay = new DelayRecorder();
  private final DelayRecorder held = new DelayRecorder();
  private final DelayRecorder backlog = new DelayRecorder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder heldTooLong = new LongAdder();
  private final LongAdder lateEvents = new LongAdder();
  private final AtomicLong inFlight = new AtomicLong();
  private final LongAccumulator mostInFlight = new LongAccumulator(Math::max, 0);

  /** A call is under way. */
  public void callBegan() {
    mostInFlight.accumulate(inFlight.incrementAndGet());
  }

  /**
   * A call is over.
   *
   * @param late how many events came after its end
   */
  public void callEnded(int late) {
    inFlight.decrementAndGet();
    lateEvents.add(late);
  }

  /**
   * A call was sent.
   *
   * @param delayNanos the client's own delay
   * @param heldNanos how long the user's own limit held the call back before that; 0 if it did not
   */
  public void sent(long delayNanos, long heldNanos) {
    scheduleDelay.add(delayNanos);
    if (heldNanos > 0) {
      held.add(heldNanos);
    }
  }

  /** An arrival was too late to be sent, because of the client. */
  public void dropped() {
    dropped.increment();
  }

  /** An arrival was too late to be sent, because the user's own limit held it back. */
  public void heldTooLong() {
    heldTooLong.increment();
  }

  /**
   * A chunk was decoded.
   *
   * @param backlogNanos how long after it had left the transport
   */
  public void decoded(long backlogNanos) {
    backlog.add(backlogNanos);
  }

  HealthSample.Arrivals drainArrivals() {
    return new HealthSample.Arrivals(
        scheduleDelay.drain(), held.drain(), dropped.sumThenReset(), heldTooLong.sumThenReset());
  }

  Delays drainBacklog() {
    return backlog.drain();
  }

  long drainLateEvents() {
    return lateEvents.sumThenReset();
  }

  long drainMostInFlight() {
    return Math.max(mostInFlight.getThenReset(), inFlight.get());
  }
}
