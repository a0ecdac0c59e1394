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
import dev.gatlingllm.stats.ShareCount;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.stats.Values;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void whatIsShownToBeWorseAndNotWithinTheMarginFails() {
    assertThat(judge("ttft.p50=10%", 1.2))
        .isEqualTo("FAILED shown worse: 20.0 % worse, at least 17.8 %");
    // It is worse for sure, and may be by as much as matters.
    assertThat(judge("ttft.p50=10%", 1.09)).startsWith("FAILED shown worse: 9.0 % worse");
  }

  @Test
  void whatIsShownToBeWithinTheMarginPasses() {
    assertThat(judge("ttft.p50=10%", 1))
        .startsWith("passed shown equivalent: 0.0 % worse, at most ");
    assertThat(judge("ttft.p50=10%", 1.02)).startsWith("passed shown equivalent: 2.0 % worse");
  }

  @Test
  void whatIsShownToBeBetterPasses() {
    assertThat(judge("ttft.p50=10%", 0.5)).startsWith("passed shown better: 50.0 % better");
  }

  @Test
  void whatMayBeBetterAndIsWorseByLessThanTheMarginPassesAsNoWorse() {
    assertThat(judge("ttft.p50=1%", 0.985)).startsWith("passed shown no worse: 1.5 % better, at");
    assertThat(judge("ttft.p50=1%", 0.985)).endsWith(" % worse");
  }

  @Test
  void whatCannotBeToldPassesAndSaysHowManyCallsWouldTell() {
    assertThat(judge("ttft.p50=1%", 1.01))
        .startsWith("passed cannot tell: 1.0 % worse from 200 calls | 200 calls; ")
        .endsWith(" calls in each run would show 1.0 %");
  }

  @Test
  void aRateIsWorseIfItFalls() {
    Values first = spread(1, 200);
    Values second = spread(0.8, 200);
    QuantileChange rate =
        QuantileChange.of(
            Measure.TOKENS_PER_SECOND, Quantile.P50, Optional.of(first), Optional.of(second));
    assertThat(rate.change()).isEqualTo(Change.WORSE);
    assertThat(text("tokensPerSecond.p50=10%", rate))
        .startsWith("FAILED shown worse: 20.0 % worse, at least 1");
  }

  @Test
  void aClaimAmongManyNeedsMoreThanOneAlone() {
    QuantileChange slower = ttft(spread(1, 200), spread(1.02, 200));
    double risk = slower.contrast().orElseThrow().riskOfHigher();
    assertThat(risk).isBetween(0.01, 0.05);
    List<ComparisonGate> gates = new ArrayList<>();
    for (String name :
        List.of("ttft.p50=1%", "e2e.p50=1%", "ttlt.p50=1%", "tpot.p50=1%", "failures=1%")) {
      gates.add(ComparisonGate.parse(name));
    }
    RunComparison runs =
        runs(
            key(
                List.of(slower, same(Measure.E2E), same(Measure.TTLT), same(Measure.TPOT)),
                failed(0, 100, 0, 100).shares()));
    assertThat(ComparisonGate.judge(gates.subList(0, 1), runs).get(0).passed()).isFalse();
    assertThat(ComparisonGate.judge(gates, runs)).allMatch(ComparisonGate.Result::passed);
  }

  @Test
  void aClaimOnOneOfManyRunsNeedsMoreThanOnOneAlone() {
    RunComparison slower = runs(key(List.of(ttft(spread(1, 200), spread(1.02, 200))), List.of()));
    RunComparison same = runs(key(List.of(ttft(spread(1, 200), spread(1, 200))), List.of()));
    List<ComparisonGate> gates = List.of(ComparisonGate.parse("ttft.p50=1%"));
    assertThat(ComparisonGate.judgeEach(gates, List.of(slower)).get(0).get(0).passed()).isFalse();
    List<List<ComparisonGate.Result>> each =
        ComparisonGate.judgeEach(gates, List.of(slower, same, same, same, same));
    assertThat(each).hasSize(5);
    assertThat(each.get(0).get(0).passed()).isTrue();
  }

  @Test
  void tooFewCallsFail() {
    assertThat(text("ttft.p50=10%", ttft(spread(1, 9), spread(1, 200))))
        .isEqualTo("FAILED too few calls: each run needs 10");
  }

  @Test
  void fromNothingThereIsNoRatio() {
    Values none = Values.inOrder(new double[20]);
    assertThat(text("ttft.p50=10%", ttft(none, none))).isEqualTo("passed 0 in both runs");
    assertThat(text("ttft.p50=10%", ttft(none, spread(1, 20))))
        .isEqualTo("FAILED cannot be compared: one of the two is 0");
  }

  @Test
  void aMeasureThatNeitherRunHasFails() {
    QuantileChange p50 = ttft(spread(1, 20), spread(1, 20));
    for (String gate : List.of("ttft.p95=10%", "e2e.p50=10%")) {
      assertThat(text(gate, p50)).isEqualTo("FAILED not measured");
    }
  }

  @Test
  void failuresAreJudgedByPercentagePoints() {
    ComparisonGate gate = ComparisonGate.parse("failures=5%");
    assertThat(text(gate, failed(10, 100, 40, 100)))
        .isEqualTo("FAILED shown worse: 30.0 points worse, at least 19.6 points");
    assertThat(text(gate, failed(1, 5, 4, 5))).isEqualTo("FAILED too few calls: each run needs 10");
    assertThat(text(gate, failed(0, 400, 0, 400)))
        .startsWith("passed shown equivalent: 0.0 points");
  }

  @Test
  void aCallNameOfOneRunAloneFailsAndSoDoNoCalls() {
    ComparisonGate gate = ComparisonGate.parse("failures=5%");
    CallKey other = new CallKey(List.of("ladder"), "ask", Map.of());
    KeyComparison overall = failed(0, 10, 0, 10);
    assertThat(
            ComparisonGate.judge(
                List.of(gate),
                new RunComparison(overall, List.of(), List.of(CHAT), List.of(other))))
        .containsExactly(
            new ComparisonGate.Result("chat: failures=5%", false, "in one run alone"),
            new ComparisonGate.Result("ladder / ask: failures=5%", false, "in one run alone"));
    assertThat(
            ComparisonGate.judge(
                List.of(gate), new RunComparison(overall, List.of(), List.of(), List.of())))
        .containsExactly(new ComparisonGate.Result("failures=5%", false, "no calls"));
  }

  private static String judge(String gate, double factor) {
    return text(gate, ttft(spread(1, 200), spread(factor, 200)));
  }

  private static String text(String gate, QuantileChange change) {
    return text(ComparisonGate.parse(gate), key(List.of(change), List.of()));
  }

  private static String text(ComparisonGate gate, KeyComparison key) {
    ComparisonGate.Result result = ComparisonGate.judge(List.of(gate), runs(key)).get(0);
    assertThat(result.text()).isEqualTo("chat: " + gate.text());
    return (result.passed() ? "passed " : "FAILED ") + result.actual();
  }

  private static QuantileChange ttft(Values first, Values second) {
    return QuantileChange.of(Measure.TTFT, Quantile.P50, Optional.of(first), Optional.of(second));
  }

  private static QuantileChange same(Measure measure) {
    return QuantileChange.of(
        measure, Quantile.P50, Optional.of(spread(1, 200)), Optional.of(spread(1, 200)));
  }

  /** Around a median, in an order in which no neighbours resemble each other. */
  private static Values spread(double median, int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = median * (0.9 + 0.2 * (i * 61 % 199) / 198.0);
    }
    return Values.inOrder(values);
  }

  private static KeyComparison failed(long first, long firstOf, long second, long secondOf) {
    return key(
        List.of(),
        List.of(
            ShareChange.of(
                "failed",
                Direction.LOW_IS_GOOD,
                new ShareCount(first, firstOf, firstOf),
                new ShareCount(second, secondOf, secondOf))));
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
