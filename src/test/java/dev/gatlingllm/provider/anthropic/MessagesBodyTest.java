package dev.gatlingllm.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesBodyTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "2023-06-01";
  private static final LlmRequest PROMPT = LlmRequest.ofPrompt("Say hello").withMaxTokens(50);

  private static JsonNode body(LlmRequest request) throws IOException {
    return JSON.readTree(JSON.writeValueAsBytes(MessagesBody.DIRECT.fields(request, VERSION)));
  }

  @Test
  void aPromptIsAMessageOfTheUser() throws IOException {
    assertThat(body(PROMPT))
        .isEqualTo(
            JSON.readTree(
                """
                {"max_tokens":50,
                 "messages":[{"role":"user","content":[{"type":"text","text":"Say hello"}]}]}
                """));
  }

  @Test
  void systemPromptsAreAFieldOfTheirOwn() throws IOException {
    LlmRequest request =
        PROMPT.withMessages(
            List.of(Message.system("Be brief."), Message.system("Be kind."), Message.user("Hi")));

    assertThat(body(request).path("system").asText()).isEqualTo("Be brief.\n\nBe kind.");
    assertThat(body(request).path("messages")).hasSize(1);
  }

  @Test
  void aCachePointOfASystemPromptIsSent() throws IOException {
    LlmRequest request =
        PROMPT.withMessages(
            List.of(Message.system("Long.").with(CachePoint.ONE_HOUR), Message.user("Hi")));

    assertThat(body(request).path("system"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"type":"text","text":"Long.","cache_control":{"type":"ephemeral","ttl":"1h"}}]
                """));
  }

  @Test
  void parametersHaveTheNamesOfTheApi() throws IOException {
    Parameters parameters =
        Parameters.NONE
            .with(Parameter.MAX_TOKENS, 4000)
            .with(Parameter.THINKING_BUDGET, 2000)
            .with(Parameter.TEMPERATURE, 1)
            .withStop(List.of("END"))
            .withReasoningEffort("low")
            .withExtraBody(Map.of("service_tier", "auto"));

    JsonNode body = body(PROMPT.withParameters(parameters));

    assertThat(body.path("thinking"))
        .isEqualTo(JSON.readTree("{\"type\":\"enabled\",\"budget_tokens\":2000}"));
    assertThat(body.path("stop_sequences")).isEqualTo(JSON.readTree("[\"END\"]"));
    assertThat(body.path("output_config")).isEqualTo(JSON.readTree("{\"effort\":\"low\"}"));
    assertThat(body.path("service_tier").asText()).isEqualTo("auto");
  }

  @Test
  void aRequestWithoutAnUpperBoundIsRefused() {
    assertThatThrownBy(() -> MessagesBody.DIRECT.fields(LlmRequest.ofPrompt("Hi"), VERSION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxTokens must be set: Anthropic's Messages ask for it");
  }

  @Test
  void aParameterThatTheApiDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> MessagesBody.DIRECT.fields(PROMPT.with(Parameter.SEED, 1), VERSION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seed cannot be sent");
  }

  @Test
  void aVersionWithoutSamplingParametersIsSentNone() {
    for (Parameter parameter : List.of(Parameter.TEMPERATURE, Parameter.TOP_P)) {
      assertThatThrownBy(() -> MessagesBody.DIRECT.fields(PROMPT.with(parameter, 1), "2026-10-21"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              parameter.key()
                  + " cannot be sent: there is none in Anthropic's Messages of version 2026-10-21");
    }
  }

  @Test
  void theExtraBodyCannotHoldWhatTheRequestSays() {
    LlmRequest request =
        PROMPT.withParameters(PROMPT.parameters().withExtraBody(Map.of("messages", List.of())));

    assertThatThrownBy(() -> MessagesBody.DIRECT.fields(request, VERSION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("extraBody must not hold messages, which the request itself says");
  }
}
