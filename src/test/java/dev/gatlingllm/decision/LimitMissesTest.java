package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.Limit.Bound;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitMissesTest {

  @ParameterizedTest
  @CsvSource({
    "p95, AT_MOST, 500, 0.05",
    "p99.9, AT_MOST, 500, 0.001",
    "p5, AT_LEAST, 30, 0.05",
    "percent, AT_MOST, 1, 0.01",
    "percent, AT_LEAST, 95, 0.05"
  })
  void saysWhichShareOfCallsMayMissALimit(
      String statistic, Bound bound, double value, double allowed) {
    assertThat(LimitMisses.allowed(limit(statistic, bound, value)))
        .hasValueCloseTo(allowed, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "mean, AT_MOST, 500",
    "max, AT_MOST, 500",
    "count, AT_MOST, 3",
    "percent, AT_MOST, 0",
    "percent, AT_LEAST, 100",
    "p95, EXACTLY, 500"
  })
  void saysOfALimitThatIsNoClaimAboutAShare(String statistic, Bound bound, double value) {
    assertThat(LimitMisses.allowed(limit(statistic, bound, value))).isEmpty();
  }

  private static Limit limit(String statistic, Bound bound, double value) {
    return new Limit("limit", List.of(), "any", statistic, bound, value);
  }
}
