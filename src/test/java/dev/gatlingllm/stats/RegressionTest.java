package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RegressionTest {

  @Test
  void aLineThroughPointsWithoutErrorIsFoundWithAnIntervalOfNoWidth() {
    Regression line =
        Regression.of(new double[] {100, 500, 1000}, new double[] {205, 225, 250}).orElseThrow();
    assertThat(line.n()).isEqualTo(3);
    assertThat(line.intercept()).isCloseTo(200, within(1e-9));
    assertThat(line.slope()).isCloseTo(0.05, within(1e-12));
    assertThat(line.high() - line.low()).isCloseTo(0, within(1e-6));
    assertThat(line.correlation()).isCloseTo(1, within(1e-12));
    assertThat(line.at(2000)).isCloseTo(300, within(1e-9));
  }

  // R: confint(lm(c(2,4,5,4,5) ~ c(1,2,3,4,5))): 0.6, -0.3005 to 1.5005
  @Test
  void theSlopeHasStudentsIntervalAsInR() {
    Regression line =
        Regression.of(new double[] {1, 2, 3, 4, 5}, new double[] {2, 4, 5, 4, 5}).orElseThrow();
    assertThat(line.slope()).isCloseTo(0.6, within(1e-12));
    assertThat(line.low()).isCloseTo(-0.3001, within(1e-3));
    assertThat(line.high()).isCloseTo(1.5001, within(1e-3));
    assertThat(line.correlation()).isCloseTo(0.7746, within(1e-4));
  }

  @Test
  void twoPairsOrOneSizeMakeNoLine() {
    assertThat(Regression.of(new double[] {1, 2}, new double[] {1, 2})).isEmpty();
    assertThat(Regression.of(new double[] {7, 7, 7}, new double[] {1, 2, 3})).isEmpty();
    assertThat(Regression.of(new double[] {1, 2, 3}, new double[] {7, 7, 7})).isEmpty();
    assertThat(Regression.of(new double[0], new double[0])).isEmpty();
  }

  @Test
  void pairsThatDoNotMatchAreRefused() {
    assertThatThrownBy(() -> Regression.of(new double[2], new double[3]))
        .hasMessage("x and y must have the same length, had 2 and 3");
  }
}
