package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonGateTest {

  private static final CallKey CHAT = new CallKey(List.of(), "chat", Map.of());

  @Test
  void aGateIsAPercentileOfAMeasureOrTheFailures() {
    assertThat(ComparisonGate.parse("tokensPerSecond.p10=2.5%"))
        .isEqualTo(
            new ComparisonGate(
                "tokensPerSecond.p10=2.5%", "tokensPerSecond", Optional.of(Quantile.P10), 2.5));
    assertThat(ComparisonGate.parse("failures=1%"))
        .isEqualTo(new ComparisonGate("failures=1%", "failures", Optional.empty(), 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ttft",
        "ttft=1%",
        "ttft.p50=1",
        "ttft.p42=1%",
        "ttft.p10=1%",
        "speed.p50=1%",
        "failures.p50=1%"
      })
  void anythingElseIsRefusedWithAllThatIsAccepted(String text) {
    assertThatThrownBy(() -> ComparisonGate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "--fail-if-worse must be failures=N% or one of ttft.p50|p90|p95|p99, ttlt.p50")
        .hasMessageContaining(", tokensPerSecond.p50|p10|p5|p1, ")
        .hasMessageEndingWith(", utilization.p50 with =N%, was \"" + text + "\"");
  }

  @Test
  void moreThanIsAllowedFailsIfChanceAloneCouldNotHaveDoneIt() {
    assertThat(judge("ttft.p50=10%", ttft(Change.WORSE, 100, 120)))
        .containsExactly(new ComparisonGate.Result("chat: ttft.p50=10%", false, "20.0 % worse"));
    assertThat(judge("ttft.p50=10%", ttft(Change.NONE_SEEN, 100, 120)))
        .containsExactly(
            new ComparisonGate.Result(
                "chat: ttft.p50=10%", true, "20.0 % worse, but chance could have done it"));
  }

  @Test
  void whatIsAllowedPasses() {
    assertThat(judge("ttft.p50=10%", ttft(Change.WORSE, 100, 110)))
        .containsExactly(new ComparisonGate.Result("chat: ttft.p50=10%", true, "10.0 % worse"));
    assertThat(judge("ttft.p50=0%", ttft(Change.NONE_SEEN, 100, 100)))
        .containsExactly(new ComparisonGate.Result("chat: ttft.p50=0%", true, "0.0 % worse"));
    assertThat(judge("ttft.p50=10%", ttft(Change.BETTER, 100, 50)))
        .containsExactly(new ComparisonGate.Result("chat: ttft.p50=10%", true, "50.0 % better"));
  }

  @Test
  void tooFewCallsFail() {
    assertThat(judge("ttft.p50=10%", ttft(Change.TOO_FEW, 100, 100)))
        .containsExactly(
            new ComparisonGate.Result(
                "chat: ttft.p50=10%", false, "too few calls: each run needs 10"));
    assertThat(judge("ttft.p50=10%", ttft(Change.WORSE, 0, 100)))
        .containsExactly(
            new ComparisonGate.Result(
                "chat: ttft.p50=10%", false, "too few calls: each run needs 10"));
  }

  @Test
  void aMeasureThatNeitherRunHasFails() {
    QuantileChange p50 = ttft(Change.NONE_SEEN, 100, 100);
    for (String gate : List.of("ttft.p95=10%", "e2e.p50=10%")) {
      assertThat(judge(gate, p50))
          .containsExactly(new ComparisonGate.Result("chat: " + gate, false, "not measured"));
    }
  }

  @Test
  void failuresAreJudgedByPercentagePoints() {
    ComparisonGate gate = ComparisonGate.parse("failures=5%");
    assertThat(gate.judge(runs(failed(10, 100, 40, 100))))
        .containsExactly(
            new ComparisonGate.Result("chat: failures=5%", false, "30.0 points worse"));
    assertThat(gate.judge(runs(failed(1, 5, 4, 5))))
        .containsExactly(
            new ComparisonGate.Result(
                "chat: failures=5%", false, "too few calls: each run needs 10"));
  }

  @Test
  void aCallNameOfOneRunAloneFailsAndSoDoNoCalls() {
    ComparisonGate gate = ComparisonGate.parse("failures=5%");
    CallKey other = new CallKey(List.of("ladder"), "ask", Map.of());
    KeyComparison overall = failed(0, 10, 0, 10);
    assertThat(gate.judge(new RunComparison(overall, List.of(), List.of(CHAT), List.of(other))))
        .containsExactly(
            new ComparisonGate.Result("chat: failures=5%", false, "in one run alone"),
            new ComparisonGate.Result("ladder / ask: failures=5%", false, "in one run alone"));
    assertThat(gate.judge(new RunComparison(overall, List.of(), List.of(), List.of())))
        .containsExactly(new ComparisonGate.Result("failures=5%", false, "no calls"));
  }

  private static List<ComparisonGate.Result> judge(String gate, QuantileChange change) {
    return ComparisonGate.parse(gate).judge(runs(key(List.of(change), List.of())));
  }

  private static QuantileChange ttft(Change change, double first, double second) {
    return new QuantileChange(
        Measure.TTFT,
        Quantile.P50,
        10,
        10,
        OptionalDouble.of(first),
        OptionalDouble.of(second),
        Optional.empty(),
        change);
  }

  private static KeyComparison failed(long first, long firstOf, long second, long secondOf) {
    return key(
        List.of(),
        List.of(ShareChange.of("failed", Direction.LOW_IS_GOOD, first, firstOf, second, secondOf)));
  }

  private static RunComparison runs(KeyComparison key) {
    return new RunComparison(key, List.of(key), List.of(), List.of());
  }

  private static KeyComparison key(List<QuantileChange> quantiles, List<ShareChange> shares) {
    CallStatistics none =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW)
            .result()
            .overall();
    return new KeyComparison(CHAT, none, none, quantiles, shares, new EnumMap<>(Measure.class));
  }
}
