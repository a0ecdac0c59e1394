package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
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

  /** Quartiles 10 and 50 (ranks 1 and 5 of 0 to 7): 40 / cbrt(8) = 20. */
  @Test
  void theWidthIsTheDistanceOfTheQuartilesOverTheCubeRootOfTheirNumber() {
    Bins bins = linear(new double[] {0, 10, 40, 40, 45, 50, 60, 70}, 0.1);
    assertThat(bins).isEqualTo(bins(0, List.of(0.0, 20.0, 40.0, 60.0, 80.0), 2L, 0L, 4L, 2L));
  }

  /** 44 / cbrt(8) = 22, so 50; 120 / cbrt(8) = 60, so 100; 20 / cbrt(8) = 10, so 10. */
  @Test
  void theWidthIsTheNextRoundOne() {
    assertThat(linear(new double[] {80, 80, 80, 80, 80, 124, 124, 130}, 0.1))
        .isEqualTo(bins(0, List.of(50.0, 100.0, 150.0), 5L, 3L));
    assertThat(linear(new double[] {180, 180, 180, 180, 180, 300, 300, 300}, 0.1))
        .isEqualTo(bins(0, List.of(100.0, 200.0, 300.0, 400.0), 5L, 0L, 3L));
    assertThat(linear(new double[] {-15, -15, -15, -15, -15, 5, 5, 5}, 0.1))
        .isEqualTo(bins(0, List.of(-20.0, -10.0, 0.0, 10.0), 5L, 0L, 3L));
  }

  /** A sixtieth of the range is 10. */
  @Test
  void whereTheQuartilesAreTheSameTheRangeIsDividedAndItsVeryEndLiesBeyond() {
    Bins bins = linear(new double[] {5, 5, 5, 5, 5, 5, 5, 605}, 0.1);
    assertThat(bins.edges()).hasSize(61).startsWith(0.0, 10.0).endsWith(590.0, 600.0);
    assertThat(bins.counts()).hasSize(60).startsWith(7L, 0L).endsWith(0L, 0L);
    assertThat(bins.beyond()).isEqualTo(1);
  }

  /** A thousandth of 400 is 0.4, so 0.5. */
  @Test
  void equalValuesHaveABinOfAboutAThousandthOfTheirs() {
    assertThat(linear(new double[] {400, 400}, 0.1)).isEqualTo(bins(0, List.of(400.0, 400.5), 2L));
    assertThat(linear(new double[] {-400, -400}, 0.1))
        .isEqualTo(bins(0, List.of(-400.0, -399.5), 2L));
  }

  @Test
  void zerosHaveABinOfOne() {
    assertThat(linear(new double[] {0, 0}, 0.1)).isEqualTo(bins(0, List.of(0.0, 1.0), 2L));
  }

  @Test
  void edgesThatDoNotEncloseTheCountsAreRefused() {
    assertThatThrownBy(() -> bins(0, List.of(1.0), 1L))
        .hasMessage("edges must be one more than counts, were 1 and 1");
    assertThatThrownBy(() -> bins(0, List.of(1.0)))
        .hasMessage("edges must be one more than counts, were 1 and 0");
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

  @Test
  void whatIsBelowAMicrosecondSharesTheFirstLogarithmicBin() {
    LogBins log = new LogBins();
    log.add(0, 1);
    log.add(0.0001, 2);
    log.add(0.001, 3);
    log.add(0.0012, 4);
    log.add(0.0013, 5);
    Bins bins = log.toBins();
    assertThat(bins.counts()).containsExactly(10L, 5L);
    assertThat(bins.edges().get(0)).isCloseTo(0.001, within(1e-12));
    assertThat(bins.edges().get(1)).isCloseTo(0.001 * 1.2589254, within(1e-9));
    assertThat(bins.edges().get(2)).isCloseTo(0.001 * 1.5848932, within(1e-9));
    assertThat(new LogBins().toBins()).isEqualTo(Bins.NONE);
  }

  private static Bins bins(long beyond, List<Double> edges, Long... counts) {
    return new Bins(edges, List.of(counts), beyond);
  }

  private static Bins linear(double[] values, double leastWidth) {
    return Bins.linear(Optional.of(SortedValues.sort(values.clone(), values.length)), leastWidth);
  }
}
