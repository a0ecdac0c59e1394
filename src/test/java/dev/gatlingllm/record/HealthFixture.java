package dev.gatlingllm.record;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Writes samples for tests: a quarter of a second with one call in flight and nothing wrong. */
public final class HealthFixture {

  public static final long QUARTER = 250_000_000L;

  private long from;
  private long span = QUARTER;
  private Delays loopDelay = Delays.NONE;
  private HealthSample.Pauses pauses = HealthSample.Pauses.NONE;
  private HealthSample.Processor processor = HealthSample.Processor.UNKNOWN;
  private HealthSample.Descriptors descriptors = HealthSample.Descriptors.UNKNOWN;
  private long inFlight = 1;
  private Delays scheduleDelay = Delays.NONE;
  private Delays held = Delays.NONE;
  private long dropped;
  private long heldTooLong;
  private Delays backlog = Delays.NONE;
  private HealthSample.Records records = new HealthSample.Records(0, 65_536, 0);
  private long lateEvents;

  private HealthFixture() {}

  /** Delays of these microseconds, each counted once, in ascending order and all different. */
  public static Delays delays(long... micros) {
    return new Delays(LongStream.of(micros).boxed().flatMap(one -> Stream.of(one, 1L)).toList());
  }

  public static HealthFixture sample() {
    return new HealthFixture();
  }

  /** The sample's place in a run that is sampled every quarter of a second. */
  public HealthFixture number(int number) {
    return from(number * QUARTER);
  }

  public HealthFixture from(long nanos) {
    this.from = nanos;
    return this;
  }

  public HealthFixture lasting(long nanos) {
    this.span = nanos;
    return this;
  }

  public HealthFixture loopDelayMicros(long... micros) {
    this.loopDelay = delays(micros);
    return this;
  }

  public HealthFixture loopDelay(Delays delays) {
    this.loopDelay = delays;
    return this;
  }

  public HealthFixture pauses(long count, long longestMillis, long totalMillis) {
    this.pauses =
        new HealthSample.Pauses(count, longestMillis * 1_000_000, totalMillis * 1_000_000);
    return this;
  }

  public HealthFixture busy(double process, double machine) {
    this.processor =
        new HealthSample.Processor(OptionalDouble.of(process), OptionalDouble.of(machine));
    return this;
  }

  public HealthFixture descriptors(long open, long most) {
    this.descriptors = new HealthSample.Descriptors(OptionalLong.of(open), OptionalLong.of(most));
    return this;
  }

  public HealthFixture inFlight(long calls) {
    this.inFlight = calls;
    return this;
  }

  public HealthFixture scheduleDelayMicros(long... micros) {
    this.scheduleDelay = delays(micros);
    return this;
  }

  public HealthFixture heldMicros(long... micros) {
    this.held = delays(micros);
    return this;
  }

  public HealthFixture dropped(long arrivals) {
    this.dropped = arrivals;
    return this;
  }

  public HealthFixture heldTooLong(long arrivals) {
    this.heldTooLong = arrivals;
    return this;
  }

  public HealthFixture backlogMicros(long... micros) {
    this.backlog = delays(micros);
    return this;
  }

  public HealthFixture records(long queued, long capacity, long lost) {
    this.records = new HealthSample.Records(queued, capacity, lost);
    return this;
  }

  public HealthFixture lateEvents(long events) {
    this.lateEvents = events;
    return this;
  }

  public HealthSample make() {
    return new HealthSample(
        from,
        from + span,
        loopDelay,
        pauses,
        processor,
        100L << 20,
        descriptors,
        inFlight,
        new HealthSample.Arrivals(scheduleDelay, held, dropped, heldTooLong),
        backlog,
        records,
        lateEvents);
  }
}
