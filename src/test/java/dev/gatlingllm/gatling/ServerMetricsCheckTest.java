package dev.gatlingllm.gatling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.engine.LlmProtocol;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.scrape.MetricsStub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerMetricsCheckTest {

  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private List<URI> addresses(String... settings) {
    return ServerMetricsCheck.addresses(
        Stage.settings(folder, settings), Optional.empty(), new PrintStream(printed, true, UTF_8));
  }

  @Test
  void anAddressThatAnswersIsTakenWithoutAWord() throws IOException {
    try (MetricsStub server = new MetricsStub()) {
      server.answersVllm(0, 0);
      String root = server.address().toString().replace("/metrics", "");
      assertThat(addresses("llm.serverMetrics.url=" + root)).containsExactly(server.address());
      assertThat(printed.toString(UTF_8)).isEmpty();
    }
  }

  @Test
  void aServerWithoutAMetricThatIsKnownIsTold() throws IOException {
    try (MetricsStub server = new MetricsStub()) {
      server.answers(200, "up 1");
      assertThat(addresses("llm.serverMetrics.url=" + server.address())).hasSize(1);
      assertThat(printed.toString(UTF_8))
          .contains("has none of the metrics of vLLM, SGLang, llama.cpp or TGI yet")
          .contains("llm.serverMetrics.metrics");
    }
  }

  @Test
  void whatDoesNotAnswerWithMetricsEndsTheRunOrIsAWarning() throws IOException {
    try (MetricsStub server = new MetricsStub()) {
      server.answers(404, "{}");
      String url = "llm.serverMetrics.url=" + server.address();
      assertThatThrownBy(() -> addresses(url))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "llm.serverMetrics.url must be an address that answers with metrics in Prometheus"
                  + " text, was "
                  + server.address()
                  + ": it answered 404. To run without them, set llm.serverMetrics.required ="
                  + " false");
      assertThat(addresses(url, "llm.serverMetrics.required=false")).hasSize(1);
      assertThat(printed.toString(UTF_8))
          .contains("no server metrics from " + server.address() + " yet: it answered 404");
    }
  }

  @Test
  void theTargetIsTheSimulatedEndpointWhichHasMetrics() {
    LlmConfig config = Stage.settings(folder, "llm.serverMetrics.url=target");
    LlmProtocol protocol = (LlmProtocol) LlmProtocolBuilder.ofSettings().config(config).protocol();
    protocol.client().close();
    assertThat(protocol.serverMetrics())
        .singleElement()
        .asString()
        .matches("http://127\\.0\\.0\\.1:\\d+/metrics");
  }

  @Test
  void aClientOfOnesOwnHasNoAddress() {
    LlmConfig config =
        Stage.settings(
            folder,
            "llm.serverMetrics.url=target",
            "llm.provider=class:" + LlmProtocolBuilderTest.Named.class.getName());
    assertThatThrownBy(() -> LlmProtocolBuilder.ofSettings().config(config).protocol())
        .hasMessageStartingWith(
            "llm.serverMetrics.url = target needs calls that go to one address");
  }
}
