package dev.gatlingllm.config;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value, or a distribution of values, as a setting writes it: {@code 5}, {@code uniform 2 to 8},
 * {@code exponential mean 5, 1 to 30} or {@code lognormal median 5 p95 20, 1 to 60}. What a
 * distribution gives outside of its bounds is drawn again. Immutable.
 *
 * @param text as it was written
 * @param kind what it is
 * @param first the value, the lower end, the mean or the median
 * @param second the upper end or the p95; of no meaning for the others
 * @param least no draw is below
 * @param most no draw is above; infinite if there is no bound
 */
public record Spread(
    String text, Kind kind, double first, double second, double least, double most) {

  /** What a spread is. */
  public enum Kind {
    CONSTANT,
    UNIFORM,
    EXPONENTIAL,
    LOGNORMAL
  }

  /** What is accepted, in words. */
  static final String FORMS =
      "one value, uniform A to B, exponential mean M or lognormal median M p95 P, the latter two"
          + " with bounds if wanted, as in lognormal median M p95 P, A to B";

  private static final String VALUE = "([\\d.]+ ?[a-z]*)";
  private static final Pattern ONE = Pattern.compile(VALUE);
  private static final Pattern UNIFORM = Pattern.compile("uniform " + VALUE + " to " + VALUE);
  private static final Pattern BOUNDED = Pattern.compile("(.*), " + VALUE + " to " + VALUE);
  private static final Pattern EXPONENTIAL = Pattern.compile("exponential mean " + VALUE);
  private static final Pattern LOGNORMAL =
      Pattern.compile("lognormal median " + VALUE + " p95 " + VALUE);

  /** The p95 of the standard normal distribution. */
  private static final double P95 = 1.6448536269514722;

  private static final int MOST_DRAWS = 1_000;

  /** Numbers. */
  static Spread ofNumbers(String text) {
    return parse(text, Double::parseDouble);
  }

  /** Durations; the values are seconds. */
  static Spread ofDurations(String text) {
    return parse(text, one -> ConfigReader.parseDuration(one).toNanos() / 1e9);
  }

  /** Rejects what is none of the forms. */
  private static Spread parse(String text, ToDoubleFunction<String> value) {
    String words = text.strip().replaceAll("\\s+", " ");
    Matcher bounded = BOUNDED.matcher(words);
    boolean bounds = bounded.matches();
    String form = bounds ? bounded.group(1) : words;
    double least = bounds ? value.applyAsDouble(bounded.group(2)) : 0;
    double most = bounds ? value.applyAsDouble(bounded.group(3)) : Double.POSITIVE_INFINITY;
    Matcher one = ONE.matcher(form);
    if (one.matches() && !bounds) {
      double only = value.applyAsDouble(one.group(1));
      return new Spread(text, Kind.CONSTANT, only, only, only, only);
    }
    Matcher uniform = UNIFORM.matcher(form);
    if (uniform.matches() && !bounds) {
      double low = value.applyAsDouble(uniform.group(1));
      double high = value.applyAsDouble(uniform.group(2));
      return new Spread(text, Kind.UNIFORM, low, high, low, high);
    }
    Matcher exponential = EXPONENTIAL.matcher(form);
    if (exponential.matches()) {
      double mean = value.applyAsDouble(exponential.group(1));
      return new Spread(text, Kind.EXPONENTIAL, mean, mean, least, most);
    }
    Matcher lognormal = LOGNORMAL.matcher(form);
    if (lognormal.matches()) {
      return new Spread(
          text,
          Kind.LOGNORMAL,
          value.applyAsDouble(lognormal.group(1)),
          value.applyAsDouble(lognormal.group(2)),
          least,
          most);
    }
    throw new IllegalArgumentException("none of the forms");
  }

  /** Rejects ends in the wrong order, and a distribution that has nothing within its bounds. */
  public Spread {
    boolean shaped = kind == Kind.EXPONENTIAL || kind == Kind.LOGNORMAL;
    if (!(least >= 0 && least <= most && second >= first)
        || (shaped && !(first > 0 && first >= least && first <= most))) {
      throw new IllegalArgumentException("not in order");
    }
  }

  /** The next value of a random number generator. */
  public double next(SplittableRandom random) {
    double drawn = draw(random);
    for (int i = 1; i < MOST_DRAWS && (drawn < least || drawn > most); i++) {
      drawn = draw(random);
    }
    return Math.min(most, Math.max(least, drawn));
  }

  // StrictMath: the same seed gives the same value on every machine.
  private double draw(SplittableRandom random) {
    return switch (kind) {
      case CONSTANT -> first;
      case UNIFORM -> first + (second - first) * random.nextDouble();
      case EXPONENTIAL -> -first * StrictMath.log1p(-random.nextDouble());
      case LOGNORMAL -> first * StrictMath.exp(sigma() * random.nextGaussian());
    };
  }

  private double sigma() {
    return StrictMath.log(second / first) / P95;
  }

  /** The next value as a whole number; a uniform one has all from its lower to its upper end. */
  public int nextWhole(SplittableRandom random) {
    return kind == Kind.UNIFORM
        ? random.nextInt((int) Math.ceil(first), (int) Math.floor(second) + 1)
        : (int) Math.round(next(random));
  }

  /** The next value of seconds. */
  public Duration nextDuration(SplittableRandom random) {
    return Duration.ofNanos(Math.round(next(random) * 1e9));
  }

  /** The mean, of a distribution without its bounds, but within them. */
  public double mean() {
    double mean =
        switch (kind) {
          case CONSTANT, EXPONENTIAL -> first;
          case UNIFORM -> (first + second) / 2;
          case LOGNORMAL -> first * Math.exp(sigma() * sigma() / 2);
        };
    return Math.min(most, Math.max(least, mean));
  }

  /** The greatest value that is drawn; absent if there is none. */
  public OptionalDouble greatest() {
    return Double.isInfinite(most) ? OptionalDouble.empty() : OptionalDouble.of(most);
  }
}
