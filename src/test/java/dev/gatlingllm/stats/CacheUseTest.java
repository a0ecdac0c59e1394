package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CacheUseTest {

  @Test
  void theHitRateIsOfTokensAndTheHitsAreOfCalls() {
    CacheUse use =
        overall(
                call().tokens(1000, 5).cached(0, 900).record(),
                call().tokens(1000, 5).cached(900, 0).record(),
                call().tokens(100, 5).cached(50, 0).record(),
                call().tokens(100, 5).cached(0, 0).record())
            .cache()
            .orElseThrow();
    assertThat(use.hitRatePercent().orElseThrow()).isEqualTo(100.0 * 950 / 2200, within(1e-9));
    assertThat(use.hitPercent()).hasValue(50);
    assertThat(use.writtenTokens()).hasValue(900);
  }

  @Test
  void callsThatSayNothingOfACacheAreNeitherHitsNorMisses() {
    CacheUse use =
        overall(
                call().tokens(100, 5).cached(50, 0).record(),
                call().tokens(1_000_000, 5).record(),
                call().tokens(100, 5).cached(0, 70).ended(Outcome.BROKEN, "cut").record())
            .cache()
            .orElseThrow();
    assertThat(use.calls()).isEqualTo(1);
    assertThat(use.hitRatePercent()).hasValue(50);
    assertThat(use.writtenTokens()).hasValue(0);
  }

  @Test
  void withoutAnInputCountThereIsNoHitRate() {
    assertThat(overall(call().cached(5, 7).record()).cache())
        .contains(new CacheUse(0, 0, 0, 0, OptionalLong.of(7)));
  }

  @Test
  void whereNoCallSaysAnythingThereIsNoHitRateRatherThanZero() {
    RunStatistics run =
        statistics(
            call().name("a").tokens(10, 5).record(),
            call().name("b").tokens(10, 5).cached(0, 0).record());
    assertThat(run.byKey().get(0).cache()).isEmpty();
    assertThat(run.byKey().get(0).throughput().cachedInputTokensPerMinute()).isEmpty();
    assertThat(run.byKey().get(0).throughput().cacheWriteTokensPerMinute()).isEmpty();
    assertThat(run.byKey().get(1).cache().orElseThrow().hitRatePercent()).hasValue(0);
    assertThat(run.overall().cache().orElseThrow().calls()).isEqualTo(1);
  }

  @Test
  void hitsAndMissesTogetherAddUp() {
    CacheUse silent = new CacheUse(1, 0, 10, 0, OptionalLong.empty());
    CacheUse hit = new CacheUse(2, 2, 100, 80, OptionalLong.of(7));
    assertThat(silent.plus(hit)).isEqualTo(new CacheUse(3, 2, 110, 80, OptionalLong.of(7)));
    assertThat(silent.plus(silent).writtenTokens()).isEmpty();
  }

  @Test
  void cacheWriteTokensAreAMeasureWithARate() {
    CallStatistics calls =
        overall(
            call().from(0, 30_000).tokens(1000, 5).cached(0, 900).record(),
            call().from(30_000, 60_000).tokens(1000, 5).cached(900, 100).record());
    assertThat(calls.of(Measure.CACHE_WRITE_TOKENS).n()).isEqualTo(2);
    assertThat(calls.of(Measure.CACHE_WRITE_TOKENS).mean()).hasValue(500);
    assertThat(calls.throughput().cacheWriteTokensPerMinute()).hasValue(1000);
    assertThat(calls.throughput().cachedInputTokensPerMinute()).hasValue(900);
    assertThat(calls.throughput().inputTokensPerMinute()).hasValue(2000);
  }

  private static CallStatistics overall(CallRecord... calls) {
    return statistics(calls).overall();
  }

  private static RunStatistics statistics(CallRecord... calls) {
    StatisticsCollector collector =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
    List.of(calls).forEach(call -> collector.add(call, 0));
    return collector.result();
  }
}
