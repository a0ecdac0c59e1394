package dev.gatlingllm.simulator;

import java.util.random.RandomGenerator;

/**
 * How a duration scatters around its configured value: the duration is multiplied by a random
 * factor.
 */
public sealed interface Jitter {

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
   * The jitter of a text: {@code none}, {@code uniform:<fraction>} or {@code lognormal:<sigma>}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static Jitter parse(String text) {
    String[] parts = text.split(":", 2);
    try {
      if (parts.length == 1 && parts[0].equals("none")) {
        return NONE;
      }
      if (parts.length == 2 && parts[0].equals("uniform")) {
        return uniform(Double.parseDouble(parts[1]));
      }
      if (parts.length == 2 && parts[0].equals("lognormal")) {
        return logNormal(Double.parseDouble(parts[1]));
      }
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(expected(text), notANumber);
    }
    throw new IllegalArgumentException(expected(text));
  }

  private static String expected(String text) {
    return "jitter must be none, uniform:<fraction> or lognormal:<sigma>, was '" + text + "'";
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
    /** Checks the range. */
    public Uniform {
      Check.between("uniform jitter", fraction, 0, 1);
    }

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
    /** Checks the range. */
    public LogNormal {
      Check.between("lognormal jitter", sigma, 0, 3);
    }

    @Override
    public double factor(RandomGenerator random) {
      return Math.exp(sigma * random.nextGaussian());
    }
  }
}
