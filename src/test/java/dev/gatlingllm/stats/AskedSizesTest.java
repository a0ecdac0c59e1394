package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AskedSizesTest {

  private static AskedSizes of(CallFixture... calls) {
    AskedSizes.Tally tally = new AskedSizes.Tally();
    for (CallFixture one : calls) {
      tally.add(one.record());
    }
    return tally.result(PercentileRule.WITHHOLD_WHEN_FEW).orElseThrow();
  }

  private static CallFixture asked(int input, int output) {
    return call().from(0, 100).streamed(10, 90).requested(input, output);
  }

  @Test
  void theTokensAskedForStandBesideThoseThatWereCounted() {
    AskedSizes sizes =
        of(
            asked(100, 50).tokens(120, 50),
            asked(200, 50).tokens(220, 25),
            asked(100, 50).tokens(130, 10));
    assertThat(sizes.input().calls()).isEqualTo(3);
    assertThat(sizes.input().asked()).isEqualTo(400);
    assertThat(sizes.input().counted()).isEqualTo(470);
    assertThat(sizes.input().p50Percent()).hasValue(120);
    assertThat(sizes.input().p95Percent()).as("of three calls").isEmpty();
    assertThat(sizes.output().p50Percent()).hasValue(50);
  }

  @Test
  void aPercentileIsTheNearestRankToATenthOfAPercent() {
    CallFixture[] calls =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> asked(1_000, 50).tokens(1_000 + i, 50))
            .toArray(CallFixture[]::new);
    assertThat(of(calls).input().p50Percent()).hasValue(105.0);
    assertThat(of(calls).input().p95Percent()).hasValue(109.5);
  }

  @Test
  void theServiceSaysWhetherTheLimitEndedAnAnswerAndElseTheCountDoes() {
    AskedSizes sizes =
        of(
            asked(100, 50).tokens(100, 49).served(200, "", "", "length"),
            asked(100, 50).tokens(100, 50).served(200, "", "", "stop"),
            asked(100, 50).tokens(100, 50).served(200, "", "", ""),
            asked(100, 50).tokens(100, 49).served(200, "", "", ""));
    assertThat(sizes.atLimit()).isEqualTo(2);
    assertThat(sizes.atLimitPercent()).hasValue(50);
  }

  @Test
  void estimatesAndCallsThatAskedForNothingDoNotCount() {
    AskedSizes.Tally tally = new AskedSizes.Tally();
    tally.add(asked(100, 50).tokens(100, 50).estimated().record());
    tally.add(call().from(0, 100).streamed(10, 90).tokens(100, 50).record());
    assertThat(tally.result(PercentileRule.SHOW_ALL)).isEmpty();
  }

  @Test
  void talliesAddUpAndFailedCallsAreInNone() {
    CallRecord good = asked(100, 50).tokens(100, 50).record();
    CallRecord failed = asked(100, 50).tokens(7, 50).ended(Outcome.BROKEN, "cut").record();
    CallTally one = new CallTally(CallObjectives.NONE);
    CallTally other = new CallTally(CallObjectives.NONE);
    one.add(good, 0);
    other.add(good, 0);
    other.add(failed, 0);
    one.addAll(other);
    AskedSizes sizes = one.sizes(PercentileRule.SHOW_ALL).orElseThrow();
    assertThat(sizes.input().calls()).isEqualTo(2);
    assertThat(sizes.output().counted()).isEqualTo(100);
    assertThat(sizes.atLimit()).isEqualTo(2);
  }
}
