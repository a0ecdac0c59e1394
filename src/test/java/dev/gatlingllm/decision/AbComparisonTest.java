package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On a virtual clock: an endpoint that serves one call at a time, at 70 % load. */
class AbComparisonTest {

  private static final int PAIRS = 8;
  private static final int CALLS = 150;
  private static final int REPEATS = 40;
  private static final Map<String, String> NAMED = Map.of("llm.ab.worse", "e2e.p50=10%");

  private StatisticsCollector calls =
      new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);

  @Test
  void oneServiceIsHardlyEverCalledWorseThanItself() {
    assertThat(shownWorse(1.0, NAMED)).isLessThanOrEqualTo(5);
  }

  @Test
  void aServiceThatTakesAHalfLongerIsSeenAlthoughItsCallsQueue() {
    assertThat(shownWorse(1.4, NAMED)).isGreaterThanOrEqualTo(REPEATS * 3 / 4);
  }

  private static double shownWorse(double slower, Map<String, String> settings) {
    double percent =
        AbQueue.seenInBlocks(REPEATS, slower, PAIRS, CALLS, settings.get("llm.ab.worse"));
    return percent * REPEATS / 100;
  }

  @Test
  void whatWasFoundIsSaidInWordsForEachNumberThatIsNamed() {
    calls = AbQueue.blocks(3, 1.0, PAIRS, CALLS);
    assertThat(judged(Map.of("llm.ab.worse", "e2e.p50=10%, ttft.p99=10%, failures=1%")))
        .extracting(AssertionResult::text)
        .containsExactly(
            "A/B: b is not worse than a, e2e.p50=10%",
            "A/B: b is not worse than a, ttft.p99=10%", "A/B: b is not worse than a, failures=1%");
    assertThat(judged(Map.of("llm.ab.worse", "e2e.p50=0.1%, ttft.p99=10%, failures=1%")))
        .extracting(AssertionResult::actual)
        .satisfiesExactly(
            first ->
                assertThat(first).startsWith("cannot tell: ").contains("from 8 pairs of blocks"),
            second ->
                assertThat(second)
                    .isEqualTo(
                        "cannot tell: 8 whole pairs of blocks; it takes two, with 500 calls in each"
                            + " block that succeeded"),
            third -> assertThat(third).startsWith("shown equivalent: 0.0 points"));
  }

  @Test
  void theConclusionHasTheEffectItsIntervalAndWhatIsShown() {
    calls = AbQueue.blocks(3, 1.4, PAIRS, CALLS);
    AbFinding finding = found(NAMED).get(0).finding();
    assertThat(finding.text())
        .matches(
            "b against a: e2e.p50 \\+[0-9.]+ % \\[[0-9.]+, [0-9.]+], shown worse, from 8 pairs of blocks");
    AbFinding.Effect effect = finding.effect().orElseThrow();
    assertThat(effect.estimate()).isBetween(effect.interval().low(), effect.interval().high());
    assertThat(found(Map.of("llm.ab.worse", "ttft.p99=10%")).get(0).finding().text())
        .isEqualTo("b against a: ttft.p99 cannot tell, from 8 pairs of blocks");
  }

  @Test
  void aRunWithoutPairsOfBlocksHasNoSuchResults() {
    calls.add(CallFixture.call().record(), 0);
    assertThat(judged(NAMED)).isEmpty();
  }

  private List<AssertionResult> judged(Map<String, String> settings) {
    return found(settings).stream().map(AbComparison.Judged::result).toList();
  }

  private List<AbComparison.Judged> found(Map<String, String> settings) {
    return AbComparison.judge(settings, new RunComparison.Collected(calls.result(), calls));
  }
}
