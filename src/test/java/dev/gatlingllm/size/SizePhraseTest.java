package dev.gatlingllm.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.input.InputException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.LogNormalDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizePhraseTest {

  private static final int DRAWS = 20_000;

  private static TokenDistribution read(String phrase) {
    return ((SizePhrase.Drawn) SizePhrase.parse(phrase)).distribution();
  }

  private static double[] draws(String phrase) {
    TokenDistribution distribution = read(phrase);
    SplittableRandom random = new SplittableRandom(7);
    return random.doubles(DRAWS).map(share -> distribution.at(share)).sorted().toArray();
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) (share * sorted.length)];
  }

  /** Whole numbers have ties, so each is spread over the half on both of its sides. */
  private static double distance(double[] draws, RealDistribution expected) {
    SplittableRandom random = new SplittableRandom(8);
    double[] spread = Arrays.stream(draws).map(x -> x - 0.5 + random.nextDouble()).toArray();
    return new KolmogorovSmirnovTest().kolmogorovSmirnovStatistic(expected, spread);
  }

  /** At 0.1 %: a right one is refused once in a thousand seeds, and the seed is fixed. */
  private static double critical() {
    return 1.95 / Math.sqrt(DRAWS);
  }

  @Test
  void aLognormalHasItsMedianAndIts95thPercentile() {
    double[] draws = draws("lognormal median 800 p95 4000");
    assertThat(quantile(draws, 0.5)).isCloseTo(800, within(16.0));
    assertThat(quantile(draws, 0.95)).isCloseTo(4000, within(160.0));
    double sigma = Math.log(5) / 1.6448536269514722;
    assertThat(distance(draws, new LogNormalDistribution(null, Math.log(800), sigma)))
        .isLessThan(critical());
  }

  @Test
  void aNormalHasItsMeanAndDeviation() {
    double[] draws = draws("normal mean 3000 sd 80");
    double mean = Arrays.stream(draws).average().orElseThrow();
    double variance = Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).sum() / DRAWS;
    assertThat(mean).isCloseTo(3000, within(2.0));
    assertThat(Math.sqrt(variance)).isCloseTo(80, within(1.5));
    assertThat(distance(draws, new NormalDistribution(null, 3000, 80))).isLessThan(critical());
  }

  @Test
  void aLognormalMayBeGivenByMeanAndDeviation() {
    double[] draws = draws("lognormal mean 1200 sd 900");
    double mean = Arrays.stream(draws).average().orElseThrow();
    double variance = Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).sum() / DRAWS;
    assertThat(mean).isCloseTo(1200, within(25.0));
    assertThat(Math.sqrt(variance)).isCloseTo(900, within(60.0));
  }

  @Test
  void aUniformGivesEachNumberEquallyOftenAndBothEnds() {
    double[] draws = draws("uniform 1 to 10");
    for (int number = 1; number <= 10; number++) {
      int wanted = number;
      assertThat(Arrays.stream(draws).filter(x -> x == wanted).count()).isBetween(1_850L, 2_150L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"800", "constant 800", "  constant 800 "})
  void aConstantIsItsNumber(String phrase) {
    assertThat(draws(phrase)).containsOnly(800);
  }

  @Test
  void whatIsBeyondTheBoundsIsDrawnAgainSoThatNothingPilesUpThere() {
    double[] draws = draws("normal mean 300 sd 80, 200 to 320");
    assertThat(draws[0]).isEqualTo(200);
    assertThat(draws[DRAWS - 1]).isEqualTo(320);
    assertThat(Arrays.stream(draws).filter(x -> x == 320).count()).isLessThan(400);
    NormalDistribution whole = new NormalDistribution(null, 300, 80);
    double below = whole.cumulativeProbability(199.5);
    double median =
        whole.inverseCumulativeProbability(
            below + 0.5 * (whole.cumulativeProbability(320.5) - below));
    assertThat(quantile(draws, 0.5)).isCloseTo(median, within(2.0));
  }

  @Test
  void theEndsOfTheShareAreWithinTheBounds() {
    TokenDistribution bounded = read("lognormal median 800 p95 4000, 16 to 32000");
    assertThat(bounded.at(0)).isEqualTo(16);
    assertThat(bounded.at(Math.nextDown(1.0))).isEqualTo(32_000);
    assertThat(bounded.least()).isEqualTo(16);
    assertThat(bounded.most()).isEqualTo(32_000);
    assertThat(read("normal mean 5 sd 80").at(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lognormal median 800 p95 4000, 16 to 32000 | lognormal, median 800, p95 4,000, 16 to 32,000
          normal mean 300 sd 80                      | normal, mean 300, sd 80
          uniform 100 to 2000                        | uniform, 100 to 2,000
          constant 1500                              | 1,500
          """)
  void aDistributionIsSaidInWords(String phrase, String words) {
    assertThat(read(phrase).words()).isEqualTo(words);
  }

  @Test
  void recordedCallsKeepTheirPathAndBounds() {
    assertThat(SizePhrase.parse("trace feeders/a, b.csv, 16 to 900"))
        .isEqualTo(
            new SizePhrase.Recorded(
                SizePhrase.Kind.TRACE, "feeders/a, b.csv", new Bounds(16, 900)));
    assertThat(SizePhrase.parse("run reports/runs/x"))
        .isEqualTo(new SizePhrase.Recorded(SizePhrase.Kind.RUN, "reports/runs/x", Bounds.NONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lognormal mean 800              | must be N, constant N, uniform MIN to MAX, normal mean M sd S
          gauss 3                         | was "gauss 3"
          -5                              | was "-5"
          0                               | bounds must be MIN to MAX with 1 <= MIN
          uniform 9 to 3                  | were 9 to 3
          normal mean 300 sd 0            | sd must be above 0
          lognormal median 800 p95 700    | p95 must be above the median
          normal mean 9 sd 1, 300 to 400  | at least 1 % must lie between the bounds, 300 to 400 hold 0
          trace                           | was "trace"
          uniform 1 to 9, 2 to 3          | was "uniform 1 to 9, 2 to 3"
          """)
  void whatIsNoDistributionIsRefusedWithThePhraseAndWhatIsAccepted(String phrase, String why) {
    assertThatThrownBy(() -> SizePhrase.parse(phrase))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(phrase);
  }
}
