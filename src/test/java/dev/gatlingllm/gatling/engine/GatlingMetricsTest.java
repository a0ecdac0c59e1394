package dev.gatlingllm.gatling.engine;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.SloConfig;
import dev.gatlingllm.gatling.call.MetricNames;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GatlingMetricsTest {

  private static final long BEGIN = 1_700_000_000_000L;

  private final RecordingStatsEngine stats = new RecordingStatsEngine();

  private void log(CallRecord call, String... settings) {
    SloConfig slo = Stage.settings(Path.of("unused"), settings).slo();
    RunClock clock = new RunClock(() -> 0, 0, Instant.ofEpochMilli(BEGIN));
    new GatlingMetrics(stats, clock, slo).log("played", call);
  }

  /** 61 tokens in 600 ms after a first one at 200 ms: 10 ms a token, 100 tokens a second. */
  private static CallRecord streamed() {
    return call()
        .name("chat", "level 4")
        .arrival(0)
        .from(30, 1_030)
        .streamed(200, 800)
        .tokens(10, 61)
        .interChunkMicros(10_000L, 60L)
        .record();
  }

  @Test
  void theRequestIsLoggedOnceInsideOfTheGroupsThatCarryItsMeasures() {
    log(streamed());

    assertThat(stats.responses).hasSize(1);
    RecordingStatsEngine.Response only = stats.responses.get(0);
    assertThat(only.groups())
        .containsExactly("level 4", "chat", MetricNames.TTFT, MetricNames.TOKENS_PER_SECOND);
    assertThat(only.name()).isEqualTo(MetricNames.CALL);
    assertThat(only.startMillis()).isEqualTo(BEGIN + 30);
    assertThat(only.endMillis()).isEqualTo(BEGIN + 1_030);
    assertThat(only.status()).isEqualTo("OK");
    assertThat(only.message()).isEmpty();
  }

  @Test
  void everyMeasureIsTheValueOfItsGroup() {
    log(streamed());

    assertThat(stats.group("chat").value()).isEqualTo(1_000);
    assertThat(stats.group(MetricNames.TTFT).value()).isEqualTo(200);
    assertThat(stats.group(MetricNames.TOKENS_PER_SECOND).value()).isEqualTo(100);
    assertThat(stats.group(MetricNames.TPOT_MICROS).value()).isEqualTo(10_000);
    assertThat(stats.group(MetricNames.MAX_INTER_CHUNK).value()).isEqualTo(10);
    assertThat(stats.group(MetricNames.SCHEDULE_DELAY).value()).isZero();
    assertThat(stats.group(MetricNames.GOODPUT).value()).isEqualTo(100);
    assertThat(stats.groups).extracting(RecordingStatsEngine.GroupEnd::status).containsOnly("OK");
  }

  @Test
  void noGroupEndsAfterItsCall() {
    log(streamed());

    assertThat(stats.groups)
        .allSatisfy(end -> assertThat(end.exitMillis()).isBetween(BEGIN + 30, BEGIN + 1_030));
    assertThat(stats.group(MetricNames.TTFT).exitMillis()).isEqualTo(BEGIN + 230);
  }

  @Test
  void whatIsNotMeasuredHasNoGroup() {
    log(call().notStreaming().tokens(10, 61).record());

    assertThat(stats.groups)
        .extracting(end -> end.groups().get(end.groups().size() - 1))
        .doesNotContain(
            MetricNames.TTFT,
            MetricNames.TOKENS_PER_SECOND,
            MetricNames.TPOT_MICROS,
            MetricNames.MAX_INTER_CHUNK)
        .contains("chat", MetricNames.GOODPUT);
  }

  @Test
  void aFailedCallIsKoWithItsErrorOnOneLineAndIsNoGoodput() {
    log(call().ended(Outcome.REJECTED, "400 bad\nrequest").record());

    assertThat(stats.responses.get(0).status()).isEqualTo("KO");
    assertThat(stats.responses.get(0).message())
        .hasValueSatisfying(text -> assertThat(text).startsWith("400 bad").doesNotContain("\n"));
    assertThat(stats.group(MetricNames.GOODPUT).value()).isZero();
    assertThat(stats.group(MetricNames.GOODPUT).status()).isEqualTo("KO");
    assertThat(stats.groups)
        .extracting(end -> end.groups().get(end.groups().size() - 1))
        .doesNotContain(MetricNames.TTFT);
  }

  @Test
  void aCallThatMissedItsObjectiveIsOkButNoGoodput() {
    log(streamed(), "llm.slo.call.ttft=150 ms");

    assertThat(stats.responses.get(0).status()).isEqualTo("OK");
    assertThat(stats.group(MetricNames.GOODPUT).status()).isEqualTo("KO");
  }

  @Test
  void aCallThatWasNeverSentIsLoggedFromItsArrival() {
    log(
        call()
            .arrival(500)
            .from(600, 700)
            .neverStarted()
            .ended(Outcome.CRASHED, "x")
            .arrival(500)
            .record());

    assertThat(stats.responses.get(0).startMillis()).isEqualTo(BEGIN + 500);
    assertThat(stats.responses.get(0).endMillis()).isEqualTo(BEGIN + 700);
  }

  @Test
  void theGroupsOfAMetricAreThoseThatAssertionsName() {
    log(streamed());

    assertThat(stats.group(MetricNames.TPOT_MICROS).groups())
        .isEqualTo(List.of("level 4", "chat", MetricNames.TPOT_MICROS));
    assertThat(stats.group(MetricNames.TOKENS_PER_SECOND).groups())
        .isEqualTo(List.of("level 4", "chat", MetricNames.TTFT, MetricNames.TOKENS_PER_SECOND));
  }

  @Test
  void aCallThatWasHandedOverIsAtAPathWhereNoLimitLooks() {
    CallRecord.Served other =
        new CallRecord.Served("", "", "", OptionalLong.empty(), "chat-standard", "chat-ptu", "429");

    log(call().name("chat", "level 4").streamed(200, 800).servedBy(other).record());

    assertThat(stats.responses.get(0).groups())
        .containsExactly(
            "level 4", "chat (spilled over)", MetricNames.TTFT, MetricNames.TOKENS_PER_SECOND);
    assertThat(stats.groups)
        .allSatisfy(end -> assertThat(end.groups()).contains("chat (spilled over)"));
  }

  @Test
  void aCancelledCallIsOkAtAPathOfItsOwnAndInNoGoodput() {
    log(
        call()
            .name("chat", "level 4")
            .from(0, 700)
            .streamed(200, 600)
            .toCancelAfterFirstToken(500)
            .cancelled()
            .record());

    assertThat(stats.responses).hasSize(1);
    assertThat(stats.responses.get(0).status()).isEqualTo("OK");
    assertThat(stats.responses.get(0).message()).isEmpty();
    assertThat(stats.responses.get(0).groups())
        .containsExactly(
            "level 4", "chat (cancelled)", MetricNames.TTFT, MetricNames.TOKENS_PER_SECOND);
    assertThat(stats.groups)
        .allSatisfy(end -> assertThat(end.groups()).contains("chat (cancelled)"))
        .extracting(end -> end.groups().get(end.groups().size() - 1))
        .contains(MetricNames.TTFT)
        .doesNotContain(MetricNames.GOODPUT);
    assertThat(stats.group(MetricNames.TTFT).value()).isEqualTo(200);
    assertThat(stats.group("chat (cancelled)").value()).as("until cancelled").isEqualTo(700);
  }

  @Test
  void aCallThatWasToBeCancelledAndEndedBeforeIsARequestAsAnyOtherWithoutItsLatencies() {
    log(call().from(0, 300).streamed(200, 300).tokens(10, 20).toCancel(500).record());

    assertThat(stats.responses.get(0).status()).isEqualTo("OK");
    assertThat(stats.responses.get(0).groups()).startsWith("chat");
    assertThat(stats.groups)
        .extracting(end -> end.groups().get(end.groups().size() - 1))
        .containsExactly(MetricNames.SCHEDULE_DELAY);
  }
}
