package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.stats.LoadCurve.Knee;
import dev.gatlingllm.stats.LoadCurve.KneeKind;
import dev.gatlingllm.stats.LoadCurve.Point;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LoadCurveTest {

  /** M/M/1 of capacity 100 a minute: λ (μ − λ) is greatest at half of it (Kleinrock 1979). */
  @Test
  void theKneeOfASingleServerIsAtHalfItsCapacity() {
    LoadCurve curve = open(rate -> 60_000 / (100 - rate), 10, 20, 30, 40, 50, 60, 70, 80, 90);

    assertKnee(curve, KneeKind.BETWEEN, 50);
    assertThat(curve.knee().low()).hasValue(30);
    assertThat(curve.knee().high()).hasValue(70);
  }

  /** M/M/8 of capacity 480 a minute: servers that share a queue can be busier before calls wait. */
  @Test
  void theKneeOfManyServersIsNearTheirCapacity() {
    DoubleUnaryOperator millis = rate -> 1000 * (1 + erlangC(8, rate / 60) / (8 - rate / 60));

    assertKnee(open(millis, 60, 120, 180, 240, 300, 360, 420, 450), KneeKind.BETWEEN, 360);
  }

  /** Clients of a service with eight places: the asymptotes of a closed system cross at eight. */
  @Test
  void theKneeOfAClosedLoadIsWhereItsPlacesAreTaken() {
    LoadCurve curve = closed(clients -> 1000 * Math.max(1, clients / 8), 1, 2, 4, 8, 16, 32, 64);

    assertKnee(curve, KneeKind.BETWEEN, 8);
    assertThat(curve.knee().low()).hasValue(4);
    assertThat(curve.knee().high()).hasValue(16);
    assertThat(curve.proportionalPercent(curve.points().get(3)).orElse(0))
        .isCloseTo(100, within(0.001));
    assertThat(curve.proportionalPercent(curve.points().get(4)).orElse(0))
        .isCloseTo(50, within(0.001));
  }

  @Test
  void noKneeIsSeenWhereThroughputGrowsInProportion() {
    LoadCurve curve = closed(clients -> 1000, 1, 2, 4, 8, 16);

    assertThat(curve.knee().kind()).isEqualTo(KneeKind.NOT_REACHED);
    assertThat(curve.proportionalPercent(curve.points().get(4)).orElse(0))
        .isCloseTo(100, within(0.001));
  }

  @Test
  void powerThatFallsByLessThanMayBeNoiseIsNoKnee() {
    LoadCurve curve = new LoadCurve(List.of(point(100, 100, 1000), point(104, 104, 1070)));

    assertThat(curve.knee().kind()).isEqualTo(KneeKind.NOT_REACHED);
    assertThat(curve.knee().index()).isZero();
  }

  @Test
  void aNeighbourOfHardlyLessPowerDoesNotBoundTheKnee() {
    LoadCurve curve =
        new LoadCurve(
            List.of(
                point(120, 120, 1000),
                point(240, 240, 1063),
                point(246, 240, 1068),
                point(480, 240, 4000)));

    assertKnee(curve, KneeKind.BETWEEN, 240);
    assertThat(curve.knee().low()).hasValue(120);
    assertThat(curve.knee().high()).hasValue(480);
  }

  @Test
  void aServiceThatIsSaturatedFromTheFirstLoadHasItsKneeThereOrBelow() {
    LoadCurve curve = closed(clients -> 1000 * clients, 1, 2, 4);

    assertKnee(curve, KneeKind.AT_MOST, 1);
    assertThat(curve.knee().low()).isEmpty();
  }

  @Test
  void oneLoadHasNoKneeAndTwoSayOnWhichSideItIs() {
    assertThat(closed(clients -> 1000, 1).knee().kind()).isEqualTo(KneeKind.UNKNOWN);
    assertThat(new LoadCurve(List.of()).knee().kind()).isEqualTo(KneeKind.UNKNOWN);
    assertThat(closed(clients -> 1000, 1, 2).knee().kind()).isEqualTo(KneeKind.NOT_REACHED);
    assertThat(closed(clients -> 1000 * clients, 1, 2).knee().kind()).isEqualTo(KneeKind.AT_MOST);
  }

  @Test
  void oneLoadMeasuredTwiceIsOneLoad() {
    assertThat(closed(clients -> 1000, 4, 4).knee().kind()).isEqualTo(KneeKind.UNKNOWN);
  }

  @Test
  void aLoadAtWhichNoCallSucceedsHasNoPower() {
    OptionalDouble none = OptionalDouble.empty();
    Point collapsed = new Point(4, OptionalDouble.of(0), none, none, none, none);
    LoadCurve curve = new LoadCurve(List.of(collapsed, point(1, 60, 1000), point(2, 120, 1000)));

    assertKnee(curve, KneeKind.BETWEEN, 2);
  }

  @Test
  void aLoadOfUnknownLatencyIsPassedOver() {
    OptionalDouble none = OptionalDouble.empty();
    Point unknown = new Point(2, OptionalDouble.of(500), none, none, none, none);
    LoadCurve curve =
        new LoadCurve(
            List.of(point(1, 60, 1000), unknown, point(4, 240, 1000), point(8, 240, 2000)));

    assertKnee(curve, KneeKind.BETWEEN, 4);
    assertThat(curve.knee().low()).hasValue(1);
  }

  @Test
  void pointsAreInTheOrderOfTheLoad() {
    assertThat(closed(clients -> 1000, 8, 1, 4).points().stream().map(Point::load))
        .containsExactly(1.0, 4.0, 8.0);
  }

  private static void assertKnee(LoadCurve curve, KneeKind kind, double load) {
    Knee knee = curve.knee();
    assertThat(knee.kind()).isEqualTo(kind);
    assertThat(curve.points().get(knee.index()).load()).isEqualTo(load);
  }

  private static LoadCurve open(DoubleUnaryOperator millis, double... rates) {
    return curve(rates, rate -> point(rate, rate, millis.applyAsDouble(rate)));
  }

  private static LoadCurve closed(DoubleUnaryOperator millis, double... clients) {
    return curve(
        clients,
        many -> {
          double each = millis.applyAsDouble(many);
          return point(many, 60_000 * many / each, each);
        });
  }

  private static LoadCurve curve(double[] loads, DoubleFunction<Point> measured) {
    return new LoadCurve(Arrays.stream(loads).mapToObj(measured).toList());
  }

  private static Point point(double load, double perMinute, double e2eMillis) {
    OptionalDouble e2e = OptionalDouble.of(e2eMillis);
    return new Point(load, OptionalDouble.of(perMinute), e2e, e2e, e2e, e2e);
  }

  /** The share of calls that wait, of c servers and an offered load of a (Erlang 1917). */
  private static double erlangC(int servers, double offered) {
    double term = 1;
    double sum = 0;
    for (int k = 0; k < servers; k++) {
      sum += term;
      term *= offered / (k + 1);
    }
    double waiting = term * servers / (servers - offered);
    return waiting / (sum + waiting);
  }
}
