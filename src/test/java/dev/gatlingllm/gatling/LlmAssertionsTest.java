package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.SloConfig;
import dev.gatlingllm.gatling.engine.GatlingDefaults;
import dev.gatlingllm.gatling.engine.Stage;
import io.gatling.javaapi.core.Assertion;
import io.gatling.shared.model.assertion.AssertionMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LlmAssertionsTest {

  @BeforeAll
  static void dsl() {
    var unused = GatlingDefaults.use();
  }

  private static String text(Assertion assertion) {
    return AssertionMessage.message(assertion.asScala());
  }

  private static List<String> slo(String... settings) {
    SloConfig slo = Stage.settings(Path.of("unused"), settings).slo();
    return LlmAssertions.slo(slo, "level 4", "chat").stream().map(LlmAssertionsTest::text).toList();
  }

  @Test
  void eachMeasureIsAssertedOnAtThePathThatGatlingKeepsItUnder() {
    assertThat(text(LlmAssertions.ttft("level 4", "chat").max().lt(500)))
        .isEqualTo("level 4 / chat / TTFT: max of response time is less than 500.0");
    assertThat(text(LlmAssertions.e2e("chat").max().lt(500)))
        .startsWith("chat: max of response time");
    assertThat(text(LlmAssertions.tokensPerSecond("chat").percentile(5).gt(20)))
        .startsWith("chat / TTFT / tokens/s: 5th percentile");
    assertThat(text(LlmAssertions.tpotMicros("chat").mean().lt(20_000)))
        .startsWith("chat / TPOT µs: mean");
    assertThat(text(LlmAssertions.maxInterChunk("chat").max().lt(9)))
        .startsWith("chat / max inter-chunk latency: max");
    assertThat(text(LlmAssertions.scheduleDelay("chat").max().lt(9)))
        .startsWith("chat / schedule delay: max");
    assertThat(text(LlmAssertions.goodput("chat").gte(95.0)))
        .startsWith("chat / goodput %: percentage of successful events");
    assertThat(text(LlmAssertions.failed("chat").count().is(0L)))
        .startsWith("chat / TTFT / tokens/s / call: count of failed events");
  }

  @Test
  void everyLimitOfTheSettingsIsAnAssertion() {
    assertThat(
            slo(
                "llm.slo.ttft.p95=500 ms",
                "llm.slo.e2e.mean=2 s",
                "llm.slo.tokensPerSecond.p5=20.5",
                "llm.slo.failures=1",
                "llm.slo.goodput=97"))
        .satisfiesExactly(
            one -> assertThat(one).contains("TTFT: 95th percentile").endsWith("500.0"),
            two -> assertThat(two).contains("chat: mean").endsWith("2000.0"),
            three -> assertThat(three).contains("tokens/s: 5th percentile").endsWith("21.0"),
            four -> assertThat(four).contains("percentage of failed").endsWith("1.0"),
            five -> assertThat(five).contains("goodput %").endsWith("97.0"));
  }

  @Test
  void aLimitOfTimesDoesNotPassARunWhoseCallsAllFail() {
    assertThat(slo("llm.slo.ttft.max=500 ms"))
        .hasSize(2)
        .last()
        .asString()
        .contains("call: percentage of failed events is less than 100.0");
    assertThat(slo("llm.slo.ttft.min=1 ms", "llm.slo.failures=5")).hasSize(2);
  }

  @Test
  void withoutLimitsNothingIsAsserted() {
    assertThat(slo()).isEmpty();
  }
}
