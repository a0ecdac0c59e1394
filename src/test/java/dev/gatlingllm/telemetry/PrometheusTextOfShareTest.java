package dev.gatlingllm.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.stats.CallFixture;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextOfShareTest {

  private static String text(Map<String, String> about) {
    MetricsReader reader = new MetricsReader();
    try (SdkMeterProvider provider =
        SdkMeterProvider.builder()
            .setResource(Resource.create(Labels.of(about)))
            .registerMetricReader(reader)
            .build()) {
      new CallMeter(provider.get("test"), () -> 2)
          .count(CallFixture.call().from(0, 2500).tokens(100, 30).record());
      return PrometheusText.of(reader.collect());
    }
  }

  @Test
  void everySampleOfAShareHasItsRunAndItsShare() {
    assertThat(text(Map.of(Telemetry.RUN_ID, "run-a", Telemetry.SHARE, "1/3")).lines())
        .filteredOn(line -> !line.startsWith("#"))
        .isNotEmpty()
        .allMatch(
            line ->
                line.contains("gatling_llm_run_id=\"run-a\"")
                    && line.contains("gatling_llm_share=\"1/3\""));
  }

  @Test
  void aRunThatIsNoShareIsNamedOnTheTargetAlone() {
    assertThat(text(Map.of(Telemetry.RUN_ID, "run-a")).lines())
        .filteredOn(line -> line.contains("gatling_llm_run_id"))
        .hasSize(1);
  }
}
