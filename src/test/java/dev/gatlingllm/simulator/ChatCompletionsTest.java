package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.timing.NanoClock;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatCompletionsTest {

  @Test
  void azureSendsFilterRoleContentFinishUsageAndDoneInThisOrder() {
    List<String> events = stream(Settings.quick(), TestClient.AZURE, TestClient.streamedChat(3));

    assertThat(events).hasSize(8);
    JsonNode filter = TestClient.json(events.get(0));
    assertThat(filter.path("choices").isArray()).isTrue();
    assertThat(filter.path("choices")).isEmpty();
    assertThat(filter.at("/prompt_filter_results/0/content_filter_results/hate/severity").asText())
        .isEqualTo("safe");
    JsonNode role = TestClient.json(events.get(1));
    assertThat(role.at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    assertThat(role.at("/choices/0/delta/content").asText("absent")).isEmpty();
    for (String event : events.subList(2, 5)) {
      JsonNode content = TestClient.json(event);
      assertThat(content.at("/choices/0/delta/content").asText()).matches(" \\p{L}+");
      assertThat(content.at("/choices/0/content_filter_results/violence/filtered").isBoolean())
          .isTrue();
      assertThat(content.at("/choices/0/finish_reason").isNull()).isTrue();
      assertThat(content.path("model").asText()).isEqualTo("gpt-4o");
      assertThat(content.path("object").asText()).isEqualTo("chat.completion.chunk");
    }
    JsonNode finish = TestClient.json(events.get(5));
    assertThat(finish.at("/choices/0/delta")).isEmpty();
    assertThat(finish.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    JsonNode usage = TestClient.json(events.get(6));
    assertThat(usage.path("choices")).isEmpty();
    assertThat(usage.at("/usage/prompt_tokens").asInt()).isEqualTo(11);
    assertThat(usage.at("/usage/completion_tokens").asInt()).isEqualTo(3);
    assertThat(usage.at("/usage/total_tokens").asInt()).isEqualTo(14);
    assertThat(events.get(7)).isEqualTo("[DONE]");
  }

  @Test
  void openAiSendsTheSameWithoutFilters() {
    List<String> events = stream(Settings.quick(), TestClient.OPENAI, TestClient.streamedChat(3));

    assertThat(events).hasSize(7).noneMatch(event -> event.contains("filter"));
    assertThat(TestClient.json(events.get(0)).at("/choices/0/delta/role").asText())
        .isEqualTo("assistant");
    assertThat(events.get(6)).isEqualTo("[DONE]");
  }

  @Test
  void usageIsSentOnlyOnRequest() {
    List<String> events =
        stream(Settings.quick(), TestClient.OPENAI, TestClient.chat(2, ",\"stream\":true"));

    assertThat(events).hasSize(5).noneMatch(event -> event.contains("usage"));
  }

  @Test
  void usageTellsCachedAndReasoningTokens() {
    SimulatorSettings settings = Settings.quick("cachedFraction = 0.5, reasoningTokens = 2");

    List<String> events = stream(settings, TestClient.AZURE, TestClient.streamedChat(6));

    JsonNode usage = TestClient.json(events.get(events.size() - 2)).path("usage");
    assertThat(usage.at("/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(5);
    assertThat(usage.at("/completion_tokens_details/reasoning_tokens").asInt()).isEqualTo(2);
    assertThat(usage.at("/completion_tokens").asInt()).isEqualTo(6);
  }

  @Test
  void reasoningComesFirstInADeltaOfItsOwn() {
    List<String> events =
        stream(
            Settings.quick("reasoningTokens = 2"), TestClient.OPENAI, TestClient.streamedChat(3));

    assertThat(delta(events, 1).path("reasoning_content").asText()).startsWith(" ");
    assertThat(delta(events, 2).path("reasoning_content").asText()).startsWith(" ");
    assertThat(delta(events, 3).has("reasoning_content")).isFalse();
    assertThat(delta(events, 3).path("content").asText()).startsWith(" ");
  }

  @Test
  void hiddenReasoningIsOnlyInTheUsage() {
    SimulatorSettings settings = Settings.quick("reasoningTokens = 4, reasoningStreamed = false");

    List<String> events = stream(settings, TestClient.OPENAI, TestClient.streamedChat(6));

    assertThat(events).hasSize(6).noneMatch(event -> event.contains("reasoning_content"));
    JsonNode usage = TestClient.json(events.get(4)).path("usage");
    assertThat(usage.path("completion_tokens").asInt()).isEqualTo(6);
    assertThat(usage.at("/completion_tokens_details/reasoning_tokens").asInt()).isEqualTo(4);
  }

  @Test
  void aChunkOfSeveralTokensCarriesAsManyWords() {
    List<String> events =
        stream(Settings.quick("tokensPerChunk = 3"), TestClient.OPENAI, TestClient.streamedChat(7));

    assertThat(events).hasSize(7);
    assertThat(words(events, 1)).isEqualTo(3);
    assertThat(words(events, 2)).isEqualTo(3);
    assertThat(words(events, 3)).isEqualTo(1);
  }

  @Test
  void textIsUtf8() {
    List<String> events =
        stream(
            Settings.quick("tokensPerChunk = 1000"),
            TestClient.OPENAI,
            TestClient.streamedChat(3_000));

    assertThat(events).anyMatch(event -> event.contains(" café"));
  }

  @Test
  void theSameSeedGivesTheSameWords() {
    SimulatorSettings settings = Settings.quick("seed = 5");

    assertThat(stream(settings, TestClient.OPENAI, TestClient.streamedChat(9)))
        .isEqualTo(stream(settings, TestClient.OPENAI, TestClient.streamedChat(9)));
  }

  @Test
  void withoutStreamTheAnswerIsOneBody() {
    HttpResponse<String> response =
        answer(Settings.quick("reasoningTokens = 2"), TestClient.AZURE, TestClient.chat(5, ""));

    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    JsonNode body = TestClient.json(response.body());
    assertThat(body.path("object").asText()).isEqualTo("chat.completion");
    assertThat(body.at("/choices/0/message/role").asText()).isEqualTo("assistant");
    assertThat(body.at("/choices/0/message/content").asText().trim().split(" ")).hasSize(3);
    assertThat(body.at("/choices/0/message/reasoning_content").asText().trim().split(" "))
        .hasSize(2);
    assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(5);
    assertThat(body.at("/prompt_filter_results/0/prompt_index").asInt()).isZero();
  }

  @Test
  void headersNameTheRequestTheRegionAndTheUtilization() {
    SimulatorSettings settings =
        Settings.quick("region = swedencentral, utilizationPercent = 41.7");

    HttpResponse<String> response = answer(settings, TestClient.AZURE, TestClient.streamedChat(1));

    assertThat(response.headers().firstValue("apim-request-id"))
        .isEqualTo(response.headers().firstValue("x-request-id"))
        .isPresent();
    assertThat(response.headers().firstValue("x-ms-region")).hasValue("swedencentral");
    assertThat(response.headers().firstValue("azure-openai-deployment-utilization"))
        .hasValue("41.7%");
    assertThat(response.headers().firstValue("content-type"))
        .hasValue("text/event-stream; charset=utf-8");
    assertThat(response.headers().firstValue("x-ratelimit-remaining-requests")).isEmpty();
  }

  @Test
  void maxCompletionTokensAndContentArraysAreUnderstood() {
    String body =
        """
        {"model":"o1","max_completion_tokens":2,"messages":[{"role":"user","content":\
        [{"type":"text","text":"Hello, world!"},{"type":"image_url","image_url":{}}]}]}\
        """;

    JsonNode answer = TestClient.json(answer(Settings.quick(), TestClient.OPENAI, body).body());

    assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(11 + 765);
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(2);
    assertThat(answer.path("model").asText()).isEqualTo("o1");
  }

  private static JsonNode delta(List<String> events, int index) {
    return TestClient.json(events.get(index)).at("/choices/0/delta");
  }

  private static int words(List<String> events, int index) {
    return delta(events, index).path("content").asText().trim().split(" ").length;
  }

  private static List<String> stream(SimulatorSettings settings, String path, String body) {
    return TestClient.events(answer(settings, path, body).body());
  }

  private static HttpResponse<String> answer(SimulatorSettings settings, String path, String body) {
    try (Simulator simulator = Simulator.start(settings, NanoClock.SYSTEM)) {
      return new TestClient(simulator.uri()).post(path, body);
    }
  }
}
