package dev.gatlingllm.call;

import dev.gatlingllm.record.CancelPlan;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Decides which calls of a run the client cancels, and when: drawn by the seed of the run and the
 * number of the call before it is sent, so that neither threads nor the service change it. Safe for
 * use by many threads.
 *
 * @param share of the calls, 0 to 1
 * @param after the start of the call
 * @param afterFirstToken of a streamed call
 * @param delay how both spread over calls
 * @param sigma of a lognormal delay
 * @param seed of the run
 */
public record CancelDraw(
    double share,
    Optional<Duration> after,
    Optional<Duration> afterFirstToken,
    Delay delay,
    double sigma,
    long seed) {

  /** No call is cancelled. */
  public static final CancelDraw NONE =
      new CancelDraw(0, Optional.empty(), Optional.empty(), Delay.CONSTANT, 0, 0);

  /** Keeps neighbouring numbers of calls far apart. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Keeps these draws apart from others of the same seed and call. */
  private static final long OWN = 0x2545F4914F6CDD1DL;

  /** How a delay spreads over calls. */
  public enum Delay {
    /** The same for all. */
    CONSTANT {
      @Override
      double times(SplittableRandom random, double sigma) {
        return 1;
      }
    },
    /** What is set is the mean. */
    EXPONENTIAL {
      @Override
      double times(SplittableRandom random, double sigma) {
        return -StrictMath.log1p(-random.nextDouble());
      }
    },
    /** What is set is the median. */
    LOGNORMAL {
      @Override
      double times(SplittableRandom random, double sigma) {
        return StrictMath.exp(sigma * random.nextGaussian());
      }
    };

    /** By how much the delay of a call is longer than what is set. */
    abstract double times(SplittableRandom random, double sigma);
  }

  /** What becomes of a call, by its number in the run. */
  public CancelPlan of(long call) {
    SplittableRandom random = new SplittableRandom((seed ^ OWN) + call * SPREAD);
    if (random.nextDouble() >= share) {
      return CancelPlan.NONE;
    }
    double times = delay.times(random, sigma);
    return new CancelPlan(nanos(after, times), nanos(afterFirstToken, times));
  }

  private static OptionalLong nanos(Optional<Duration> set, double times) {
    return set.map(one -> OptionalLong.of((long) Math.min(LONGEST, one.toNanos() * times)))
        .orElse(OptionalLong.empty());
  }

  /** A century: longer than any call, and no instant overflows by it. */
  private static final double LONGEST = 3.2e18;
}
