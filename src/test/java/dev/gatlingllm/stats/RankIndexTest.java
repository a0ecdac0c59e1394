package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class RankIndexTest {

  private final Random random = new Random(3);

  @Test
  void ranksAreThoseOfCounting() {
    check(() -> Math.exp(random.nextGaussian()));
    check(random::nextGaussian);
    check(() -> random.nextInt(5) - 2);
    check(() -> random.nextBoolean() ? 1e300 * random.nextGaussian() : 1e-300);
    check(() -> random.nextInt(3) == 0 ? -0.0 : 0.0);
    check(() -> 7);
    check(() -> random.nextInt(4) == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE);
  }

  private void check(DoubleSupplier drawn) {
    for (int n : new int[] {1, 2, 3, 64, 1000}) {
      double[] sorted = new double[n];
      Arrays.setAll(sorted, any -> drawn.getAsDouble());
      Arrays.sort(sorted);
      RankIndex ranks = new RankIndex(sorted);
      for (double value : sorted) {
        long below = Arrays.stream(sorted).filter(other -> other < value).count();
        long same = Arrays.stream(sorted).filter(other -> other == value).count();
        assertThat(ranks.meanRank(value)).isEqualTo(below + (same - 1) / 2.0);
      }
    }
  }
}
