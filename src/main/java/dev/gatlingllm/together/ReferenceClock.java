package dev.gatlingllm.together;

import dev.gatlingllm.record.ClockOffset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A clock that several machines asked, as seen from the monotonic clock of one of them. Immutable.
 *
 * @param name whose clock it is
 * @param least what is added to the own clock at least, to get nanoseconds since the epoch
 * @param most what is added at most
 * @param knownNanos when that was found out, on the own clock
 */
public record ReferenceClock(String name, long least, long most, long knownNanos) {

  /** By how much two clocks drift apart at most: quartz is within 100 millionths. */
  private static final double DRIFT = 1e-4;

  /** Wall clocks of a JVM tell microseconds on some systems. */
  private static final long RESOLUTION = 1_000;

  private static final long SECOND = 1_000_000_000L;

  /** The same by another name. */
  ReferenceClock named(String newName) {
    return new ReferenceClock(newName, least, most, knownNanos);
  }

  /**
   * The clock that most exchanges agree on: the part of time that the greatest number of their
   * intervals have in common (Marzullo, "Maintaining the time in a distributed system", 1984).
   * Empty if no more than half of them have one.
   */
  static Optional<ReferenceClock> of(String name, List<TimeExchange> exchanges) {
    List<Edge> edges = new ArrayList<>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (TimeExchange exchange : exchanges) {
      edges.add(new Edge(exchange.least(), 1));
      edges.add(new Edge(exchange.most(), -1));
      first = Math.min(first, exchange.sentNanos());
      last = Math.max(last, exchange.answeredNanos());
    }
    // Intervals that touch have that point in common.
    edges.sort(
        Comparator.comparingLong(Edge::at).thenComparing(Edge::step, Comparator.reverseOrder()));
    int open = 0;
    int best = 0;
    long least = 0;
    long most = 0;
    for (int i = 0; i < edges.size(); i++) {
      open += edges.get(i).step();
      if (open > best) {
        best = open;
        least = edges.get(i).at();
        most = edges.get(i + 1).at();
      }
    }
    long drift = (long) Math.ceil((last - first) * DRIFT) + RESOLUTION;
    return best * 2 > exchanges.size()
        ? Optional.of(new ReferenceClock(name, least - drift, most + drift, last))
        : Optional.empty();
  }

  private record Edge(long at, int step) {}

  /** The own wall clock as the reference of others. */
  static ReferenceClock own(String name, long nanos, Instant wall) {
    long added = epochNanos(wall) - nanos;
    return new ReferenceClock(name, added, added, nanos);
  }

  static long epochNanos(Instant instant) {
    return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
  }

  /** What time it is at an instant of the own clock. */
  Instant at(long nanos) {
    long epoch = nanos + added();
    return Instant.ofEpochSecond(Math.floorDiv(epoch, SECOND), Math.floorMod(epoch, SECOND));
  }

  /** The instant of the own clock at which it is so late. */
  long nanosAt(Instant instant) {
    return epochNanos(instant) - added();
  }

  private long added() {
    return least + (most - least) / 2;
  }

  /** How far {@link #at} may be off either way, at an instant of the own clock. */
  long boundNanos(long nanos) {
    return (most - least + 1) / 2 + (long) Math.ceil(Math.abs(nanos - knownNanos) * DRIFT);
  }

  /**
   * How far a clock with wall time is from this one.
   *
   * @param nanos an instant of the own clock
   * @param wall the wall time of the same instant
   */
  public ClockOffset offset(long nanos, Instant wall) {
    return new ClockOffset(
        name, (nanos + added() - epochNanos(wall)) / 1e6, boundNanos(nanos) / 1e6);
  }
}
