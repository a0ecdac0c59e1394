package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyOutliersTest {

  private final StatisticsCollector calls =
      new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
  private long last;

  private void add(int input, int output, double millis) {
    calls.add(call().id(last++).tokens(input, output).from(0, millis).record(), 0);
  }

  private List<String> pairs() {
    List<String> pairs = new ArrayList<>();
    LatencyOutliers.of(calls.result()).pairs().texts().forEach(row -> pairs.add(row.get(0)));
    return pairs;
  }

  @Test
  void aCallIsInOnePairOnly() {
    for (int i = 0; i < 9; i++) {
      add(500, 500, 1_000 + i);
    }
    add(500, 500, 9_000);

    assertThat(pairs()).containsExactly("0, 9", "1, 8", "2, 7", "3, 6", "4, 5");
  }

  @Test
  void aCallThatIsAloneIsHeldAgainstItsNeighbour() {
    add(1_000, 100, 1_000);
    add(1_001, 100, 5_000);
    add(1_002, 100, 1_200);
    add(2_000, 100, 9_000);

    assertThat(pairs()).containsExactly("0, 1");
  }
}
