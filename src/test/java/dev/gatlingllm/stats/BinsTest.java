package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinsTest {

  @Test
  void noValuesHaveNoBins() {
    assertThat(Bins.linear(Optional.empty(), 1)).isEqualTo(Bins.NONE);
  }

  @Test
  void equalValuesFallIntoOneBinThatHoldsThem() {
    Bins bins = linear(new double[] {400, 400, 400}, 0.1);
    assertThat(bins.counts()).containsExactly(3L);
    assertThat(bins.edges().get(0)).isLessThanOrEqualTo(400);
    assertThat(bins.edges().get(1)).isGreaterThan(400);
  }

  @Test
  void countsAreNotSplitFinerThanOne() {
    double[] counts = {10, 10, 10, 11, 11, 12, 13};
    Bins bins = linear(counts, 1);
    assertThat(bins.edges()).containsExactly(10.0, 11.0, 12.0, 13.0, 14.0);
    assertThat(bins.counts()).containsExactly(3L, 2L, 1L, 1L);
  }

  @Test
  void aFarTailIsCountedBeyondTheLastEdgeAndNothingIsLost() {
    Random random = new Random(1);
    double[] values = random.doubles(1000, 300, 600).toArray();
    values[17] = 120_000;
    Bins bins = linear(values, 0.1);
    assertThat(bins.beyond()).isEqualTo(1);
    assertThat(bins.counts()).hasSizeLessThanOrEqualTo(60);
    assertThat(bins.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(999);
    assertThat(bins.edges().get(0)).isLessThanOrEqualTo(Arrays.stream(values).min().getAsDouble());
  }

  @Test
  void logarithmicBinsHaveTenToADecade() {
    LogBins log = new LogBins();
    log.add(10, 2);
    log.add(100, 3);
    Bins bins = log.toBins();
    assertThat(bins.counts()).hasSize(11).startsWith(2L, 0L).endsWith(0L, 3L);
    assertThat(bins.edges().get(0)).isEqualTo(10);
    assertThat(bins.edges().get(10)).isEqualTo(100);
  }

  private static Bins linear(double[] values, double leastWidth) {
    return Bins.linear(Optional.of(SortedValues.sort(values.clone(), values.length)), leastWidth);
  }
}
