package dev.gatlingllm.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Quotas, with a clock that is moved by hand. Every request has 11 input tokens. */
class ThrottlingTest {

  private static SimulatorSettings oneEachSecond(String... changes) {
    return Settings.exact("requestsPerMinute = 60, burst = 1 s", String.join(", ", changes));
  }

  @Test
  void aCallBeyondTheQuotaIsToldHowLongToWait() {
    EmbeddedSimulator simulator = new EmbeddedSimulator(oneEachSecond());
    assertThat(status(simulator)).isEqualTo(200);
    simulator.advanceMillis(1);

    FullHttpResponse refused = post(simulator, TestClient.OPENAI);

    assertThat(refused.status().code()).isEqualTo(429);
    assertThat(refused.headers().get("retry-after")).isEqualTo("1");
    assertThat(refused.headers().get("retry-after-ms")).isEqualTo("999");
    assertThat(refused.headers().get("x-ratelimit-remaining-requests")).isEqualTo("0");
    assertThat(TestClient.json(refused.content().toString(UTF_8)).at("/error/code").asText())
        .isEqualTo("rate_limit_exceeded");
  }

  @Test
  void whoWaitsAsToldIsLetIn() {
    EmbeddedSimulator simulator = new EmbeddedSimulator(oneEachSecond());
    assertThat(status(simulator)).isEqualTo(200);

    simulator.advanceMillis(999);
    assertThat(status(simulator)).isEqualTo(429);
    simulator.advanceMillis(1);
    assertThat(status(simulator)).isEqualTo(200);
    assertThat(status(simulator)).isEqualTo(429);
  }

  @Test
  void aMinuteAtDoubleTheQuotaLetsTheQuotaIn() {
    EmbeddedSimulator simulator = new EmbeddedSimulator(oneEachSecond());
    int letIn = 0;
    for (int i = 0; i < 120; i++) {
      letIn += status(simulator) == 200 ? 1 : 0;
      simulator.advanceMillis(500);
    }

    assertThat(letIn).isEqualTo(60);
  }

  @Test
  void tokensCountAsInputPlusMaxTokensWhenTheCallComesIn() {
    EmbeddedSimulator simulator =
        new EmbeddedSimulator(Settings.exact("tokensPerMinute = 6000, burst = 10 s"));

    HttpResponse first = simulator.post(TestClient.OPENAI, TestClient.chat(889, "")).readOutbound();
    assertThat(first).isNull();
    FullHttpResponse second =
        simulator.post(TestClient.OPENAI, TestClient.chat(289, "")).readOutbound();

    assertThat(second.status().code()).isEqualTo(429);
    assertThat(second.headers().get("retry-after-ms")).isEqualTo("2000");
    assertThat(second.headers().get("x-ratelimit-remaining-tokens")).isEqualTo("100");
  }

  @Test
  void eachHeaderCanBeSwitchedOff() {
    EmbeddedSimulator withoutSeconds = throttled(oneEachSecond("retryAfter = false"));
    EmbeddedSimulator withoutMillis = throttled(oneEachSecond("retryAfterMillis = false"));

    assertThat(post(withoutSeconds, TestClient.OPENAI).headers())
        .anyMatch(header -> header.getKey().equals("retry-after-ms"))
        .noneMatch(header -> header.getKey().equals("retry-after"));
    assertThat(post(withoutMillis, TestClient.OPENAI).headers())
        .anyMatch(header -> header.getKey().equals("retry-after"))
        .noneMatch(header -> header.getKey().equals("retry-after-ms"));
  }

  @Test
  void azureCallsItsError429() {
    FullHttpResponse refused = post(throttled(oneEachSecond()), TestClient.AZURE);

    assertThat(TestClient.json(refused.content().toString(UTF_8)).at("/error/code").asText())
        .isEqualTo("429");
  }

  @Test
  void bedrockCallsItsErrorThrottlingException() {
    FullHttpResponse refused = post(throttled(oneEachSecond()), TestClient.CONVERSE_STREAM);

    assertThat(refused.status().code()).isEqualTo(429);
    assertThat(refused.headers().get("x-amzn-errortype")).isEqualTo("ThrottlingException");
  }

  private static EmbeddedSimulator throttled(SimulatorSettings settings) {
    EmbeddedSimulator simulator = new EmbeddedSimulator(settings);
    assertThat(status(simulator)).isEqualTo(200);
    return simulator;
  }

  private static int status(EmbeddedSimulator simulator) {
    HttpResponse response =
        simulator.post(TestClient.OPENAI, TestClient.streamedChat(1)).readOutbound();
    return response.status().code();
  }

  private static FullHttpResponse post(EmbeddedSimulator simulator, String path) {
    String body = path.startsWith("/model") ? TestClient.converse(1) : TestClient.streamedChat(1);
    return simulator.post(path, body).readOutbound();
  }
}
