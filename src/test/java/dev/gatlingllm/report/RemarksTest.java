package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemarksTest {

  private static List<String> withThreeDropped(long held) {
    StatisticsCollector calls =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
    calls.add(call().id(0).from(0, 500).record(), 0);
    for (int i = 1; i <= 3; i++) {
      calls.add(call().id(i).neverStarted().ended(Outcome.DROPPED, "dropped").record(), 0);
    }
    return Remarks.on(calls.result(), Map.of(), held);
  }

  @Test
  void arrivalsThatWereTooLateAreCounted() {
    assertThat(withThreeDropped(0))
        .anyMatch(note -> note.startsWith("Arrivals too late to be started: 3, beside 1 started"));
  }

  @Test
  void callsThatWereHeldBackAreNoLateArrivals() {
    assertThat(withThreeDropped(2))
        .anyMatch(note -> note.startsWith("Arrivals too late to be started: 1, beside 1 started"));
    assertThat(withThreeDropped(3)).noneMatch(note -> note.startsWith("Arrivals too late"));
  }
}
