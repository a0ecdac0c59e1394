package dev.gatlingllm.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.timing.NanoClock;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.eventstream.Message;
import software.amazon.awssdk.eventstream.MessageDecoder;

class ConverseTest {

  @Test
  void aStreamIsStartDeltasStopsAndMetadata() {
    List<Message> events = stream(Settings.quick("cachedFraction = 0.5"));

    assertThat(types(events))
        .containsExactly(
            "messageStart",
            "contentBlockDelta",
            "contentBlockDelta",
            "contentBlockStop",
            "messageStop",
            "metadata");
    assertThat(json(events.get(0)).path("role").asText()).isEqualTo("assistant");
    assertThat(json(events.get(1)).at("/delta/text").asText()).matches(" \\p{L}+");
    assertThat(json(events.get(4)).path("stopReason").asText()).isEqualTo("max_tokens");
    JsonNode metadata = json(events.get(5));
    assertThat(metadata.at("/usage/inputTokens").asInt()).isEqualTo(6);
    assertThat(metadata.at("/usage/cacheReadInputTokens").asInt()).isEqualTo(5);
    assertThat(metadata.at("/usage/outputTokens").asInt()).isEqualTo(2);
    assertThat(metadata.at("/usage/totalTokens").asInt()).isEqualTo(13);
    assertThat(metadata.at("/metrics/latencyMs").isNumber()).isTrue();
  }

  @Test
  void reasoningIsABlockOfItsOwn() {
    List<Message> events = stream(Settings.quick("reasoningTokens = 1"));

    assertThat(types(events))
        .containsExactly(
            "messageStart",
            "contentBlockDelta",
            "contentBlockStop",
            "contentBlockDelta",
            "contentBlockStop",
            "messageStop",
            "metadata");
    assertThat(json(events.get(1)).at("/delta/reasoningContent/text").asText()).startsWith(" ");
    assertThat(json(events.get(2)).path("contentBlockIndex").asInt()).isZero();
    assertThat(json(events.get(3)).path("contentBlockIndex").asInt()).isEqualTo(1);
    assertThat(json(events.get(3)).at("/delta/text").asText()).startsWith(" ");
    assertThat(json(events.get(4)).path("contentBlockIndex").asInt()).isEqualTo(1);
  }

  @Test
  void theSystemPromptCountsAsInput() {
    String body =
        """
        {"system":[{"text":"hello"}],"messages":[{"role":"user","content":[{"text":"hello"}]}],\
        "inferenceConfig":{"maxTokens":1}}""";
    try (Simulator simulator = Simulator.start(Settings.quick(), NanoClock.SYSTEM)) {
      String answer = new TestClient(simulator.uri()).post(TestClient.CONVERSE, body).body();

      assertThat(TestClient.json(answer).at("/usage/inputTokens").asInt()).isEqualTo(13);
    }
  }

  @Test
  void theResponseCarriesItsRequestId() {
    try (Simulator simulator = Simulator.start(Settings.quick(), NanoClock.SYSTEM)) {
      HttpResponse<String> response =
          new TestClient(simulator.uri()).post(TestClient.CONVERSE, TestClient.converse(1));

      String requestId = response.headers().firstValue("x-amzn-requestid").orElseThrow();
      assertThat(simulator.call(requestId)).isPresent();
    }
  }

  @Test
  void aRefusalNamesItsTypeInAHeader() {
    try (Simulator simulator = Simulator.start(Settings.quick(), NanoClock.SYSTEM)) {
      simulator.injectNext(Fault.THROTTLE, Fault.REJECT, Fault.SERVER_ERROR, Fault.UNAVAILABLE);
      TestClient client = new TestClient(simulator.uri());

      refused(client, 429, "ThrottlingException");
      refused(client, 400, "ValidationException");
      refused(client, 500, "InternalServerException");
      refused(client, 503, "ServiceUnavailableException");
    }
  }

  private static void refused(TestClient client, int status, String type) {
    HttpResponse<String> response = client.post(TestClient.CONVERSE_STREAM, TestClient.converse(2));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("x-amzn-errortype")).hasValue(type);
    assertThat(TestClient.json(response.body()).path("message").asText()).isNotEmpty();
  }

  private static List<Message> stream(SimulatorSettings settings) {
    try (Simulator simulator = Simulator.start(settings, NanoClock.SYSTEM)) {
      HttpResponse<byte[]> response =
          new TestClient(simulator.uri())
              .send(TestClient.CONVERSE_STREAM, TestClient.converse(2), BodyHandlers.ofByteArray());
      assertThat(response.headers().firstValue("content-type"))
          .hasValue("application/vnd.amazon.eventstream");
      MessageDecoder decoder = new MessageDecoder();
      decoder.feed(response.body());
      return decoder.getDecodedMessages();
    }
  }

  private static List<String> types(List<Message> events) {
    return events.stream().map(e -> e.getHeaders().get(":event-type").getString()).toList();
  }

  private static JsonNode json(Message event) {
    return TestClient.json(new String(event.getPayload(), UTF_8));
  }
}
