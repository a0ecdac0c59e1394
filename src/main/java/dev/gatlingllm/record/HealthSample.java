package dev.gatlingllm.record;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How the client itself was from one sample to the next: one line of {@code health.jsonl}. Instants
 * are nanoseconds since the start of the run on the run's monotonic clock.
 *
 * @param fromNanos when the sample before was taken, or the first began
 * @param atNanos when this one was taken
 * @param loopDelay how long probes waited for an event loop; one that has not answered yet counts
 *     with what it has waited so far
 * @param pauses collections of garbage that stopped all threads
 * @param processor share of the processors that was busy
 * @param heapUsedBytes memory in use at the end
 * @param descriptors files and sockets that are open
 * @param inFlight most calls in flight at the same time
 * @param arrivals how the calls of this span started
 * @param backlog how long chunks waited from leaving the transport to being decoded
 * @param records what waits to be written to {@code calls.jsonl}
 * @param lateEvents events that came after their call had ended, dropped
 */
public record HealthSample(
    long fromNanos,
    long atNanos,
    @LineField("loopDelayMicros") Delays loopDelay,
    Pauses pauses,
    Processor processor,
    long heapUsedBytes,
    Descriptors descriptors,
    long inFlight,
    Arrivals arrivals,
    @LineField("backlogMicros") Delays backlog,
    Records records,
    long lateEvents) {

  /** Version of the line's format: raised when a field changes its meaning or goes away. */
  public static final int SCHEMA_VERSION = 2;

  /** Rejects a sample that ends before it begins. */
  public HealthSample {
    if (atNanos < fromNanos) {
      throw new IllegalArgumentException(
          "atNanos must be >= fromNanos, was " + atNanos + " and " + fromNanos);
    }
  }

  /** How long the sample covers. */
  public long spanNanos() {
    return atNanos - fromNanos;
  }

  /**
   * Collections that stopped all threads, as the JVM tells them: in whole milliseconds.
   *
   * @param count how many
   * @param longestNanos the longest; 0 if there was none
   * @param totalNanos all together
   */
  public record Pauses(
      @LineField("gcPauses") long count,
      @LineField("gcLongestNanos") long longestNanos,
      @LineField("gcTotalNanos") long totalNanos) {

    /** There was none. */
    public static final Pauses NONE = new Pauses(0, 0, 0);
  }

  /**
   * Shares from 0 to 1; absent where the system does not say.
   *
   * @param process of the processors that this process may use, used by it
   * @param machine of the machine's processors, used by anyone
   */
  public record Processor(
      @LineField("processCpu") OptionalDouble process,
      @LineField("machineCpu") OptionalDouble machine) {

    /** Where the system does not say. */
    public static final Processor UNKNOWN =
        new Processor(OptionalDouble.empty(), OptionalDouble.empty());
  }

  /**
   * File descriptors of the process; absent where the system does not say.
   *
   * @param open how many are in use
   * @param most how many it may have, {@code ulimit -n}
   */
  public record Descriptors(
      @LineField("descriptorsOpen") OptionalLong open,
      @LineField("descriptorsMost") OptionalLong most) {

    /** Where the system does not say. */
    public static final Descriptors UNKNOWN =
        new Descriptors(OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * How calls started.
   *
   * @param scheduleDelay the client's own delay of each call that started: actual start − intended
   *     start, without what follows
   * @param held of these, how long those waited that the user's own limit held back: most calls in
   *     flight, or Gatling's throttle
   * @param dropped arrivals too late to be sent because of the client
   * @param heldTooLong arrivals too late to be sent because of the user's own limit
   */
  public record Arrivals(
      @LineField(value = "scheduleDelayMicros", formerly = "lagMicros") Delays scheduleDelay,
      @LineField("heldMicros") Delays held,
      @LineField(formerly = "missed") long dropped,
      long heldTooLong) {

    /** No call was to start. */
    public static final Arrivals NONE = new Arrivals(Delays.NONE, Delays.NONE, 0, 0);
  }

  /**
   * The queue of the thread that writes {@code calls.jsonl}.
   *
   * @param queued how many records wait
   * @param capacity how many may wait
   * @param lost how many could not be kept
   */
  public record Records(
      @LineField("recordsQueued") long queued,
      @LineField("recordsCapacity") long capacity,
      @LineField("recordsLost") long lost) {}
}
