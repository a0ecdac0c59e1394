package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpanTallyTest {

  private final SpanTally span = new SpanTally();

  @Test
  void theWallIsFromTheFirstStartToTheLastEndOfAnyCall() {
    span.add(3, 10, true);
    span.add(1, 20, false);
    span.add(2, 4, true);
    assertThat(span.wallNanos()).isEqualTo(19);
    assertThat(span.completions()).isEqualTo(2);
  }

  @Test
  void aKeptRateLoadsForAsManyIntervalsAsItHasCallsHoweverLongTheyLast() {
    for (int lasting : new int[] {1, 5, 83, 1_170}) {
      SpanTally kept = new SpanTally();
      for (int i = 0; i < 120; i++) {
        kept.add(10 * i, 10 * i + lasting, true);
      }
      assertThat(kept.loadNanos()).as("calls of %s", lasting).isCloseTo(1200, within(1e-9));
    }
  }

  @Test
  void clientsThatStartTogetherLoadForAllTheirRoundsAndNotForOneMoreOrLess() {
    for (int client = 0; client < 4; client++) {
      for (int round = 0; round < 5; round++) {
        double start = 0.1 * client + round * (35 + client / 10.0);
        span.add(start, start + 35 + client / 10.0, true);
      }
    }
    assertThat(span.loadNanos()).isCloseTo(5 * 35.15, within(0.1));
  }

  @Test
  void aCallThatHangsDoesNotLengthenTheLoad() {
    for (int i = 0; i < 100; i++) {
      span.add(10 * i, 10 * i + (i == 70 ? 1_700 : 20), i != 70);
    }
    assertThat(span.loadNanos()).isCloseTo(1000, within(1e-9));
    assertThat(span.completions()).isEqualTo(99);
  }

  @Test
  void arrivalsByChanceLoadForAboutTheTimeTheyTake() {
    SplittableRandom random = new SplittableRandom(3);
    double start = 0;
    for (int i = 0; i < 2_000; i++) {
      start += -10 * Math.log(1 - random.nextDouble());
      span.add(start, start + 100 + random.nextInt(50), true);
    }
    assertThat(span.loadNanos()).isCloseTo(start, within(0.01 * start));
  }

  @Test
  void theCallsMayComeInAnyOrderAndFromSeveralKeys() {
    SpanTally even = new SpanTally();
    SpanTally odd = new SpanTally();
    for (int i = 0; i < 60; i++) {
      span.add(7 * i, 7 * i + 30, true);
      (i % 2 == 0 ? even : odd).add(7 * (59 - i), 7 * (59 - i) + 30, true);
    }
    SpanTally all = SpanTally.together(List.of(even, odd));
    assertThat(all.loadNanos()).isEqualTo(span.loadNanos()).isCloseTo(420, within(1e-9));
    assertThat(all.wallNanos()).isEqualTo(span.wallNanos());
    assertThat(all.completions()).isEqualTo(60);
  }

  @Test
  void callsThatWereAllUnderWayAtOnceHaveNoLoadTime() {
    for (int i = 0; i < 20; i++) {
      span.add(i, 100 + i, true);
    }
    assertThat(span.loadNanos()).isNaN();
  }

  @Test
  void whereNothingSucceededThereIsNoLoadTime() {
    for (int i = 0; i < 20; i++) {
      span.add(i, i + 1, false);
    }
    assertThat(span.loadNanos()).isNaN();
  }

  @Test
  void ofMoreCallsThanAreRememberedTheLoadTimeIsStillThatOfAll() {
    int calls = 5 * SpanTally.LARGEST_ROUND;
    for (int i = 0; i < calls; i++) {
      span.add(3.0 * i, 3.0 * i + 6.0 * SpanTally.LARGEST_ROUND, true);
    }
    assertThat(span.loadNanos()).isCloseTo(3.0 * calls, within(1e-3));
  }

  @Test
  void withoutACallThereIsNoWall() {
    assertThat(SpanTally.together(List.of()).wallNanos()).isNegative();
    assertThat(SpanTally.together(List.of()).loadNanos()).isNaN();
  }
}
