package dev.gatlingllm.decision;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.Limit.Bound;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeyondDoubtTest {

  private static Limit ttft(String statistic, Bound bound, double millis) {
    return new Limit(
        "llm.slo.ttft." + statistic, List.of(), Measure.TTFT.field(), statistic, bound, millis);
  }

  /** After how many of 2,000 calls, of which none is in flight, the limit is missed. */
  private static int missedAfter(Limit limit, IntToDoubleFunction ttftMillis) {
    StatisticsCollector calls =
        new StatisticsCollector(
            new CallObjectives(Optional.empty(), Optional.empty(), Optional.empty()),
            PercentileRule.WITHHOLD_WHEN_FEW);
    BeyondDoubt looks = new BeyondDoubt(List.of(limit));
    for (int i = 0; i < 2000; i++) {
      double start = 100 * i;
      double ttft = ttftMillis.applyAsDouble(i);
      calls.add(call().from(start, start + 1000).streamed(ttft, 900).tokens(9, 11).record(), 0);
      if (looks.look(calls, i + 1, 0).isPresent()) {
        return i + 1;
      }
    }
    return 0;
  }

  @Test
  void aPercentileThatAQuarterOfTheCallsExceedIsMissedAtTheFirstLook() {
    assertThat(missedAfter(ttft("p95", Bound.AT_MOST, 300), i -> i % 4 == 0 ? 400 : 200))
        .isEqualTo(100);
  }

  @Test
  void aPercentileThatIsExceededByLessNeedsMoreCalls() {
    assertThat(missedAfter(ttft("p95", Bound.AT_MOST, 300), i -> i % 10 == 0 ? 400 : 200))
        .isBetween(125, 1200);
  }

  @Test
  void aServiceAtTheEdgeOfItsLimitIsHardlyEverCalledTooSlow() {
    int missed = 0;
    for (int run = 0; run < 100; run++) {
      Random random = new Random(run);
      missed +=
          missedAfter(ttft("p90", Bound.AT_MOST, 300), i -> random.nextDouble() < 0.10 ? 400 : 200)
                  > 0
              ? 1
              : 0;
    }
    assertThat(missed).isLessThanOrEqualTo(2);
  }

  @Test
  void callsInFlightSpeakForTheServiceUnlessTheyAreSlowerThanThoseThatEnded() {
    StatisticsCollector calls =
        new StatisticsCollector(
            new CallObjectives(Optional.empty(), Optional.empty(), Optional.empty()),
            PercentileRule.WITHHOLD_WHEN_FEW);
    for (int i = 0; i < 100; i++) {
      calls.add(call().from(100 * i, 100 * i + 1000).streamed(400, 900).tokens(9, 11).record(), 0);
    }
    Limit ttft = ttft("p50", Bound.AT_MOST, 300);
    Limit e2e = new Limit("e2e", List.of(), Measure.E2E.field(), "p50", Bound.AT_MOST, 300);
    assertThat(new BeyondDoubt(List.of(ttft)).look(calls, 100, 1000)).isEmpty();
    assertThat(new BeyondDoubt(List.of(ttft)).look(calls, 100, 0)).isPresent();
    assertThat(new BeyondDoubt(List.of(e2e)).look(calls, 100, 1000)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "max, AT_MOST, 100",
    "max, AT_LEAST, 0",
    "min, AT_LEAST, 100",
    "min, AT_MOST, 0",
    "mean, AT_MOST, 0"
  })
  void aLimitByValueIsMissedForGoodOnlyIfNoLaterCallCanMendIt(
      String statistic, Bound bound, int after) {
    double limit = bound == Bound.AT_MOST ? 150 : 250;
    assertThat(missedAfter(ttft(statistic, bound, limit), i -> 200)).isEqualTo(after);
  }
}
