package dev.gatlingllm.simulator;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How a duration scatters around its configured value: the duration is multiplied by a random
 * factor.
 */
public sealed interface Jitter {

  /** What {@link #parse} accepts. */
  String ACCEPTED = "a share from 0 to 1, or lognormal:SIGMA with SIGMA from 0 to 3";

  /** What the text of a log-normal jitter begins with. */
  String LOG_NORMAL = "lognormal:";

  /** Every duration is exactly as configured. */
  Jitter NONE = new None();

  /** Draws the next factor, never negative. */
  double factor(RandomGenerator random);

  /** A factor between {@code 1 - fraction} and {@code 1 + fraction}, all equally likely. */
  static Jitter uniform(double fraction) {
    return new Uniform(fraction);
  }

  /**
   * A factor {@code exp(sigma * Z)} with Z standard normal: its median is 1, and it has the long
   * right tail that services show.
   */
  static Jitter logNormal(double sigma) {
    return new LogNormal(sigma);
  }

  /**
   * The jitter of a text: the fraction of {@link #uniform}, 0 for none, or {@code
   * lognormal:<sigma>}; empty if it is not {@link #ACCEPTED}.
   */
  static Optional<Jitter> parse(String text) {
    boolean logNormal = text.startsWith(LOG_NORMAL);
    try {
      double size = Double.parseDouble(logNormal ? text.substring(LOG_NORMAL.length()) : text);
      if (!(size >= 0 && size <= (logNormal ? 3 : 1))) {
        return Optional.empty();
      }
      return Optional.of(logNormal ? logNormal(size) : size == 0 ? NONE : uniform(size));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /** No scatter. */
  record None() implements Jitter {
    @Override
    public double factor(RandomGenerator random) {
      return 1;
    }
  }

  /**
   * Scatter within bounds.
   *
   * @param fraction half the width, 0 to 1
   */
  record Uniform(double fraction) implements Jitter {
    @Override
    public double factor(RandomGenerator random) {
      return 1 + fraction * (2 * random.nextDouble() - 1);
    }
  }

  /**
   * Scatter with a long right tail.
   *
   * @param sigma standard deviation of the factor's logarithm, 0 to 3
   */
  record LogNormal(double sigma) implements Jitter {
    @Override
    public double factor(RandomGenerator random) {
      return Math.exp(sigma * random.nextGaussian());
    }
  }
}
