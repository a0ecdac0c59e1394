package dev.gatlingllm.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.secret.Redaction;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OtlpExporterTest {

  @Test
  void headersOfTheVariableGoWithAnExportAndThoseOfTheSettingsComeFirst() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        MetricExporter exporter =
            OtlpExporter.of(
                URI.create(receiver.address() + "/v1/metrics"),
                Map.of("X-Team", "perf"),
                Map.of(
                    OtlpExporter.VARIABLE,
                    "Authorization=Basic%20bXktb3RscC1rZXk, x-team=other"))) {
      assertThat(exporter.export(List.of()).join(60, TimeUnit.SECONDS).isSuccess()).isTrue();
      assertThat(receiver.headers())
          .containsEntry("Authorization", "Basic bXktb3RscC1rZXk")
          .containsEntry("x-team", "perf")
          .containsEntry("Content-type", "application/x-protobuf");
    }
    assertThat(Redaction.text("sent Basic bXktb3RscC1rZXk on")).doesNotContain("bXktb3RscC1rZXk");
  }

  @Test
  void aHeaderWhoseNameSaysSecretMustComeFromTheEnvironment() {
    assertThatThrownBy(
            () -> GivenSettings.of(Map.of("llm.otlp.headers.Authorization", "Basic c2VjcmV0")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("llm.otlp.headers.Authorization must come from an environment")
        .hasMessageNotContaining("c2VjcmV0");
  }

  @Test
  void noHeaderIsShownInTheSettingsOfTheRun() {
    assertThat(GivenSettings.of(Map.of("llm.otlp.headers.x-team", "perf-1234")).effective())
        .containsEntry("llm.otlp.headers.x-team", "***");
  }

  @Test
  void theAddressIsThatOfTheReceiverOrOfItsMetrics() {
    assertThat(collector("http://localhost:4318")).hasToString("http://localhost:4318/v1/metrics");
    assertThat(collector("https://otlp.example/otlp/"))
        .hasToString("https://otlp.example/otlp/v1/metrics");
    assertThat(collector("http://localhost:4318/v1/metrics"))
        .hasToString("http://localhost:4318/v1/metrics");
    assertThatThrownBy(() -> collector("localhost:4318"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("llm.otlp.endpoint");
  }

  @Test
  void whatCannotBeIsRefusedWithKeyAndValue() {
    assertRefused("llm.otlp.interval", "10 ms", "a duration from 1 s to 1 h");
    assertRefused("llm.prometheus.port", "70000", "a port from 0 to 65535");
    assertRefused("llm.prometheus.lastScrape", "-1 s", "a duration of 0 or more");
  }

  private static void assertRefused(String key, String value, String accepted) {
    assertThatThrownBy(() -> GivenSettings.of(Map.of(key, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(key, value, accepted);
  }

  private static URI collector(String endpoint) {
    return GivenSettings.of(Map.of("llm.otlp.endpoint", endpoint))
        .telemetry()
        .collector()
        .orElseThrow();
  }
}
