package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTallyTest {

  @Test
  void theWallIsFromTheFirstStartToTheLastEndOfAnyCall() {
    SpanTally span = new SpanTally();
    span.add(3, 10, true);
    span.add(1, 20, false);
    span.add(2, 4, true);
    assertThat(span.wallNanos()).isEqualTo(19);
    assertThat(span.steadyNanos()).isEqualTo(-1);
    assertThat(span.completions()).isEqualTo(2);
  }

  @Test
  void steadyCompletionsAreThoseAfterTheFirstUpToAndAtTheLastStart() {
    SpanTally span = new SpanTally();
    span.add(0, 2, true);
    span.add(1, 2, true);
    span.add(1, 3, true);
    span.add(2, 4, true);
    span.add(4, 9, true);
    assertThat(span.steadyNanos()).isEqualTo(2);
    assertThat(span.steadyCompletions()).isEqualTo(2);
  }

  @Test
  void theCallsMayComeInAnyOrder() {
    SpanTally span = new SpanTally();
    span.add(4, 9, true);
    span.add(2, 4, true);
    span.add(1, 3, true);
    span.add(1, 2, true);
    span.add(0, 2, true);
    assertThat(span.steadyNanos()).isEqualTo(2);
    assertThat(span.steadyCompletions()).isEqualTo(2);
  }

  @Test
  void keysTogetherHaveTheFirstCompletionAndTheLastStartOfAll() {
    SpanTally first = new SpanTally();
    first.add(0, 3, true);
    SpanTally second = new SpanTally();
    second.add(1, 2, true);
    second.add(3, 5, true);
    SpanTally all = SpanTally.together(List.of(first, second));
    assertThat(all.wallNanos()).isEqualTo(5);
    assertThat(all.steadyNanos()).isEqualTo(1);
    assertThat(all.completions()).isEqualTo(3);
    assertThat(all.steadyCompletions()).isEqualTo(1);
  }

  @Test
  void keysThatCompleteAtTheSameInstantHaveTwoFirstCompletions() {
    SpanTally first = new SpanTally();
    first.add(0, 2, true);
    SpanTally second = new SpanTally();
    second.add(1, 2, true);
    second.add(3, 5, true);
    assertThat(SpanTally.together(List.of(first, second)).steadyCompletions()).isZero();
  }

  @Test
  void withoutACallThereIsNoWall() {
    assertThat(SpanTally.together(List.of()).wallNanos()).isNegative();
  }
}
