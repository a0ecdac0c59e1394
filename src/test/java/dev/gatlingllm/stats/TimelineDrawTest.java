package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.TimedCalls.TimedCall;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimelineDrawTest {

  private final TimelineDraw draw = new TimelineDraw();

  @Test
  void ofFewCallsAllAreThereInOrderOfArrival() {
    draw.add(call().id(1).from(500, 900).streamed(100, 390).record(), 0, 0);
    draw.add(call().id(0).from(300, 2_000).arrival(200).streamed(250, 1_600).record(), 0, 0);
    draw.add(call().id(2).from(700, 700).neverStarted().ended(Outcome.DROPPED, "").record(), 3, 0);
    TimedCalls calls = draw.result(key -> key + 1);
    assertThat(calls.total()).isEqualTo(3);
    assertThat(calls.every()).isEqualTo(1);
    assertThat(calls.slowest()).isZero();
    assertThat(calls.calls()).extracting(TimedCall::id).containsExactly(0L, 1L, 2L);
    assertThat(calls.calls()).extracting(TimedCall::key).containsExactly(1, 1, 4);
    TimedCall first = calls.calls().get(0);
    assertThat(first.arrivalSeconds()).isEqualTo(0.2);
    assertThat(first.startMillis()).hasValue(100);
    assertThat(first.firstMillis()).hasValue(350);
    assertThat(first.lastMillis()).hasValue(1_700);
    assertThat(first.endMillis()).isEqualTo(1_800);
    assertThat(calls.calls().get(2).startMillis()).isEmpty();
  }

  @Test
  void ofManyEachOfAStepAndThoseOfTheLongestWaitAreThere() {
    LongStream.range(0, 1_000)
        .forEach(
            i ->
                draw.add(
                    call()
                        .id(i)
                        .from((double) i, (double) i + 900)
                        .streamed(i % 97 == 5 ? 700 : 100, 800)
                        .record(),
                    0,
                    0));
    TimedCalls calls = draw.result(key -> key);
    assertThat(calls.every()).isEqualTo(8);
    assertThat(calls.slowest()).isEqualTo(TimelineDraw.SLOWEST);
    assertThat(calls.calls())
        .extracting(TimedCall::id)
        .contains(0L, 8L, 992L, 5L, 102L, 975L)
        .doesNotContain(999L);
    assertThat(calls.calls().size()).isLessThanOrEqualTo(TimelineDraw.MOST + TimelineDraw.SLOWEST);
  }

  @Test
  void callsThatShareANumberAreBoundedToo() {
    for (int i = 0; i < 1_000; i++) {
      draw.add(call().id(0).from(i, i + 900).record(), 0, 0);
    }
    assertThat(draw.result(key -> key).calls().size())
        .isLessThanOrEqualTo(TimelineDraw.MOST + 1 + TimelineDraw.SLOWEST);
  }

  @Test
  void callsOfAMergedRunAreShifted() {
    draw.add(call().id(0).from(500, 900).record(), 0, 2_000_000_000L);
    assertThat(draw.result(key -> key).calls().get(0).arrivalSeconds()).isEqualTo(2.5);
  }
}
