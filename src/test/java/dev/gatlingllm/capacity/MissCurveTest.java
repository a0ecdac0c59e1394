package dev.gatlingllm.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.capacity.MissCurve.Point;
import dev.gatlingllm.stats.ShareCount;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissCurveTest {

  private static final LoadGrid GRID = new LoadGrid(50, 400, 0.005);

  @Test
  void findsTheLoadAtWhichTheShareOfMissesIsTheOneAllowed() {
    // logit p = logit 0.05 + 10 · ln(load ÷ 200)
    LoadRange range =
        range(at(180, 18, 1000), at(190, 31, 1000), at(210, 79, 1000), at(220, 120, 1000));

    assertThat(range.load()).isCloseTo(200, within(2.0));
    assertThat(range.interval().low()).isBetween(190.0, 199.0);
    assertThat(range.interval().high()).isBetween(201.0, 210.0);
  }

  @Test
  void isAsUncertainAsTheCallsAreWorth() {
    LoadRange many = range(at(190, 31, 1000), at(210, 79, 1000));
    LoadRange few =
        range(
            new Point(190, new ShareCount(31, 1000, 100), false),
            new Point(210, new ShareCount(79, 1000, 100), false));

    assertThat(few.relativeError()).isGreaterThan(1.5 * many.relativeError());
  }

  @Test
  void knowsOnlyTheBracketWhereEveryProbeWasClear() {
    LoadRange range = range(at(100, 0, 1000), at(200, 1000, 1000));

    assertThat(range.interval().low()).isGreaterThan(95);
    assertThat(range.interval().high()).isLessThan(210);
    assertThat(range.relativeError()).isGreaterThan(0.2);
  }

  @Test
  void believesThatALoadAtWhichCallsPileUpIsTooMuch() {
    LoadRange range = range(at(100, 0, 1000), new Point(200, new ShareCount(1, 40, 40), true));

    assertThat(range.interval().high()).isLessThanOrEqualTo(205);
  }

  @Test
  void countsAMissThatHasNothingToDoWithTheLoadForLittle() {
    LoadRange range = range(at(100, 2, 1000), at(150, 2, 1000), at(200, 900, 1000));

    assertThat(range.interval().low()).isGreaterThan(140);
    assertThat(range.interval().high()).isLessThan(205);
  }

  @Test
  void weighsALuckyProbeNoMoreThanAnUnluckyOne() {
    // both have 20,000 calls; the lucky one looks as if it were worth ten times as many
    Point lucky = new Point(200, new ShareCount(200, 20_000, 10_000), false);
    Point unlucky = new Point(200, new ShareCount(1800, 20_000, 1000), false);

    assertThat(range(lucky, unlucky).load()).isCloseTo(200, within(3.0));
  }

  @Test
  void saysNothingWithoutCalls() {
    double[] likely = MissCurve.of(GRID, 0.05, List.of()).likely();

    assertThat(Arrays.stream(likely).sum()).isCloseTo(1, within(1e-9));
    assertThat(likely[0]).isCloseTo(likely[likely.length - 1], within(1e-9));
  }

  private static Point at(double load, long missed, long calls) {
    return new Point(load, new ShareCount(missed, calls, (double) calls), false);
  }

  private static LoadRange range(Point... points) {
    return GRID.range(MissCurve.of(GRID, 0.05, List.of(points)).likely());
  }
}
