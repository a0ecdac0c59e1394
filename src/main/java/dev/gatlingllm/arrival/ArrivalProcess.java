package dev.gatlingllm.arrival;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * How arrivals lie around the rate that is asked for. A random process is conditioned on its count:
 * it has as many arrivals as the rate asks for, and its gaps add up to the load.
 *
 * @param kind of the process
 * @param burstiness of a gamma process: the shape of its gaps, from 0.01 to 1000. 1 is a Poisson
 *     process, less comes in bursts, more is more regular; the coefficient of variation of the gaps
 *     is {@code 1/√burstiness}. The parameter that vLLM's benchmark calls {@code --burstiness}.
 */
public record ArrivalProcess(Kind kind, double burstiness) {

  /** Arrivals where the integrated rate reaches a whole number. */
  public static final ArrivalProcess CONSTANT = new ArrivalProcess(Kind.CONSTANT, 1);

  /** A Poisson process, as of independent users. */
  public static final ArrivalProcess POISSON = new ArrivalProcess(Kind.POISSON, 1);

  private static final double LEAST = 0.01;
  private static final double MOST = 1_000;

  /** The kinds. */
  public enum Kind {
    CONSTANT,
    POISSON,
    GAMMA
  }

  /** Refuses a burstiness that is out of its range. */
  public ArrivalProcess {
    if (!(burstiness >= LEAST && burstiness <= MOST)) {
      throw new IllegalArgumentException(
          "burstiness must be a number from 0.01 to 1000, was " + burstiness);
    }
  }

  /** A renewal process whose gaps have a gamma distribution. */
  public static ArrivalProcess gamma(double burstiness) {
    return new ArrivalProcess(Kind.GAMMA, burstiness);
  }

  /** Whether arrivals are drawn. */
  public boolean isRandom() {
    return kind != Kind.CONSTANT;
  }

  /**
   * Gives the gaps between the arrivals of a process without an end, in units of their mean.
   *
   * @param seed any number; without effect on a constant process
   * @return used by one thread
   */
  public DoubleSupplier gaps(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return switch (kind) {
      case CONSTANT -> () -> 1;
      // StrictMath: the same seed gives the same gaps on every machine.
      case POISSON -> () -> -StrictMath.log(1 - random.nextDouble());
      case GAMMA -> new GammaShares(0, burstiness, random)::gap;
    };
  }

  /**
   * Gives, of so many arrivals of a random process, the share of the load that lies before each.
   */
  DoubleSupplier shares(long arrivals, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return kind == Kind.GAMMA
        ? new GammaShares(arrivals, burstiness, random)
        : new UniformShares(arrivals, random);
  }
}
