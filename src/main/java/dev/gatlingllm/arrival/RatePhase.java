package dev.gatlingllm.arrival;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a {@link RateProfile}, which reports show as a row of its own. Rates are arrivals per
 * minute, fractions allowed, 0 or from 1e-9 to 60e9, taken to nine decimals; in a {@link
 * ClientProfile} they are clients. Every factory throws an {@link IllegalArgumentException} that
 * names the parameter if one is out of its range. Immutable.
 */
public final class RatePhase {

  private static final double LOWEST = 1e-9;
  private static final double HIGHEST = 60e9;
  private static final int MOST_STEPS = 10_000;
  private static final int MOST_PERIODS = 10_000;

  private final String words;
  private final boolean ofRate;
  private final List<RatePiece> pieces;
  private final List<RatePhase> parts;

  private RatePhase(String words, boolean ofRate, List<RatePiece> pieces) {
    this.words = words;
    this.ofRate = ofRate;
    this.pieces = List.copyOf(pieces);
    this.parts = List.of(this);
  }

  private RatePhase(List<RatePhase> parts) {
    this.words = "";
    this.ofRate = false;
    this.pieces = List.of();
    this.parts = List.copyOf(parts);
  }

  /**
   * A rate at an instant.
   *
   * @param second since the start of the phase
   * @param rpm arrivals per minute
   */
  public record Point(BigDecimal second, double rpm) {}

  /** A constant rate. */
  public static RatePhase hold(double rpm, Duration time) {
    return new RatePhase(
        "hold " + text(rpm), true, List.of(line(rate("rpm", rpm), rpm, nanos("for", time))));
  }

  /** No arrivals for a time. */
  public static RatePhase pause(Duration time) {
    return new RatePhase("pause", false, List.of(line(0, 0, nanos("for", time))));
  }

  /** A rate that goes from one value to another in a straight line. */
  public static RatePhase ramp(double fromRpm, double toRpm, Duration during) {
    return new RatePhase(
        "ramp " + text(rate("from", fromRpm)) + " to " + text(rate("to", toRpm)),
        true,
        List.of(line(fromRpm, toRpm, nanos("in", during))));
  }

  /**
   * Constant rates that follow one another: {@code from}, {@code from ± by} and so on, as long as
   * {@code to} is not passed. Each is a phase of its own, so that a report has a row for each.
   *
   * @param byRpm the difference from one to the next, more than 0, whether it goes up or down
   * @param each how long each lasts
   */
  public static RatePhase steps(double fromRpm, double toRpm, double byRpm, Duration each) {
    rate("from", fromRpm);
    rate("to", toRpm);
    require(byRpm >= LOWEST && byRpm <= HIGHEST, "by", "a number above 0", byRpm);
    nanos("each", each);
    BigDecimal first = BigDecimal.valueOf(fromRpm);
    BigDecimal by = BigDecimal.valueOf(byRpm);
    BigDecimal way = BigDecimal.valueOf(toRpm).subtract(first);
    BigDecimal count = way.abs().divideToIntegralValue(by).add(BigDecimal.ONE);
    require(
        count.compareTo(BigDecimal.valueOf(MOST_STEPS)) <= 0,
        "by",
        "so large that there are at most " + MOST_STEPS + " steps",
        byRpm);
    List<RatePhase> steps = new ArrayList<>();
    for (int i = 0; i < count.intValueExact(); i++) {
      BigDecimal up = by.multiply(BigDecimal.valueOf((long) i * way.signum()));
      steps.add(step(first.add(up).doubleValue(), each));
    }
    return new RatePhase(steps);
  }

  private static RatePhase step(double rpm, Duration each) {
    return new RatePhase("step " + text(rpm), true, List.of(line(rpm, rpm, nanos("each", each))));
  }

  /**
   * A rate that rises from a base to a peak in a straight line, which it reaches half-way, and
   * falls back as it rose. A sudden change is a {@link #hold} at the peak.
   */
  public static RatePhase spike(double baseRpm, double peakRpm, Duration time) {
    rate("base", baseRpm);
    require(
        rate("peak", peakRpm) > baseRpm, "peak", "more than base (" + text(baseRpm) + ")", peakRpm);
    long nanos = nanos("for", time);
    require(nanos >= 2, "for", "at least 2 ns", nanos);
    return new RatePhase(
        "spike " + text(baseRpm) + " to " + text(peakRpm),
        true,
        List.of(line(baseRpm, peakRpm, nanos / 2), line(peakRpm, baseRpm, nanos - nanos / 2)));
  }

