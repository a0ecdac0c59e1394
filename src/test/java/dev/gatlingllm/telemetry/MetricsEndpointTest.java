package dev.gatlingllm.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.TelemetryConfig.Scrape;
import dev.gatlingllm.stats.CallFixture;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.resources.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final MetricsReader reader = new MetricsReader();
  private final SdkMeterProvider provider =
      SdkMeterProvider.builder()
          .setResource(
              Resource.create(Labels.of(Map.of("gatling_llm.description", "a \"b\"\\\nc"))))
          .registerMetricReader(reader)
          .build();
  private CallMeter meter;
  private MetricsEndpoint endpoint;

  @BeforeEach
  void open() {
    meter = new CallMeter(provider.get("test"), () -> 2);
    endpoint = open(new Scrape("127.0.0.1", 0, Duration.ofMinutes(5)));
  }

  private MetricsEndpoint open(Scrape settings) {
    return MetricsEndpoint.open(settings, reader, new PrintStream(printed, true, UTF_8));
  }

  @AfterEach
  void close() {
    endpoint.close();
    provider.close();
  }

  /** A request as it stands, since the JDK's client sets no foreign host. */
  private String answer(String head) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), endpoint.address().getPort())) {
      socket
          .getOutputStream()
          .write((head.replace("\n", "\r\n") + "\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void metricsAreTextUnderPrometheussNames() throws IOException {
    meter.address(Optional.of(URI.create("http://[::1]:8000")));
    meter.count(
        CallFixture.call()
            .model("m \"x\"")
            .from(0, 2500)
            .streamed(200, 2400)
            .tokens(100, 30)
            .record());
    String text = answer("GET /metrics HTTP/1.1\nHost: 127.0.0.1:9464");
    assertThat(text)
        .startsWith("HTTP/1.1 200 OK")
        .contains("text/plain; version=0.0.4; charset=utf-8")
        .contains("target_info{gatling_llm_description=\"a \\\"b\\\"\\\\\\nc\"} 1\n")
        .contains("# TYPE gen_ai_client_operation_duration_seconds histogram\n")
        .contains("server_address=\"::1\",server_port=\"8000\"")
        .contains("gen_ai_request_model=\"m \\\"x\\\"\"")
        .contains("# TYPE gatling_llm_calls_total counter\n")
        .contains("# TYPE gatling_llm_calls_in_flight gauge\ngatling_llm_calls_in_flight 2\n")
        .contains("# TYPE gen_ai_client_token_usage histogram\n")
        .contains("le=\"67108864\"");
    assertThat(text.lines().filter(l -> l.startsWith("gen_ai_client_operation_duration_seconds")))
        .filteredOn(line -> line.contains("_bucket"))
        .extracting(line -> line.replaceAll(".*le=\"([^\"]+)\".* ", "$1 "))
        .contains("0.01 0", "1.28 0", "2.56 1", "81.92 1", "+Inf 1");
  }

  @Test
  void anotherHostsNameIsRefused() throws IOException {
    assertThat(answer("GET /metrics HTTP/1.1\nHost: evil.example")).startsWith("HTTP/1.1 403");
    assertThat(answer("GET /metrics HTTP/1.1\nHost: localhost")).startsWith("HTTP/1.1 200");
    assertThat(answer("GET /metrics HTTP/1.1\nHost: [::1]:1")).startsWith("HTTP/1.1 200");
  }

  @Test
  void onlyMetricsAreServedAndOnlyRead() throws IOException {
    assertThat(answer("POST /metrics HTTP/1.1\nHost: localhost\nContent-Length: 0"))
        .startsWith("HTTP/1.1 405");
    assertThat(answer("GET / HTTP/1.1\nHost: localhost"))
        .startsWith("HTTP/1.1 404")
        .contains("the metrics are at /metrics");
    assertThat(answer("HEAD /metrics HTTP/1.1\nHost: localhost")).startsWith("HTTP/1.1 200");
  }

  @Test
  void thePortInUseIsNamedBeforeAnythingIsSent() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(
              () -> MetricsEndpoint.require(new Scrape("127.0.0.1", port, Duration.ZERO)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("llm.prometheus.port = " + port)
          .hasMessageContaining("llm.prometheus.bind = 127.0.0.1")
          .hasMessageContaining("0 for any free one");
    }
  }

  @Test
  void aPortThatWasLookedAtIsFreeAfterwards() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    Scrape settings = new Scrape("127.0.0.1", free, Duration.ZERO);
    MetricsEndpoint.require(settings);
    open(settings).close();
    open(settings).close();
  }

  @Test
  void anAddressThatIsNoneIsNamed() {
    assertThatThrownBy(() -> MetricsEndpoint.require(new Scrape("no such host.", 0, Duration.ZERO)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("llm.prometheus.bind")
        .hasMessageContaining("no such host.");
  }

  @Test
  void theEndOfTheRunWaitsForOneScrapeOfTheTotals() throws Exception {
    answer("GET /metrics HTTP/1.1\nHost: localhost");
    Thread waiting = new Thread(endpoint::awaitLastScrape);
    endpoint.totalsAreThere();
    waiting.start();
    while (!printed.toString(UTF_8).contains("waiting for Prometheus")) {
      Thread.onSpinWait();
    }
    assertThat(waiting.isAlive()).isTrue();
    answer("HEAD /metrics HTTP/1.1\nHost: localhost");
    assertThat(waiting.isAlive()).isTrue();
    answer("GET /metrics HTTP/1.1\nHost: localhost");
    waiting.join();
    assertThat(printed.toString(UTF_8)).doesNotContain("did not fetch");
  }

  @Test
  void withoutAScrapeTheEndSaysThatTheTotalsWereNotFetched() {
    endpoint.close();
    endpoint = open(new Scrape("127.0.0.1", 0, Duration.ofMillis(1)));
    endpoint.totalsAreThere();
    endpoint.awaitLastScrape();
    assertThat(printed.toString(UTF_8)).contains("Prometheus did not fetch the totals of the run");
  }
}
