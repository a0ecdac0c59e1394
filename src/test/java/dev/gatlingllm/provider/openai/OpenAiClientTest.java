package dev.gatlingllm.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.Part;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.chat.ChatBodyContract;
import dev.gatlingllm.provider.chat.ChatClientContract;
import dev.gatlingllm.provider.chat.RecordingListener;
import dev.gatlingllm.provider.chat.StubServer;
import dev.gatlingllm.provider.transport.SdkRelay;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiClientTest extends ChatBodyContract {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  protected LlmClient client(
      URI address, Optional<Secret> key, Duration connectTimeout, NanoClock clock) {
    return new OpenAiClient(
        new OpenAiSettings(
            URI.create(address + "/v1/"),
            "test-model",
            key,
            KeyHeader.BEARER,
            AnswerFormat.CHAT,
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
  void aCachePointTravelsAsCacheControlOfItsMessage() throws Exception {
    StubServer.Request request =
        sent(
            LlmRequest.ofMessages(
                List.of(
                    Message.system("Long.").with(CachePoint.DEFAULT),
                    Message.user("Why?").with(CachePoint.ONE_HOUR))));

    assertThat(JSON.readTree(request.body()).path("messages"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"role":"system","content":[{"type":"text","text":"Long.",
                  "cache_control":{"type":"ephemeral"}}]},
                 {"role":"user","content":[{"type":"text","text":"Why?",
                  "cache_control":{"type":"ephemeral","ttl":"1h"}}]}]\
                """));
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
    assertThat(request.headers()).doesNotContainKey(SdkRelay.CALL_HEADER);
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

  private static OpenAiSettings settings(
      StubServer server, String path, KeyHeader header, AnswerFormat api) {
    return new OpenAiSettings(
        URI.create(server.address() + path),
        "test-model",
        Optional.of(Secret.of(KEY)),
        header,
        api,
        "max_tokens",
        ClientSettings.of(Duration.ofSeconds(30), 100, NanoClock.SYSTEM));
  }

  @Test
  void namesItselfBeforeTheSdk() throws Exception {
    assertThat(sent(PROMPT).header("user-agent")).startsWith("gatling-llm OpenAI");
  }

  @Test
  void sendsTheKeyInTheHeaderThatAzureWants() throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    RecordingListener listener = new RecordingListener();
    remember(
            new OpenAiClient(settings(server, "/openai/v1/", KeyHeader.API_KEY, AnswerFormat.CHAT)))
        .start(PROMPT, listener);
    listener.awaitEnd();

    StubServer.Request request = server.requests().get(0);
    assertThat(request.path()).isEqualTo("/openai/v1/chat/completions");
    assertThat(request.header("api-key")).isEqualTo(KEY);
    assertThat(request.headers()).doesNotContainKey("authorization");
  }

  @Test
  void asksForAResponseAndReadsItsStream() throws Exception {
    StubServer server =
        server(
            exchange ->
                exchange
                    .head(200, "content-type: text/event-stream", "x-request-id: id-1")
                    .event("{\"type\":\"response.output_text.delta\",\"delta\":\"Hello\"}")
                    .event(
                        "{\"type\":\"response.completed\",\"response\":{\"status\":"
                            + "\"completed\",\"usage\":{\"input_tokens\":12,"
                            + "\"output_tokens\":5}}}")
                    .end());
    RecordingListener listener = new RecordingListener();
    remember(new OpenAiClient(settings(server, "/v1", KeyHeader.BEARER, AnswerFormat.RESPONSES)))
        .start(PROMPT.withMaxTokens(9), listener);

    assertThat(listener.awaitEnd().events())
        .containsExactly("head 200", "CONTENT Hello", "usage", "finish completed", "completed");
    StubServer.Request request = server.requests().get(0);
    assertThat(request.path()).isEqualTo("/v1/responses");
    assertThat(JSON.readTree(request.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"input":[{"role":"user","content":"Say hello"}],"model":"test-model",\
                "stream":true,"max_output_tokens":9}\
                """));
  }

  /** On Azure's v1 path, and as Bedrock's mantle endpoint has it. */
  @ParameterizedTest
  @CsvSource({"/openai/v1, API_KEY, RESPONSES, responses", "/v1, BEARER, CHAT, chat/completions"})
  void passesOnThePreviousResponseAndTheServiceTier(
      String path, KeyHeader header, AnswerFormat api, String end) throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    RecordingListener listener = new RecordingListener();
    Map<String, Object> extra =
        Map.of("previous_response_id", "resp_1", "service_tier", "flex", "store", true);
    remember(new OpenAiClient(settings(server, path, header, api)))
        .start(PROMPT.withParameters(PROMPT.parameters().withExtraBody(extra)), listener);
    listener.awaitEnd();

    StubServer.Request request = server.requests().get(0);
    assertThat(request.path()).isEqualTo(path + "/" + end);
    JsonNode body = JSON.readTree(request.body());
    assertThat(body.path("previous_response_id").asText()).isEqualTo("resp_1");
    assertThat(body.path("service_tier").asText()).isEqualTo("flex");
    assertThat(body.path("store").asBoolean()).isTrue();
  }

  @Test
  void sendsImagesFilesAndAddressesInTheWordsOfResponses() throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    Part image = new Part.File(Attachment.of("x.gif", "GIF8".getBytes(UTF_8)), "", "high", "");
    Part link = new Part.Link(URI.create("https://example.org/a.png"), "", "");
    Part file = new Part.File(Attachment.of("x.pdf", "%PDF".getBytes(UTF_8)));
    Message asked =
        new Message(
            Message.Role.USER,
            List.of(image, new Part.Text("Compare"), link, file),
            CachePoint.NONE);
    RecordingListener listener = new RecordingListener();
    remember(new OpenAiClient(settings(server, "/v1", KeyHeader.BEARER, AnswerFormat.RESPONSES)))
        .start(LlmRequest.ofMessages(List.of(asked)), listener);
    listener.awaitEnd();

    assertThat(JSON.readTree(server.requests().get(0).body()).at("/input/0/content"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"type":"input_image","image_url":"data:image/gif;base64,R0lGOA==","detail":"high"},
                 {"type":"input_text","text":"Compare"},
                 {"type":"input_image","image_url":"https://example.org/a.png"},
                 {"type":"input_file","filename":"x.pdf",
                  "file_data":"data:application/pdf;base64,JVBERg=="}]
                """));
  }

  @Test
  void readsAResponseInOnePiece() throws Exception {
    StubServer server =
        server(
            exchange ->
                exchange
                    .head(200, "content-type: application/json")
                    .chunk(
                        "{\"object\":\"response\",\"status\":\"completed\",\"output\":["
                            + "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\","
                            + "\"text\":\"Hello\"}]}],\"usage\":{\"input_tokens\":12,"
                            + "\"output_tokens\":5}}")
                    .end());
    RecordingListener listener = new RecordingListener();
    remember(new OpenAiClient(settings(server, "/v1", KeyHeader.BEARER, AnswerFormat.RESPONSES)))
        .start(PROMPT.withStreaming(false), listener);

    assertThat(listener.awaitEnd().events())
        .containsExactly("head 200", "CONTENT Hello", "usage", "finish completed", "completed");
    assertThat(JSON.readTree(server.requests().get(0).body()).has("stream")).isFalse();
  }

  @Test
  void asksTheServerWhichModelsItHas() throws Exception {
    StubServer server =
        server(
            exchange ->
                exchange
                    .head(200, "content-type: application/json")
                    .chunk(
                        "{\"object\":\"list\",\"data\":[{\"id\":\"b\",\"object\":\"model\"},"
                            + "{\"id\":\"a\",\"object\":\"model\"}]}")
                    .end());

    List<String> models =
        remember(new OpenAiClient(settings(server, "/v1", KeyHeader.BEARER, AnswerFormat.CHAT)))
            .models()
            .get(30, TimeUnit.SECONDS);

    assertThat(models).containsExactly("a", "b");
    assertThat(server.requests().get(0).path()).isEqualTo("/v1/models");
    assertThat(server.requests().get(0).header("authorization")).isEqualTo("Bearer " + KEY);
  }

  @Test
  void isNotCompleteBeforeEveryAnswerIs() throws Exception {
    StubServer server =
        server(
            exchange ->
                exchange
                    .head(200, "content-type: text/event-stream")
                    .event(content("one"))
                    .event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}")
                    .end());
    RecordingListener listener = new RecordingListener();
    client(server).start(PROMPT.with(Parameter.CHOICES, 2), listener);

    assertThat(listener.awaitEnd().failure().message())
        .isEqualTo("stream ended before finish_reason, after 2 events");
  }
}
