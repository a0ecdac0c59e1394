package dev.gatlingllm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.scrape.MetricSelector;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerMetricsConfigTest {

  private static final String URL = "llm.serverMetrics.url";

  @TempDir private Path folder;

  private ServerMetricsConfig file(String hocon) throws IOException {
    Path file =
        Files.writeString(folder.resolve("llm.conf"), "llm.serverMetrics { " + hocon + " }");
    return GivenSettings.of(Map.of("llm.conf", file.toString())).serverMetrics();
  }

  private static ServerMetricsConfig read(String key, String value) {
    return GivenSettings.of(Map.of(key, value)).serverMetrics();
  }

  @Test
  void nothingIsReadUnlessAnAddressIsNamed() {
    ServerMetricsConfig config = GivenSettings.of(Map.of()).serverMetrics();
    assertThat(config.isOn()).isFalse();
    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.required()).isTrue();
  }

  @Test
  void addressesComeAsAListOrBetweenCommasAndAServerHasItsMetricsAtTheUsualPath()
      throws IOException {
    assertThat(read(URL, "http://localhost:8000, http://localhost:8001/,http://[::1]/m").urls())
        .containsExactly(
            "http://localhost:8000/metrics", "http://localhost:8001/metrics", "http://[::1]/m");
    assertThat(file("url = [\"https://a/metrics\", target]").addresses(openAi()))
        .containsExactly(URI.create("https://a/metrics"), URI.create("http://gpu:8000/metrics"));
  }

  @Test
  void aSecretGoesToTheTargetInPlainTextOnlyIfThatIsAllowed() throws IOException {
    assertThatThrownBy(
            () -> file("url = target, headers { Authorization = ${?PATH} }").addresses(openAi()))
        .hasMessageContaining("llm.serverMetrics.plainHttp = allow");
    assertThat(
            file("url = target, plainHttp = allow, headers { Authorization = ${?PATH} }")
                .addresses(openAi()))
        .containsExactly(URI.create("http://gpu:8000/metrics"));
  }

  private static Optional<URI> openAi() {
    return Optional.of(URI.create("http://gpu:8000/v1"));
  }

  @Test
  void furtherMetricsComeAsAListOrBetweenCommas() throws IOException {
    assertThat(read("llm.serverMetrics.metrics", "up, queue{pool=a}").metrics())
        .isEqualTo(file("metrics = [up, \"queue{pool=a}\"]").metrics())
        .containsExactly(
            new MetricSelector("up", Map.of()), new MetricSelector("queue", Map.of("pool", "a")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url|localhost:8000|url must be an address such as http://localhost:8000/metrics without"
            + " user, query or fragment, several of them between commas, or target",
        "url|http://user:of-the-url@a/metrics|url must be an address such as",
        "interval|50 ms|interval must be a duration from 100 ms to 1 h, such as 2 s, was \"50 ms\"",
        "metrics|a b|metrics must be names of metrics between commas, each perhaps with labels,"
            + " such as queue_depth{pool=\"a\"}, was \"a b\"",
        "plainHttp|yes|plainHttp must be one of auto, allow, was \"yes\"",
        "required|maybe|required must be true or false, was \"maybe\"",
        "headers.user-agent|x|headers.user-agent cannot be set",
        "headers.Authorization|Bearer of-the-file|headers.Authorization must come from an"
            + " environment variable",
        "headers.Authorization|{session}|headers.Authorization must come from an environment"
            + " variable"
      })
  void anImpossibleValueIsRefusedByName(String key, String value, String message) {
    assertThatThrownBy(() -> read("llm.serverMetrics." + key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.serverMetrics." + message)
        .hasMessageNotContaining("of-the-");
  }

  @Test
  void aSecretHeaderGoesToAnotherMachineOverTlsOnly() throws IOException {
    String token = "headers { Authorization = \"Bearer \"${?PATH} }, ";
    assertThat(file(token + "url = \"https://gpu:8000/metrics\"").headers())
        .containsKey("Authorization");
    assertThat(file(token + "url = \"http://localhost:8000/metrics\"").isOn()).isTrue();
    String plain = token + "url = \"http://gpu:8000/metrics\"";
    assertThatThrownBy(() -> file(plain))
        .hasMessageContaining("llm.serverMetrics.url must be an https address")
        .hasMessageContaining("llm.serverMetrics.plainHttp = allow");
    assertThat(file(plain + ", plainHttp = allow").isOn()).isTrue();
  }

  @Test
  void noHeaderIsShown() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("llm.conf"), "llm.serverMetrics.headers { x-key = ${?PATH}, x-id = 5 }");
    LlmConfig config = GivenSettings.of(Map.of("llm.conf", file.toString()));
    assertThat(config.effective())
        .containsEntry("llm.serverMetrics.headers.x-key", "***")
        .containsEntry("llm.serverMetrics.headers.x-id", "***");
    assertThat(config.serverMetrics()).hasToString("ServerMetricsConfig[][x-id, x-key]");
  }
}
