package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class IntervalTextTest {

  @Test
  void anEndThatTheCallsCannotKnowIsSaid() {
    assertThat(IntervalText.of(new Interval(231, 260))).isEqualTo("95 % CI 231–260");
    assertThat(IntervalText.of(new Interval(231, Double.POSITIVE_INFINITY)))
        .isEqualTo("95 % CI at least 231");
    assertThat(IntervalText.of(new Interval(Double.NEGATIVE_INFINITY, 260)))
        .isEqualTo("95 % CI at most 260");
  }

  @Test
  void callsThatAreSlowTogetherAreSaidToBeWorthFewer() {
    assertThat(remarks(i -> i / 100 % 2 == 0 ? 100 : 900))
        .anyMatch(
            text ->
                text.matches(
                    "1,200 calls, worth \\d+ independent ones for the median of e2e: neighbours"
                        + " are slow together, .*"));
    assertThat(remarks(i -> 100 + i * 7919 % 1201)).noneMatch(text -> text.contains("worth"));
  }

  private static List<String> remarks(IntUnaryOperator millis) {
    StatisticsCollector calls =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
    for (int i = 0; i < 1200; i++) {
      int start = 50 * i;
      calls.add(call().id(i).from(start, start + millis.applyAsInt(i)).record(), 0);
    }
    return Remarks.on(calls.result(), Map.of(), 0);
  }
}