  /**
   * A rate that swings around a mean as the load of a day does: {@code mean + amplitude × sin(2π t
   * / period)}.
   *
   * @param meanRpm more than 0
   * @param amplitudeRpm at most the mean
   * @param period at least a ten-thousandth of {@code during}
   */
  public static RatePhase sine(
      double meanRpm, double amplitudeRpm, Duration period, Duration during) {
    require(rate("mean", meanRpm) > 0, "mean", "more than 0", meanRpm);
    require(
        rate("amplitude", amplitudeRpm) <= meanRpm,
        "amplitude",
        "at most the mean (" + text(meanRpm) + ")",
        amplitudeRpm);
    long nanosOfPeriod = nanos("period", period);
    long least = Math.max(4, nanos("for", during) / MOST_PERIODS);
    require(nanosOfPeriod >= least, "period", "at least " + Duration.ofNanos(least), period);
    return new RatePhase(
        "sine " + text(meanRpm) + " by " + text(amplitudeRpm),
        true,
        List.of(SineRate.of(meanRpm, amplitudeRpm, nanosOfPeriod, nanos("for", during))));
  }

  /**
   * Rates at instants, with straight lines between them. Two points at one instant are a jump.
   *
   * @param source what they come from, such as the name of a file
   * @param points at least two; the first at second 0, ascending
   */
  public static RatePhase through(String source, List<Point> points) {
    if (points.size() < 2 || points.get(0).second().signum() != 0) {
      throw new IllegalArgumentException(
          "points must be at least two, the first of them at second 0");
    }
    List<RatePiece> pieces = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      Point last = points.get(i - 1);
      Point next = points.get(i);
      long nanos = nanosAt(next) - nanosAt(last);
      require(nanos >= 0, "second", "at least that of the row before", next.second());
      rate("rpm", last.rpm());
      rate("rpm", next.rpm());
      if (nanos > 0) {
        pieces.add(line(last.rpm(), next.rpm(), nanos));
      }
    }
    require(!pieces.isEmpty(), "points", "longer than 0 s", points.size());
    return new RatePhase(source, true, pieces);
  }

  private static long nanosAt(Point point) {
    BigDecimal nanos = point.second().movePointRight(9);
    require(
        nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0,
        "second",
        "at most 292 years",
        point.second());
    return nanos.longValue();
  }

  private static RatePiece line(double fromRpm, double toRpm, long nanos) {
    return LinearRate.of(fromRpm, toRpm, nanos);
  }

  private static double rate(String name, double rpm) {
    require(
        rpm == 0 || (rpm >= LOWEST && rpm <= HIGHEST), name, "a number from 0 to 60000000000", rpm);
    return rpm;
  }

  private static long nanos(String name, Duration time) {
    require(!time.isZero() && !time.isNegative(), name, "a time above 0", time);
    require(time.compareTo(Duration.ofNanos(Long.MAX_VALUE)) <= 0, name, "at most 292 years", time);
    return time.toNanos();
  }

  private static void require(boolean kept, String name, String accepted, Object value) {
    if (!kept) {
      throw new IllegalArgumentException(name + " must be " + accepted + ", was " + value);
    }
  }

  private static String text(double rpm) {
    BigDecimal plain = BigDecimal.valueOf(rpm).stripTrailingZeros();
    return plain.toPlainString();
  }

  /** In words, such as {@code ramp 10 to 600 rpm}. */
  String name(String unit) {
    return ofRate ? words + " " + unit : words;
  }

  /** The rate that it ends with. */
  public double end() {
    List<RatePiece> all = parts.get(parts.size() - 1).pieces;
    RatePiece last = all.get(all.size() - 1);
    return last.rpmAt(last.nanos());
  }

  List<RatePiece> pieces() {
    return pieces;
  }

  /** The phases that it stands for: itself, or each of its steps. */
  List<RatePhase> parts() {
    return parts;
  }
}
