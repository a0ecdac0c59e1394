package dev.gatlingllm.arrival;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A rate over time: phases that follow one another. Knows the rate at an instant, its integral,
 * which is the number of arrivals until then, and the instant at which the integral reaches a
 * number: in closed form for straight lines, by bisection for sines, with the same nanosecond on
 * every machine. Immutable.
 *
 * <pre>{@code
 * RateProfile.of(ramp(10, 600, ofMinutes(10)), hold(600, ofMinutes(5)))
 * }</pre>
 */
public final class RateProfile {

  private static final String RPM = "rpm";

  /** So many points draw the swing of a sine. */
  private static final int POINTS_PER_TURN = 8;

  /** Most points of a drawing. */
  private static final int MOST_POINTS = 1_000;

  private final List<Span> spans;
  private final List<RatePiece> pieces = new ArrayList<>();
  private final long[] starts;
  private final BigInteger[] levels;

  /**
   * From when to when a phase goes.
   *
   * @param name its number and its words: {@code 1 ramp 10 to 600 rpm}
   * @param fromNanos since the start of the load
   * @param toNanos exclusive
   */
  public record Span(String name, long fromNanos, long toNanos) {}

  /** A rate, in arrivals per minute, at an instant since the start of the load. */
  public record Point(long nanos, double rpm) {}

  private RateProfile(List<RatePhase> phases, String unit) {
    List<RatePhase> all = phases.stream().flatMap(phase -> phase.parts().stream()).toList();
    if (all.isEmpty()) {
      throw new IllegalArgumentException("a profile must have at least one phase, had none");
    }
    all.forEach(phase -> pieces.addAll(phase.pieces()));
    starts = new long[pieces.size() + 1];
    levels = new BigInteger[pieces.size() + 1];
    levels[0] = BigInteger.ZERO;
    for (int i = 0; i < pieces.size(); i++) {
      RatePiece piece = pieces.get(i);
      starts[i + 1] = sum(starts[i], piece.nanos());
      levels[i + 1] = levels[i].add(piece.upTo(piece.nanos()));
    }
    this.spans = spans(all, unit);
  }

  private static long sum(long one, long other) {
    try {
      return Math.addExact(one, other);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a profile must last at most 292 years, was longer");
    }
  }

  private List<Span> spans(List<RatePhase> phases, String unit) {
    List<Span> found = new ArrayList<>();
    int piece = 0;
    for (RatePhase phase : phases) {
      long from = starts[piece];
      piece += phase.pieces().size();
      found.add(new Span(found.size() + 1 + " " + phase.name(unit), from, starts[piece]));
    }
    return List.copyOf(found);
  }

  /**
   * Phases one after the other.
   *
   * @throws IllegalArgumentException if there are none, or they last longer than 292 years
   */
  public static RateProfile of(RatePhase... phases) {
    return of(List.of(phases));
  }

  /** As {@link #of(RatePhase...)}. */
  public static RateProfile of(List<RatePhase> phases) {
    return new RateProfile(phases, RPM);
  }

  static RateProfile inUnit(List<RatePhase> phases, String unit) {
    return new RateProfile(phases, unit);
  }

  /** How long it lasts. */
  public Duration duration() {
    return Duration.ofNanos(nanos());
  }

  long nanos() {
    return starts[pieces.size()];
  }

  /** Its phases, the steps of a staircase each as one. */
  public List<Span> phases() {
    return spans;
  }

  /** The name of the phase at an instant of the load; at its end, of the last. */
  public String phaseAt(long nanos) {
    int low = 0;
    for (int high = spans.size(); high - low > 1; ) {
      int middle = (low + high) >>> 1;
      if (spans.get(middle).fromNanos() <= nanos) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return spans.get(low).name();
  }

  /** The rate at an instant, in arrivals per minute; 0 before the start and from the end on. */
  public double rpmAt(long nanos) {
    if (nanos < 0 || nanos >= nanos()) {
      return 0;
    }
    int piece = pieceAt(nanos);
    return pieces.get(piece).rpmAt(nanos - starts[piece]);
  }

  /** The highest rate. */
  public double peakRpm() {
    return pieces.stream().mapToDouble(RatePiece::peak).max().orElse(0);
  }

  /** How many arrivals are asked for until an instant, with fractions: the integral of the rate. */
  public double arrivalsUpTo(long nanos) {
    return new BigDecimal(levelAt(nanos))
        .divide(new BigDecimal(RatePiece.PER_ARRIVAL), MathContext.DECIMAL64)
        .doubleValue();
  }

  BigInteger levelAt(long nanos) {
    if (nanos <= 0) {
      return BigInteger.ZERO;
    }
    if (nanos >= nanos()) {
      return total();
    }
    int piece = pieceAt(nanos);
    return levels[piece].add(pieces.get(piece).upTo(nanos - starts[piece]));
  }

  BigInteger total() {
    return levels[pieces.size()];
  }

  /**
   * The last instant until which no more than {@code level} has been integrated: a level that is
   * reached at the start of a pause belongs to its end, where arrivals go on.
   */
  long instantOf(BigInteger level) {
    int low = 0;
    for (int high = pieces.size(); high - low > 1; ) {
      int middle = (low + high) >>> 1;
      if (levels[middle].compareTo(level) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return starts[low] + pieces.get(low).latestAt(level.subtract(levels[low]));
  }

  private int pieceAt(long nanos) {
    int found = Arrays.binarySearch(starts, nanos);
    int piece = found >= 0 ? found : -found - 2;
    return Math.min(piece, pieces.size() - 1);
  }

  /**
   * Where the rate turns or jumps, from its start to its end: between them it only rises or falls.
   */
  List<Stretch> stretches() {
    List<Stretch> found = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      RatePiece piece = pieces.get(i);
      for (long at = 0; at < piece.nanos(); ) {
        long turn = piece.nextTurn(at);
        found.add(new Stretch(piece, starts[i], at, turn));
        at = turn;
      }
    }
    return found;
  }

  /** A part of a piece, in which the rate only rises or falls. */
  record Stretch(RatePiece piece, long startNanos, long from, long to) {}

  /**
   * The rate as a line through points, for a drawing: exact where it is straight. Of a profile with
   * very many turns, evenly spaced ones.
   */
  public List<Point> outline() {
    List<Stretch> stretches = stretches();
    List<Point> points = new ArrayList<>();
    int each = stretches.size() * 2 > MOST_POINTS ? 0 : POINTS_PER_TURN;
    for (Stretch stretch : stretches) {
      int parts = stretch.piece() instanceof SineRate && each > 0 ? each : 1;
      for (int i = 0; i <= parts; i++) {
        long at = stretch.from() + (stretch.to() - stretch.from()) / parts * i;
        long exact = i == parts ? stretch.to() : at;
        Point point = new Point(stretch.startNanos() + exact, stretch.piece().rpmAt(exact));
        if (points.isEmpty() || !points.get(points.size() - 1).equals(point)) {
          points.add(point);
        }
      }
    }
    return points.size() <= MOST_POINTS ? points : evenly();
  }

  private List<Point> evenly() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i <= MOST_POINTS; i++) {
      long at = i == MOST_POINTS ? nanos() - 1 : nanos() / MOST_POINTS * i;
      points.add(new Point(at, rpmAt(at)));
    }
    return points;
  }
}
