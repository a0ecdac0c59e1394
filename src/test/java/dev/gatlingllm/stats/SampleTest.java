package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SampleTest {

  private static final Precision FEW_KEPT = new Precision(3, 1000, 10);

  @Test
  void nothingMeasuredHasNoValuesAndNoSum() {
    Sample sample = Sample.unordered(FEW_KEPT);
    sample.condense();

    assertThat(sample.values()).isEmpty();
    assertThat(Sample.sum(List.of(sample))).isEmpty();
    assertThat(Sample.together(List.of(sample, sample))).isEmpty();
  }

  @Test
  void allValuesAreKeptUntilItIsCondensed() {
    Sample sample = Sample.unordered(FEW_KEPT);
    double[] values = fill(sample, 20_000, 1);

    assertThat(distribution(sample)).isEqualTo(exact(values));
  }

  @Test
  void fewValuesAreKeptAlsoWhenItIsCondensed() {
    Sample sample = Sample.unordered(FEW_KEPT);
    sample.condense();
    double[] values = fill(sample, 10, 1);

    assertThat(distribution(sample)).isEqualTo(exact(values));
  }

  @Test
  void oneMoreThanAreKeptIsCountedWhetherItComesBeforeOrAfter() {
    Sample before = Sample.unordered(FEW_KEPT);
    fill(before, 10, 1);
    before.condense();
    assertThat(isExact(before)).isTrue();
    before.add(1);
    assertThat(isExact(before)).isFalse();
    Sample after = Sample.unordered(FEW_KEPT);
    fill(after, 11, 1);
    after.condense();
    assertThat(distribution(after).n()).isEqualTo(11);
    assertThat(isExact(after)).isFalse();
  }

  @Test
  void theSumOfASampleAddedToAnotherIsInItsSum() {
    Sample kept = Sample.unordered(FEW_KEPT);
    kept.add(4);
    Sample counted = Sample.unordered(new Precision(3, 1, 0));
    counted.condense();
    counted.add(2);
    Sample all = Sample.unordered(FEW_KEPT);
    all.addAll(kept);
    assertThat(Sample.sum(List.of(all))).hasValue(4);
    all.addAll(counted);
    assertThat(distribution(all).n()).isEqualTo(2);
    assertThat(Sample.sum(List.of(all, kept))).hasValue(10);
  }

  @Test
  void condensedPercentilesAreAccurateToOneInAThousandAndTheRestIsExact() {
    Sample sample = Sample.unordered(FEW_KEPT);
    double[] before = fill(sample, 40_000, 1);
    sample.condense();
    double[] after = fill(sample, 60_000, 2);
    double[] all = concat(before, after);
    Distribution exact = exact(all);
    Distribution condensed = distribution(sample);

    assertThat(condensed.n()).isEqualTo(100_000);
    assertThat(condensed.min()).isEqualTo(exact.min());
    assertThat(condensed.max()).isEqualTo(exact.max());
    assertThat(condensed.mean().orElseThrow())
        .isCloseTo(exact.mean().orElseThrow(), withinPercentage(1e-9));
    assertThat(condensed.sd().orElseThrow())
        .isCloseTo(exact.sd().orElseThrow(), withinPercentage(1e-9));
    assertThat(isExact(sample)).isFalse();
    assertThat(condensed.quantiles()).hasSameSizeAs(exact.quantiles());
    for (Quantile quantile : Quantile.values()) {
      assertThat(condensed.at(quantile).orElseThrow())
          .as(quantile.label())
          .isCloseTo(exact.at(quantile).orElseThrow(), withinPercentage(0.1));
    }
  }

  @Test
  void samplesTogetherAreWhatOneSampleOfAllWouldBe() {
    Sample kept = Sample.unordered(FEW_KEPT);
    Sample condensed = Sample.unordered(FEW_KEPT);
    condensed.condense();
    Sample both = Sample.unordered(FEW_KEPT);
    both.condense();
    double[] all = concat(fill(kept, 3000, 3), fill(condensed, 5000, 4));
    for (double value : all) {
      both.add(value);
    }
    Distribution one = distribution(both);
    Distribution together =
        Distribution.of("ms", Sample.together(List.of(kept, condensed)), PercentileRule.SHOW_ALL);

    assertThat(together.quantiles()).isEqualTo(one.quantiles());
    assertThat(together.mean().orElseThrow()).isEqualTo(one.mean().orElseThrow(), within(1e-9));
    assertThat(together.sd().orElseThrow()).isEqualTo(one.sd().orElseThrow(), within(1e-9));
    assertThat(together.max()).isEqualTo(one.max());
    assertThat(Sample.sum(List.of(kept, condensed)).orElseThrow())
        .isCloseTo(Sample.sum(List.of(both)).orElseThrow(), withinPercentage(1e-9));
  }

  @Test
  void keptSamplesTogetherAreExact() {
    List<Sample> samples = new ArrayList<>();
    double[] all = {};
    for (int i = 0; i < 5; i++) {
      Sample sample = Sample.unordered(FEW_KEPT);
      all = concat(all, fill(sample, 100 * i, i));
      samples.add(sample);
    }

    assertThat(Distribution.of("ms", Sample.together(samples), PercentileRule.SHOW_ALL))
        .isEqualTo(exact(all));
  }

  @Test
  void addingASampleIsAddingItsValues() {
    Sample first = Sample.unordered(FEW_KEPT);
    Sample second = Sample.unordered(FEW_KEPT);
    second.condense();
    double[] all = concat(fill(first, 500, 5), fill(second, 700, 6));
    first.addAll(second);

    assertThat(distribution(first).n()).isEqualTo(1200);
    assertThat(distribution(first).max()).isEqualTo(exact(all).max());
    assertThat(distribution(first).median().orElseThrow())
        .isCloseTo(exact(all).median().orElseThrow(), withinPercentage(0.1));
  }

  @Test
  void countsOfTokensAreCountedWithoutAFraction() {
    Sample tokens = Sample.unordered(new Precision(3, 1, 2));
    tokens.condense();
    for (int count : new int[] {500, 501, 502, 503, 1999}) {
      tokens.add(count);
    }

    assertThat(tokens.values().orElseThrow().percentile(25)).isEqualTo(501);
    assertThat(tokens.values().orElseThrow().percentile(75)).isEqualTo(503);
  }

  private static double[] fill(Sample sample, int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = 20 * Math.exp(3 * random.nextDouble() * random.nextDouble());
      sample.add(values[i]);
    }
    return values;
  }

  private static double[] concat(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static boolean isExact(Sample sample) {
    return sample.values().orElseThrow() instanceof SortedValues;
  }

  private static Distribution distribution(Sample sample) {
    return Distribution.of("ms", sample.values(), PercentileRule.SHOW_ALL);
  }

  private static Distribution exact(double[] values) {
    return Distribution.of("ms", values, PercentileRule.SHOW_ALL);
  }
}
