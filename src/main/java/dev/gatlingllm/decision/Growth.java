package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.SelectedCalls;
import dev.gatlingllm.stats.StartedValues;
import dev.gatlingllm.text.Figures;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Wait for the first token that grew while the run went on, as where calls come faster than the
 * service answers them: of the last third of the calls it is twice that of the first third, it
 * never fell in between, and it is shown to have grown.
 *
 * <p>It is shown against the hardest of all services that keep up, one at the edge of its capacity:
 * its queue is a random walk (D. V. Lindley, The theory of queues with a single server, 1952), and
 * the wait in {@value #BLOCKS} blocks of calls takes steps whose mean is 0. Student's t of these
 * steps, one-sided at 5 %, decides. Below that edge it errs less: reports/statistics.md.
 *
 * @param firstMillis mean of the first third
 * @param lastMillis mean of the last third
 */
public record Growth(double firstMillis, double lastMillis) {

  private static final int FEWEST_CALLS = 30;
  private static final double TIMES = 2;
  private static final int BLOCKS = 8;
  private static final double LEAST_T =
      new TDistribution(null, BLOCKS - 1.0)
          .inverseCumulativeProbability(1 - Interval.RISK_OF_ONE_SIDE);

  /**
   * The growth of the time to first token; empty if there is none, there are fewer than {@value
   * #FEWEST_CALLS} calls or more than are kept. To be asked of a load without steps alone.
   */
  public static Optional<Growth> ofTtft(SelectedCalls calls) {
    return calls.started(Measure.TTFT).map(StartedValues::series).flatMap(Growth::of);
  }

  /** The growth of a time in milliseconds, in the order in which the calls started. */
  static Optional<Growth> of(double[] series) {
    if (series.length < FEWEST_CALLS) {
      return Optional.empty();
    }
    double[] thirds = means(series, 3);
    boolean grows =
        thirds[0] < thirds[1] && thirds[1] < thirds[2] && thirds[2] >= TIMES * thirds[0];
    return grows && isShown(means(series, BLOCKS))
        ? Optional.of(new Growth(thirds[0], thirds[2]))
        : Optional.empty();
  }

  private static boolean isShown(double[] blocks) {
    double[] steps = new double[blocks.length - 1];
    Arrays.setAll(steps, i -> blocks[i + 1] - blocks[i]);
    double error = Math.sqrt(StatUtils.variance(steps) / steps.length);
    return StatUtils.mean(steps) > LEAST_T * error;
  }

  private static double[] means(double[] series, int parts) {
    double[] means = new double[parts];
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) series.length * i / parts);
      int to = (int) ((long) series.length * (i + 1) / parts);
      means[i] = StatUtils.mean(series, from, to - from);
    }
    return means;
  }

  /** In a clause. */
  public String text() {
    return "the wait for the first token grew from "
        + Figures.number(firstMillis)
        + " to "
        + Figures.number(lastMillis)
        + " ms during the run, so calls queue";
  }
}
