package dev.gatlingllm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryConfigTest {

  @TempDir private Path folder;

  private TelemetryConfig otlp(String hocon) throws IOException {
    Path file = Files.writeString(folder.resolve("llm.conf"), "llm.otlp { " + hocon + " }");
    return GivenSettings.of(Map.of("llm.conf", file.toString())).telemetry();
  }

  @Test
  void aSecretGoesToAnotherMachineOverTlsOnly() throws IOException {
    String secret = ", headers { Authorization = ${?PATH} }";
    assertThatThrownBy(() -> otlp("endpoint = \"http://collector:4318\"" + secret))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "llm.otlp.endpoint must be an https address, or http on a loopback host, was"
                + " http://collector")
        .hasMessageNotContaining(System.getenv("PATH"));
    assertThat(otlp("endpoint = \"https://collector:4318\"" + secret).collector())
        .contains(URI.create("https://collector:4318/v1/metrics"));
    assertThat(otlp("endpoint = \"http://localhost:4318\"" + secret).collector()).isPresent();
    assertThat(otlp("endpoint = \"http://collector:4318\"").collector()).isPresent();
  }

  @Test
  void aHeaderThatNoRequestCanHaveIsRefused() {
    assertThatThrownBy(
            () ->
                otlp(
                    "endpoint = \"https://collector:4318\", headers { x-key = \"of-the-header\\n\" }"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("llm.otlp.headers.x-key")
        .hasMessageNotContaining("of-the-header");
  }
}
