package dev.gatlingllm.gatling;

import static dev.gatlingllm.LlmDsl.e2e;
import static dev.gatlingllm.LlmDsl.failed;
import static dev.gatlingllm.LlmDsl.goodput;
import static dev.gatlingllm.LlmDsl.maxInterChunk;
import static dev.gatlingllm.LlmDsl.scheduleDelay;
import static dev.gatlingllm.LlmDsl.tokensPerSecond;
import static dev.gatlingllm.LlmDsl.tpotMicros;
import static dev.gatlingllm.LlmDsl.ttft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatlingllm.config.SloConfig;
import dev.gatlingllm.gatling.engine.GatlingDefaults;
import dev.gatlingllm.gatling.engine.LimitsOfSettings;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.Limit.Bound;
import io.gatling.javaapi.core.Assertion;
import io.gatling.shared.model.assertion.AssertionMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LlmAssertionsTest {

  private static final SloConfig NONE = slo();

  @BeforeEach
  void nothingIsDeclared() {
    var unused = GatlingDefaults.use();
    var unusedLimits = LimitsOfSettings.of(NONE);
  }

  private static SloConfig slo(String... settings) {
    return Stage.settings(Path.of("unused"), settings).slo();
  }

  private static Limit declared(Assertion assertion) {
    assertThat(AssertionMessage.message(assertion.asScala()))
        .isEqualTo("Global: count of all events is greater than or equal to -1.0");
    List<Limit> limits = LimitsOfSettings.of(NONE);
    assertThat(limits).hasSize(1);
    return limits.get(0);
  }

  @Test
  void whatTheDslAssertsIsALimitOfTheRunAndNothingThatGatlingCouldFail() {
    assertThat(declared(ttft("level 4", "chat").percentile(95).lt(500)))
        .isEqualTo(
            new Limit(
                "ttft(\"level 4\", \"chat\").percentile(95).lt(500)",
                List.of("level 4", "chat"),
                "ttftMillis",
                "p95",
                Bound.BELOW,
                500));
    assertThat(declared(tpotMicros("chat").mean().lte(20_000)))
        .isEqualTo(
            new Limit(
                "tpotMicros(\"chat\").mean().lte(20000)",
                List.of("chat"),
                "tpotMillis",
                "mean",
                Bound.AT_MOST,
                20));
    assertThat(declared(failed("chat").percent().lt(1.0)))
        .isEqualTo(
            new Limit(
                "failed(\"chat\").percent().lt(1)",
                List.of("chat"),
                Limit.FAILED,
                "percent",
                Bound.BELOW,
                1));
  }

  @Test
  void eachMeasureHasItsNameInTheRecords() {
    assertThat(declared(e2e("chat").max().gt(5)).of()).isEqualTo("e2eMillis");
    assertThat(declared(tokensPerSecond("chat").percentile(5).gte(20)).of())
        .isEqualTo("tokensPerSecond");
    assertThat(declared(maxInterChunk("chat").min().lt(9)).of()).isEqualTo("maxInterChunkMillis");
    assertThat(declared(scheduleDelay("chat").percentile(99.9).lt(9)).statistic())
        .isEqualTo("p99.9");
    assertThat(declared(goodput("chat").gte(95.0)).bound()).isEqualTo(Bound.AT_LEAST);
    assertThat(declared(failed("chat").count().is(0L)).statistic()).isEqualTo("count");
  }

  @Test
  void betweenIsTwoLimits() {
    var unused = e2e("chat").mean().between(5, 9);
    assertThat(LimitsOfSettings.of(NONE))
        .extracting(Limit::bound)
        .containsExactly(Bound.AT_LEAST, Bound.AT_MOST);
  }

  @Test
  void aPercentileOutOfRangeIsRefused() {
    assertThatThrownBy(() -> ttft("chat").percentile(100))
        .hasMessage("percentile must be above 0 and below 100, was 100.0");
  }

  @Test
  void everyLimitOfTheSettingsIsOnThePathThatTheSimulationNames() {
    SloConfig slo =
        slo(
            "llm.slo.ttft.p95=500 ms",
            "llm.slo.e2e.mean=2 s",
            "llm.slo.tokensPerSecond.p5=20.5",
            "llm.slo.failures=1",
            "llm.slo.goodput=97");
    assertThat(LlmAssertions.slo(slo, "level 4", "chat")).isEmpty();
    assertThat(LimitsOfSettings.of(slo))
        .allSatisfy(limit -> assertThat(limit.row()).isEqualTo("level 4 / chat"))
        .extracting(Limit::name, Limit::value)
        .containsExactly(
            tuple("llm.slo.ttft.p95", 500.0),
            tuple("llm.slo.e2e.mean", 2000.0),
            tuple("llm.slo.tokensPerSecond.p5", 20.5),
            tuple("llm.slo.failures", 1.0),
            tuple("llm.slo.goodput", 97.0));
  }

  @Test
  void aLimitThatNoSimulationAsksForIsOnAllCalls() {
    assertThat(LimitsOfSettings.of(slo("llm.slo.ttft.p95=500 ms", "llm.slo.e2eUser.max=3 s")))
        .containsExactly(
            new Limit("llm.slo.ttft.p95", List.of(), "ttftMillis", "p95", Bound.AT_MOST, 500),
            new Limit(
                "llm.slo.e2eUser.max",
                List.of(),
                "e2eFromArrivalMillis",
                "max",
                Bound.AT_MOST,
                3000));
  }

  @Test
  void withoutLimitsNothingIsDeclared() {
    assertThat(LlmAssertions.slo(NONE, "chat")).isEmpty();
    assertThat(LimitsOfSettings.of(NONE)).isEmpty();
  }
}
