package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinsTest {

  private static final double LEAST = 0.1;
  private static final String CONSTANT = "constant";
  private static final NormalDistribution NORMAL = new NormalDistribution();

  // Values by their rank from 0 to 1, so that a million of them come sorted.

  private static double lognormal(double at) {
    return 300 * Math.exp(0.8 * NORMAL.inverseCumulativeProbability(at));
  }

  private static double longTail(double at) {
    return 50 * Math.exp(1.6 * NORMAL.inverseCumulativeProbability(at));
  }

  private static double bimodal(double at) {
    return at < 0.8
        ? 250 + 20 * NORMAL.inverseCumulativeProbability(at / 0.8)
        : 4000 + 300 * NORMAL.inverseCumulativeProbability((at - 0.8) / 0.2);
  }

  private static double lowOutliers(double at) {
    return at < 0.004 ? 0.004 : 20 + 2 * NORMAL.inverseCumulativeProbability(at);
  }

  private static double rate(double at) {
    return Math.max(0.5, 80 - 12 * Math.exp(NORMAL.inverseCumulativeProbability(1 - at)));
  }

  static Stream<Arguments> shapes() {
    return IntStream.of(1, 10, 30, 100, 1000, 10_000, 100_000, 1_000_000)
        .boxed()
        .flatMap(
            n ->
                Stream.of(
                    of("lognormal", n, BinsTest::lognormal),
                    of("long tail", n, BinsTest::longTail),
                    of("bimodal", n, BinsTest::bimodal),
                    of("low outliers", n, BinsTest::lowOutliers),
                    of("rate", n, BinsTest::rate),
                    of(CONSTANT, n, at -> 400)));
  }

  private static Arguments of(String shape, int n, DoubleUnaryOperator byRank) {
    return Arguments.of(shape, n, byRank);
  }

  @ParameterizedTest(name = "{0}, n = {1}")
  @MethodSource("shapes")
  void halfAPercentAtMostLiesBeyondEachEndAndEveryMarkedPercentileIsInside(
      String shape, int n, DoubleUnaryOperator byRank) {
    Values values = byRank(n, byRank);
    Bins bins = BinRule.bins(Optional.of(values), LEAST);
    long inside = bins.counts().stream().mapToLong(Long::longValue).sum();
    assertThat(inside + bins.below() + bins.beyond()).isEqualTo(n);
    assertThat(bins.below()).isLessThanOrEqualTo(n / 200);
    assertThat(bins.beyond()).isLessThanOrEqualTo(n / 200);
    Distribution told =
        Distribution.of("ms", Optional.of(values), PercentileRule.WITHHOLD_WHEN_FEW);
    assertThat(told.quantiles()).containsKey(Quantile.P50);
    for (Quantile quantile :
        List.of(
            Quantile.P1,
            Quantile.P5,
            Quantile.P10,
            Quantile.P50,
            Quantile.P90,
            Quantile.P95,
            Quantile.P99)) {
      if (told.at(quantile).isPresent()) {
        assertThat(told.at(quantile).getAsDouble())
            .as(quantile.label())
            .isBetween(bins.edges().get(0), last(bins));
      }
    }
  }

  @ParameterizedTest(name = "{0}, n = {1}")
  @MethodSource("shapes")
  void noShapeIsABarOrTwoUnlessItsValuesAreEqual(String shape, int n, DoubleUnaryOperator byRank) {
    Bins bins = BinRule.bins(Optional.of(byRank(n, byRank)), LEAST);
    assertThat(bins.counts()).hasSizeLessThanOrEqualTo(BinRule.MOST + 2);
    if (n == 1 || shape.equals(CONSTANT)) {
      assertThat(bins.counts()).containsExactly((long) n);
    } else {
      assertThat(bins.counts().stream().filter(count -> count > 0).count())
          .isGreaterThanOrEqualTo(n == 10 ? 4 : 5);
      assertThat(bins.counts()).hasSizeGreaterThanOrEqualTo(n <= 100 ? 5 : 15);
    }
  }

  @Test
  void noValuesHaveNoBins() {
    assertThat(BinRule.bins(Optional.empty(), 1)).isEqualTo(Bins.NONE);
  }

  /** Rice: 2 · cbrt(8) = 4 bins of 17.5, so 10; Freedman and Diaconis have one less. */
  @Test
  void ofFewValuesTheRuleOfRiceSaysHowMany() {
    assertThat(bins(LEAST, 0, 10, 40, 40, 45, 50, 60, 70))
        .isEqualTo(
            linear(
                List.of(0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0),
                1L,
                1L,
                0L,
                0L,
                3L,
                1L,
                1L,
                1L));
  }

  /** Quartiles 49.75 and 50.25 of 1,000 values: 0.5 · 2 / 10 = 0.1 wide, and Rice would say 5. */
  @Test
  void ofValuesCloseToTheirMedianFreedmanAndDiaconisSayHowMany() {
    Bins bins = BinRule.bins(Optional.of(byRank(1000, at -> 50 + 10 * cubed(at))), 0.001);
    assertThat(bins.edges().get(1) - bins.edges().get(0)).isCloseTo(0.05, within(1e-9));
  }

  private static double cubed(double at) {
    return Math.pow(at - 0.5, 3) * 8 / 10;
  }

  @Test
  void countsAreNotSplitFinerThanOne() {
    assertThat(bins(1, 10, 10, 10, 11, 11, 12, 13))
        .isEqualTo(linear(List.of(10.0, 11.0, 12.0, 13.0, 14.0), 3L, 2L, 1L, 1L));
  }

  @Test
  void equalValuesHaveABinOfAboutAThousandthOfTheirs() {
    assertThat(bins(LEAST, 400, 400)).isEqualTo(linear(List.of(400.0, 2001 * 0.2), 2L));
    assertThat(bins(LEAST, -400, -400)).isEqualTo(linear(List.of(-400.0, -1999 * 0.2), 2L));
    assertThat(bins(LEAST, 0, 0)).isEqualTo(linear(List.of(0.0, 1.0), 2L));
  }

  @Test
  void aFarOutlierOfManyValuesIsCountedBeyondTheLastEdge() {
    double[] values = IntStream.range(0, 1000).mapToDouble(i -> 300 + 0.3 * i).toArray();
    values[17] = 120_000;
    Bins bins = bins(LEAST, values);
    assertThat(bins.log()).isFalse();
    assertThat(bins.beyond()).isEqualTo(1);
    assertThat(bins.below()).isZero();
    assertThat(last(bins)).isBetween(600.0, 610.0);
  }

  @Test
  void nothingLiesBeyondAnEndThatIsClose() {
    Bins bins = bins(LEAST, IntStream.range(0, 10_000).mapToDouble(i -> 300 + 0.03 * i).toArray());
    assertThat(bins.below()).isZero();
    assertThat(bins.beyond()).isZero();
  }

  @Test
  void aLongTailHasLogarithmicBinsWithAnEdgeAtEachPowerOfTen() {
    Bins bins = BinRule.bins(Optional.of(byRank(10_000, BinsTest::longTail)), LEAST);
    assertThat(bins.log()).isTrue();
    assertThat(bins.edges()).contains(10.0, 100.0, 1000.0);
    double ratio = bins.edges().get(1) / bins.edges().get(0);
    for (int i = 1; i < bins.counts().size(); i++) {
      assertThat(bins.edges().get(i + 1) / bins.edges().get(i)).isCloseTo(ratio, within(1e-9));
    }
  }

  @Test
  void aValueThatIsALogarithmicEdgeIsInTheBinThatItBegins() {
    Bins bins = bins(LEAST, 10, 10, 10, 10, 10, 20, 1000, 1000);
    assertThat(bins.log()).isTrue();
    assertThat(bins.edges().get(0)).isEqualTo(10);
    assertThat(last(bins)).isGreaterThan(1000);
    assertThat(bins.edges()).contains(1000.0);
    assertThat(bins.counts().get(bins.edges().indexOf(1000.0))).isEqualTo(2);
  }

  /** Of counts from 3 on, a decade has eight bins that hold a whole number each. */
  @Test
  void countsFromOneOnHaveLinearBinsHoweverLongTheirTail() {
    assertThat(BinRule.bins(Optional.of(byRank(10_000, BinsTest::longTail)), 1).log()).isFalse();
    Bins larger = BinRule.bins(Optional.of(byRank(10_000, at -> 50 + longTail(at))), 1);
    assertThat(larger.log()).isTrue();
    assertThat(larger.edges().get(1) - larger.edges().get(0)).isGreaterThan(1);
  }

  /** There is no logarithm of 0, and an axis that begins far below 1 µs would be empty. */
  @Test
  void zerosAmongALongTailLieBelowOrMakeTheBinsLinear() {
    double[] tail = byRankArray(1000, BinsTest::longTail);
    tail[0] = 0;
    tail[1] = 0;
    Bins few = bins(LEAST, tail);
    assertThat(few.log()).isTrue();
    assertThat(few.below()).isGreaterThanOrEqualTo(2);
    Arrays.fill(tail, 0, 100, 0);
    assertThat(bins(LEAST, tail).log()).isFalse();
  }

  @Test
  void aBadTailOfLowValuesIsLinear() {
    assertThat(BinRule.bins(Optional.of(byRank(1000, BinsTest::rate)), LEAST).log()).isFalse();
  }

  /** As the records have inter-chunk latencies: 17.9, 18.0, 18.1 ms; 0.1 ms and 1 ms at 100. */
  @ParameterizedTest
  @ValueSource(doubles = {18, 95, 400})
  void valuesOfThreeDigitsMakeNoComb(double middle) {
    CountedValues counted = new CountedValues(new Precision(3, 1000, 0));
    byRank(10_000, at -> middle * (1 + 0.08 * NORMAL.inverseCumulativeProbability(at)))
        .forEach(
            (value, count) ->
                counted.add(
                    BigDecimal.valueOf(value).round(new MathContext(3)).doubleValue(), count));
    List<Long> counts = BinRule.bins(Optional.of(counted), 0.001).counts();
    for (int i = 1; i < counts.size() - 1; i++) {
      if (counts.get(i) > 100) {
        assertThat((double) counts.get(i))
            .as("bin %d of %s", i, counts)
            .isCloseTo(0.5 * (counts.get(i - 1) + counts.get(i + 1)), withinPercentage(25));
      }
    }
  }

  /** Steps of 10 from 1,000 on: 995 to 1,045, and no edge below 0. */
  @Test
  void countedValuesAreDividedBetweenTheirSteps() {
    CountedValues counted = new CountedValues(Precision.OF_A_MEASURE);
    byRank(1000, at -> 2000 * at).forEach(counted::add);
    Bins bins = BinRule.bins(Optional.of(counted), LEAST);
    assertThat(bins.edges()).startsWith(0.0, 45.0, 95.0).contains(995.0);
    assertThat(bins.counts().get(0)).isEqualTo(22);
    assertThat(bins.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(1000);
  }

  @Test
  void edgesThatDoNotEncloseTheCountsAreRefused() {
    assertThatThrownBy(() -> linear(List.of(1.0), 1L))
        .hasMessage("edges must be one more than counts, were 1 and 1");
    assertThatThrownBy(() -> linear(List.of(1.0)))
        .hasMessage("edges must be one more than counts, were 1 and 0");
  }

  private static double last(Bins bins) {
    return bins.edges().get(bins.edges().size() - 1);
  }

  private static Bins linear(List<Double> edges, Long... counts) {
    return new Bins(false, edges, List.of(counts), 0, 0);
  }

  private static Values byRank(int n, DoubleUnaryOperator value) {
    return SortedValues.sort(byRankArray(n, value), n);
  }

  /** Of more than 10,000 values, several next to each other are the same. */
  private static double[] byRankArray(int n, DoubleUnaryOperator value) {
    int different = Math.min(n, 10_000);
    double[] some =
        IntStream.range(0, different)
            .mapToDouble(i -> value.applyAsDouble((i + 0.5) / different))
            .toArray();
    return IntStream.range(0, n).mapToDouble(i -> some[(int) ((long) i * different / n)]).toArray();
  }

  private static Bins bins(double leastWidth, double... values) {
    return BinRule.bins(Optional.of(SortedValues.sort(values.clone(), values.length)), leastWidth);
  }
}
