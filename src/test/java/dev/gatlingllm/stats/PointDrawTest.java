package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Outcome;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class PointDrawTest {

  private final PointDraw draw = new PointDraw();

  @Test
  void aPointSaysWhatTheCallTookAndPointsAreInTheOrderOfTheirKeys() {
    draw.add(call().id(7).from(0, 900).streamed(100, 800).tokens(5, 9).record(), 1);
    draw.add(call().id(8).from(0, 500).tokens(6, 3).record(), 0);
    draw.add(call().record(), 0);
    draw.add(call().tokens(6, 3).ended(Outcome.BROKEN, "cut").record(), 0);
    TokenPoints points = draw.result(IntUnaryOperator.identity());
    assertThat(points.total()).isEqualTo(2);
    assertThat(points.points()).extracting(TokenPoints.Point::id).containsExactly(8L, 7L);
    TokenPoints.Point last = points.points().get(1);
    assertThat(last.key()).isEqualTo(1);
    assertThat(last.inputTokens()).isEqualTo(5);
    assertThat(last.outputTokens()).hasValue(9);
    assertThat(last.ttftMillis()).hasValue(100);
    assertThat(last.e2eMillis()).hasValue(900);
  }

  @Test
  void asManyCallsAsFitAreAllDrawnInTheirOrder() {
    addUpTo(5000);
    assertThat(draw.result(IntUnaryOperator.identity()).points())
        .hasSize(5000)
        .extracting(TokenPoints.Point::id)
        .isSorted()
        .startsWith(0L)
        .endsWith(4999L);
  }

  /** Of twice as many, half of those drawn are of the second half: 2,500 with a deviation of 25. */
  @Test
  void ofMoreEveryCallIsAsLikelyAsAnyOther() {
    addUpTo(10_000);
    TokenPoints points = draw.result(IntUnaryOperator.identity());
    assertThat(points.total()).isEqualTo(10_000);
    assertThat(points.points()).hasSize(5000).doesNotHaveDuplicates();
    assertThat(points.points().stream().filter(point -> point.id() >= 5000).count())
        .isBetween(2400L, 2600L);
    assertThat(points.points().stream().mapToLong(TokenPoints.Point::id).max().orElseThrow())
        .isGreaterThan(9980);
  }

  /** 100 and 20,000 of two names: all of the first, and as many of the others as there is room. */
  @Test
  void aNameOfFewCallsIsNotLostAmongMany() {
    for (int i = 0; i < 20_100; i++) {
      draw.add(call().id(i).tokens(5, 9).record(), i % 201 == 0 ? 1 : 0);
    }
    TokenPoints points = draw.result(IntUnaryOperator.identity());
    assertThat(points.points()).hasSize(5000);
    assertThat(ofKey(points, 1)).isEqualTo(100);
    assertThat(points.calls()).isEqualTo(Map.of(0, 20_000L, 1, 100L));
  }

  @Test
  void levelsThatFollowOneAnotherHaveTheSameShareWhateverTheirNumberOfCalls() {
    int[] calls = {600, 8000, 12_000, 3000, 20_000};
    int id = 0;
    for (int key = 0; key < calls.length; key++) {
      for (int i = 0; i < calls[key]; i++) {
        draw.add(call().id(id++).tokens(5, 9).record(), key);
      }
    }
    TokenPoints points = draw.result(IntUnaryOperator.identity());
    assertThat(points.points()).hasSize(5000);
    assertThat(ofKey(points, 0)).isEqualTo(600);
    for (int key = 1; key < calls.length; key++) {
      assertThat(ofKey(points, key)).as("of " + key).isBetween(1099L, 1101L);
    }
  }

  /** The first of the 12,000 are as likely as the last: 500 with a deviation of 15. */
  @Test
  void withinANameEveryCallIsAsLikelyAsAnyOtherThoughLaterNamesTakeItsRoom() {
    for (int i = 0; i < 12_000; i++) {
      draw.add(call().id(i).tokens(5, 9).record(), 0);
    }
    for (int i = 12_000; i < 24_000; i++) {
      draw.add(call().id(i).tokens(5, 9).record(), 1 + i % 4);
    }
    TokenPoints points = draw.result(IntUnaryOperator.identity());
    assertThat(ofKey(points, 0)).isEqualTo(1000);
    assertThat(points.points().stream().filter(point -> point.id() < 6000).count())
        .isBetween(420L, 580L);
  }

  private static long ofKey(TokenPoints points, int key) {
    return points.points().stream().filter(point -> point.key() == key).count();
  }

  private void addUpTo(int calls) {
    for (int i = 0; i < calls; i++) {
      draw.add(call().id(i).tokens(5, 9).record(), 0);
    }
  }
}
