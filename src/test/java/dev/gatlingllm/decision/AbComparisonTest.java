package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** On a virtual clock: an endpoint that serves one call at a time, at 70 % load. */
class AbComparisonTest {

  private static final int PAIRS = 8;
  private static final int CALLS = 150;
  private static final int REPEATS = 40;
  private static final Map<String, String> NAMED = Map.of("llm.ab.worse", "e2e.p50=10%");

  private final StatisticsCollector calls =
      new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);

  @Test
  void oneServiceIsHardlyEverCalledWorseThanItself() {
    assertThat(shownWorse(1.0, NAMED)).isLessThanOrEqualTo(5);
  }

  @Test
  void aServiceThatTakesAHalfLongerIsSeenAlthoughItsCallsQueue() {
    assertThat(shownWorse(1.4, NAMED)).isGreaterThanOrEqualTo(REPEATS * 3 / 4);
  }

  private static long shownWorse(double slower, Map<String, String> settings) {
    return LongStream.range(0, REPEATS)
        .filter(
            seed -> {
              AbComparisonTest run = new AbComparisonTest();
              run.blocks(seed, slower);
              return run.judged(settings).stream().anyMatch(result -> !result.passed());
            })
        .count();
  }

  @Test
  void whatWasFoundIsSaidInWordsForEachNumberThatIsNamed() {
    blocks(3, 1.0);
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
    blocks(3, 1.4);
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

  private void blocks(long seed, double slower) {
    Random service = new Random(~seed);
    double begin = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      boolean turned = pair % 2 == 1;
      long arrivals = 1000 * seed + pair;
      begin = block(pair, turned ? "b" : "a", turned ? slower : 1, begin, arrivals, service);
      begin = block(pair, turned ? "a" : "b", turned ? 1 : slower, begin, arrivals, service);
    }
  }

  /** Calls of 70 ms on average that arrive every 100 ms on average; returns when the last ended. */
  private double block(
      int pair, String target, double slower, double begin, long seed, Random service) {
    Random arrivals = new Random(seed);
    double arrival = begin;
    double free = begin;
    for (int i = 0; i < CALLS; i++) {
      arrival += -100 * Math.log(1 - arrivals.nextDouble());
      free = Math.max(arrival, free) - 70 * slower * Math.log(1 - service.nextDouble());
      Map<String, String> labels = Map.of(AbComparison.PAIR, "0" + pair, "target", target);
      calls.add(CallFixture.call().labels(labels).from(arrival, free).record(), 0);
    }
    return free;
  }
}
