package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.stats.TailCurve.Point;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TailCurveTest {

  private static final Comparator<Point> BY_PERCENT = Comparator.comparingDouble(Point::percent);

  @Test
  void noValuesHaveNoPoints() {
    assertThat(TailCurve.of(Optional.empty(), Optional.empty())).isEqualTo(TailCurve.NONE);
  }

  @Test
  void atEveryPercentileOfTheTablesItIsExactlyTheirs() {
    Values values = squares(20_000);
    TailCurve curve = TailCurve.of(Optional.of(values), Optional.empty());
    Distribution told =
        Distribution.of("ms", Optional.of(values), PercentileRule.WITHHOLD_WHEN_FEW);
    for (Quantile quantile : Quantile.values()) {
      assertThat(curve.points())
          .filteredOn(point -> point.percent() == quantile.percent())
          .extracting(Point::value)
          .containsExactly(told.at(quantile).getAsDouble());
    }
  }

  @Test
  void itBeginsWithTheLeastValueAndEndsWithTheGreatest() {
    TailCurve curve = TailCurve.of(Optional.of(squares(1000)), Optional.empty());
    assertThat(curve.points().get(0)).isEqualTo(new Point(0, 100, 1));
    assertThat(curve.points().get(curve.points().size() - 1))
        .isEqualTo(new Point(99.9, 0.1, 1_000_000));
    assertThat(curve.n()).isEqualTo(1000);
  }

  @Test
  void itRisesAndIsDenseInTheTail() {
    TailCurve curve = TailCurve.of(Optional.of(squares(100_000)), Optional.empty());
    List<Point> points = curve.points();
    assertThat(points).hasSizeLessThan(100).isSortedAccordingTo(BY_PERCENT);
    assertThat(points).extracting(Point::value).isSorted();
    for (int i = 1; i < points.size() - 1; i++) {
      assertThat(points.get(i).above()).isGreaterThan(points.get(i - 1).above() / 2.5);
    }
  }

  /** Of 100 calls 8 never ended: above 92 % the curve would have to know when they would have. */
  @Test
  void itEndsBelowTheCallsWithoutAnEnd() {
    Values ended = squares(92);
    Values waits = Values.inOrder(IntStream.range(0, 8).mapToDouble(i -> 60_000).toArray());
    TailCurve curve = TailCurve.of(Optional.of(ended), Optional.of(waits));
    assertThat(curve.n()).isEqualTo(100);
    assertThat(curve.longer()).isEqualTo(8);
    assertThat(curve.points().get(curve.points().size() - 1).percent()).isBetween(90.0, 91.0);
    assertThat(curve.points())
        .filteredOn(point -> point.percent() == 50)
        .extracting(Point::value)
        .containsExactly(new RankedValues(ended, Optional.of(waits)).percentile(50));
  }

  @Test
  void oneValueIsOnePoint() {
    TailCurve curve = TailCurve.of(Optional.of(squares(1)), Optional.empty());
    assertThat(curve.points()).containsExactly(new Point(0, 100, 1));
  }

  private static Values squares(int n) {
    return SortedValues.sort(
        IntStream.rangeClosed(1, n).mapToDouble(i -> (double) i * i).toArray(), n);
  }
}
