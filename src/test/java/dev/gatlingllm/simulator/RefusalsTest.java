package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.timing.NanoClock;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  private final Simulator simulator =
      Simulator.start(Settings.quick("apiKey = the-key"), NanoClock.SYSTEM);
  private final TestClient client = new TestClient(simulator.uri());

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aCallWithoutTheKeyIsUnauthorized() {
    HttpResponse<String> none = client.post(TestClient.AZURE, TestClient.chat(1, ""));
    HttpResponse<String> wrong =
        client.post(TestClient.AZURE, TestClient.chat(1, ""), "api-key", "another");

    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(TestClient.json(wrong.body()).at("/error/code").asText()).isEqualTo("401");
    assertThat(wrong.body()).doesNotContain("another", "the-key");
    assertThat(simulator.calls())
        .allSatisfy(call -> assertThat(call.ending()).isEqualTo(Ending.REFUSED))
        .allSatisfy(call -> assertThat(call.status()).hasValue(401))
        .hasSize(2);
  }

  @Test
  void theKeyMayComeInEitherHeader() {
    assertThat(answered("api-key", "the-key").statusCode()).isEqualTo(200);
    assertThat(answered("Authorization", "Bearer the-key").statusCode()).isEqualTo(200);
  }

  @Test
  void bedrockAnswers403ToAnUnknownKey() {
    HttpResponse<String> response =
        client.post(
            TestClient.CONVERSE,
            TestClient.converse(1),
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=another/20260101/us-east-1/bedrock/aws4_request");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("x-amzn-errortype"))
        .hasValue("UnrecognizedClientException");
  }

  @Test
  void anUnknownAddressIsNotFoundAndNoCall() {
    assertThat(client.post("/v1/embeddings", "{}").statusCode()).isEqualTo(404);
    assertThat(simulator.started()).isZero();
  }

  @Test
  void aBodyThatCannotBeServedIsNamedWithoutQuotingIt() {
    invalid("{\"messages\": secret prompt}", "the body is not valid JSON at line 1, column 14");
    invalid("[]", "the body must be a JSON object");
    invalid("{}", "messages must be an array of at least one message");
    invalid("{\"messages\":[{\"content\":\"x\"}]}", "messages[0].role must be a string");
    invalid(
        "{\"messages\":[{\"role\":\"user\",\"content\":7}]}",
        "messages[0].content must be a string or an array");
    invalid(TestClient.chat(0, ""), "max_tokens must be a whole number between 1 and 1000000");
  }

  private void invalid(String body, String message) {
    HttpResponse<String> response = client.post(TestClient.OPENAI, body, "api-key", "the-key");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(TestClient.json(response.body()).at("/error/message").asText()).isEqualTo(message);
  }

  private HttpResponse<String> answered(String header, String value) {
    return client.post(TestClient.OPENAI, TestClient.chat(1, ""), header, value);
  }
}
