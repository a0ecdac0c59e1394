package dev.gatlingllm.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.ConnectsAhead;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.chat.ChatClientContract;
import dev.gatlingllm.provider.chat.RecordingListener;
import dev.gatlingllm.provider.chat.StubServer;
import dev.gatlingllm.provider.transport.SdkRelay;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AnthropicClientTest extends ChatClientContract {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  protected LlmClient client(
      URI address, Optional<Secret> key, Duration connectTimeout, NanoClock clock) {
    return new WithUpperBound(
        new AnthropicClient(
            new AnthropicSettings(
                address,
                "test-model",
                "2023-06-01",
                key,
                Optional.empty(),
                ClientSettings.of(connectTimeout, 100, clock))));
  }

  /** Sets what this API insists on, and sends a seed, which it does not have, as another field. */
  private record WithUpperBound(AnthropicClient client) implements LlmClient, ConnectsAhead {

    @Override
    public CallHandle start(LlmRequest request, CallListener listener) {
      Parameters asked = request.parameters();
      Map<Parameter, Number> numbers = new EnumMap<>(Parameter.class);
      numbers.putAll(asked.numbers());
      numbers.putIfAbsent(Parameter.MAX_TOKENS, 50);
      Map<String, Object> extra = new HashMap<>(asked.extraBody());
      Optional.ofNullable(numbers.remove(Parameter.SEED))
          .ifPresent(seed -> extra.put("seed", seed));
      return client.start(
          request.withParameters(
              new Parameters(numbers, asked.reasoningEffort(), asked.stop(), extra)),
          listener);
    }

    @Override
    public CompletableFuture<Integer> connect(int wanted) {
      return client.connect(wanted);
    }

    @Override
    public String provider() {
      return client.provider();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  @Override
  protected String keyHeader() {
    return "x-api-key";
  }

  @Override
  protected String keyHeaderValue() {
    return KEY;
  }

  @Override
  protected String prompt(StubServer.Request request) throws IOException {
    return JSON.readTree(request.body()).at("/messages/0/content/0/text").asText();
  }

  @Override
  protected String lastWord() {
    return "message_stop";
  }

  @Override
  protected String inWordsOfTheApi(String chunk) {
    if (!chunk.startsWith("data: ")) {
      return chunk.startsWith("{\"choices\"") ? whole(chunk) : chunk;
    }
    StringBuilder events = new StringBuilder();
    for (String event : chunk.substring("data: ".length()).strip().split("\n\ndata: ", -1)) {
      events.append("data: ").append(event(event)).append("\n\n");
    }
    return events.toString();
  }

  private static String event(String chat) {
    if (chat.equals("[DONE]")) {
      return "{\"type\":\"message_stop\"}";
    }
    ObjectNode event = JSON.createObjectNode();
    JsonNode json;
    try {
      json = JSON.readTree(chat);
    } catch (IOException notJson) {
      return chat;
    }
    JsonNode choice = json.at("/choices/0");
    if (json.has("error") || json.has("detail")) {
      event.put("type", "error").setAll((ObjectNode) json);
      if (json.path("error").has("code")) {
        ((ObjectNode) event.path("error")).set("type", json.at("/error/code"));
      }
    } else if (choice.path("finish_reason").isTextual()) {
      event
          .put("type", "message_delta")
          .putObject("delta")
          .set("stop_reason", choice.path("finish_reason"));
    } else if (json.path("usage").isObject()) {
      event.put("type", "message_delta").set("usage", usage(json.path("usage")));
    } else if (!choice.at("/delta/content").asText("").isEmpty()) {
      event
          .put("type", "content_block_delta")
          .putObject("delta")
          .put("type", "text_delta")
          .set("text", choice.at("/delta/content"));
    } else {
      event.put("type", "ping");
    }
    return event.toString();
  }

  private static JsonNode usage(JsonNode chat) {
    long cached = chat.at("/prompt_tokens_details/cached_tokens").asLong();
    ObjectNode usage =
        JSON.createObjectNode()
            .put("input_tokens", chat.path("prompt_tokens").asLong() - cached)
            .put("cache_read_input_tokens", cached)
            .put("output_tokens", chat.path("completion_tokens").asLong());
    usage
        .putObject("output_tokens_details")
        .set("thinking_tokens", chat.at("/completion_tokens_details/reasoning_tokens"));
    return usage;
  }

  private static String whole(String chat) {
    try {
      JsonNode json = JSON.readTree(chat);
      ObjectNode message = JSON.createObjectNode().put("type", "message");
      message
          .putArray("content")
          .addObject()
          .put("type", "text")
          .set("text", json.at("/choices/0/message/content"));
      message.set("stop_reason", json.at("/choices/0/finish_reason"));
      message.set("usage", usage(json.path("usage")));
      return message.toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void sendsTheBodyTheVersionAndNothingThatWasNotAskedFor() throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    RecordingListener listener = new RecordingListener();
    client(server).start(PROMPT, listener);
    listener.awaitEnd();

    StubServer.Request request = server.requests().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/v1/messages");
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(request.header("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(request.headers()).doesNotContainKey(SdkRelay.CALL_HEADER);
    assertThat(JSON.readTree(request.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"messages":[{"role":"user","content":[{"type":"text","text":"Say hello"}]}],
                 "model":"test-model","max_tokens":50,"stream":true}
                """));
  }

  @Test
  void anUpperBoundOfTheExtraBodyMustBeANumber() {
    AnthropicClient client =
        remember(
            new AnthropicClient(
                new AnthropicSettings(
                    URI.create("http://127.0.0.1:1"),
                    "m",
                    "2023-06-01",
                    Optional.empty(),
                    Optional.empty(),
                    ClientSettings.of(Duration.ofSeconds(1), 1, NanoClock.SYSTEM))));
    LlmRequest request = PROMPT.withMaxTokens(50);

    assertThatThrownBy(
            () ->
                client.check(
                    request.withParameters(
                        request.parameters().withExtraBody(Map.of("max_tokens", "many")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("extraBody.max_tokens must be a number, was many");
  }

  @Test
  void readsTheQuotasAndTheRequestIdOfAnthropic() throws Exception {
    StubServer server =
        server(
            exchange ->
                exchange
                    .head(
                        529,
                        "request-id: req_1",
                        "anthropic-ratelimit-requests-remaining: 49",
                        "anthropic-ratelimit-tokens-remaining: 39000")
                    .chunk(
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                            + "\"message\":\"Overloaded\"},\"request_id\":\"req_1\"}")
                    .end());
    RecordingListener listener = new RecordingListener();
    client(server).start(PROMPT, listener);
    listener.awaitEnd();

    assertThat(listener.head().requestId()).isEqualTo("req_1");
    assertThat(listener.head().remainingRequests()).hasValue(49);
    assertThat(listener.head().remainingTokens()).hasValue(39_000);
    assertThat(listener.failure().code()).isEqualTo("overloaded_error");
    assertThat(listener.failure().message()).isEqualTo("Overloaded");
  }
}
