package dev.gatlingllm.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.http.ChatClientContract;
import dev.gatlingllm.provider.http.RecordingListener;
import dev.gatlingllm.provider.http.Secret;
import dev.gatlingllm.provider.http.StubServer;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenAiClientTest extends ChatClientContract {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  protected LlmClient client(
      URI address, Optional<Secret> key, Duration connectTimeout, NanoClock clock) {
    return new OpenAiClient(
        new OpenAiSettings(
            URI.create(address + "/v1/"),
            "test-model",
            key,
            "max_completion_tokens",
            ClientSettings.of(connectTimeout, 100, clock)));
  }

  @Override
  protected String keyHeader() {
    return "authorization";
  }

  @Override
  protected String keyHeaderValue() {
    return "Bearer " + KEY;
  }

  private StubServer.Request sent(LlmRequest request) throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    RecordingListener listener = new RecordingListener();
    client(server).start(request, listener);
    listener.awaitEnd();
    assertThat(server.requests()).hasSize(1);
    return server.requests().get(0);
  }

  @Test
  void isNamedOpenAi() {
    LlmClient client = remember(client(URI.create("http://127.0.0.1:1"), NanoClock.SYSTEM));

    assertThat(client.provider()).isEqualTo("openai");
  }

  @Test
  void sendsTheBodyAndNothingThatWasNotAskedFor() throws Exception {
    StubServer.Request request = sent(PROMPT);

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/v1/chat/completions");
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(request.headers()).doesNotContainKey(OpenAiTransport.CALL_HEADER);
    assertThat(JSON.readTree(request.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"messages":[{"role":"user","content":"Say hello"}],"model":"test-model",\
                "stream":true,"stream_options":{"include_usage":true}}\
                """));
  }

  @Test
  void sendsEverythingThatWasAskedFor() throws Exception {
    LlmRequest request =
        LlmRequest.ofMessages(
                List.of(Message.system("Be brief"), Message.user("Hi"), Message.assistant("Yes?")))
            .withModel("other-model")
            .withParameters(
                Parameters.NONE
                    .withStop(List.of("END"))
                    .withExtraBody(
                        Map.of("temperature", 0.75, "guided_json", Map.of("type", "object"))))
            .withMaxTokens(64)
            .with(Parameter.TEMPERATURE, 0.5)
            .with(Parameter.TOP_P, 0.25)
            .with(Parameter.SEED, 7);

    assertThat(JSON.readTree(sent(request).body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"messages":[{"role":"system","content":"Be brief"},\
                {"role":"user","content":"Hi"},{"role":"assistant","content":"Yes?"}],\
                "model":"other-model","stream":true,"max_completion_tokens":64,\
                "temperature":0.75,"top_p":0.25,"stop":["END"],"seed":7,\
                "stream_options":{"include_usage":true},"guided_json":{"type":"object"}}\
                """));
  }
}
