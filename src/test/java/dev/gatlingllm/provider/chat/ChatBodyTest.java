package dev.gatlingllm.provider.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatBodyTest {

  private static LlmRequest withExtra(Map<String, Object> extra) {
    return LlmRequest.ofPrompt("My secret prompt")
        .withStreaming(false)
        .withParameters(Parameters.NONE.withExtraBody(extra))
        .with(Parameter.TEMPERATURE, 1);
  }

  private static JsonNode tree(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void writesAQuestionThatIsNotStreamed() {
    LlmRequest request = LlmRequest.ofPrompt("Hé \"there\"").withStreaming(false).withMaxTokens(5);

    assertThat(new String(ChatBody.json(request, "max_completion_tokens"), UTF_8))
        .isEqualTo(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"Hé \\\"there\\\"\"}],"
                + "\"max_completion_tokens\":5}");
  }

  @Test
  void aCachePointIsAnthropicsCacheControl() {
    Message cached = Message.user("Long.").with(CachePoint.FIVE_MINUTES);
    LlmRequest request = LlmRequest.ofMessages(List.of(cached)).withStreaming(false);

    assertThat(tree(new String(ChatBody.json(request, "max_tokens"), UTF_8)))
        .isEqualTo(
            tree(
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                    + "\"text\":\"Long.\",\"cache_control\":{\"type\":\"ephemeral\","
                    + "\"ttl\":\"5m\"}}]}]}"));
  }

  @Test
  void writesEveryParameterUnderItsName() {
    LlmRequest request =
        LlmRequest.ofPrompt("Hi")
            .withMaxTokens(9)
            .with(Parameter.TEMPERATURE, 0.5)
            .with(Parameter.TOP_P, 1)
            .with(Parameter.PRESENCE_PENALTY, -2)
            .with(Parameter.FREQUENCY_PENALTY, 2)
            .with(Parameter.CHOICES, 3)
            .with(Parameter.SEED, 7)
            .withStreaming(false);

    Parameters more = request.parameters().withReasoningEffort("low").withStop(List.of("END"));
    assertThat(new String(ChatBody.json(request.withParameters(more), "max_tokens"), UTF_8))
        .endsWith(
            "\"max_tokens\":9,\"temperature\":0.5,\"top_p\":1.0,\"presence_penalty\":-2.0,"
                + "\"frequency_penalty\":2.0,\"n\":3,\"seed\":7,\"reasoning_effort\":\"low\","
                + "\"stop\":[\"END\"]}");
  }

  @Test
  void refusesAParameterThatChatCompletionsDoNotHave() {
    LlmRequest request = LlmRequest.ofPrompt("Hi").with(Parameter.THINKING_BUDGET, 1024);

    assertThatThrownBy(() -> ChatBody.json(request, "max_tokens"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("thinkingBudget cannot be sent: there is none in chat completions");
  }

  @Test
  void letsAnExtraFieldTakeThePlaceOfAnother() {
    assertThat(ChatBody.options(withExtra(Map.of("temperature", 0.1)), "max_tokens"))
        .isEqualTo(Map.of("temperature", 0.1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages", "model", "stream"})
  void refusesAnExtraFieldThatTheRequestItselfSays(String name) {
    assertThatThrownBy(() -> ChatBody.options(withExtra(Map.of(name, "x")), "max_tokens"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("extraBody must not hold " + name + ", which the request itself says");
  }

  @Test
  void refusesAnExtraValueThatIsNotJsonWithoutQuotingThePrompt() {
    assertThatThrownBy(() -> ChatBody.json(withExtra(Map.of("x", new Object())), "max_tokens"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("extraBody must hold JSON-like values")
        .hasNoCause();
  }

  @Test
  void refusesAnUnknownFieldForTheMaximum() {
    assertThatThrownBy(() -> ChatBody.checkMaxTokensField("llm.azure.maxTokensField", "max"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "llm.azure.maxTokensField must be max_tokens or max_completion_tokens, was max");
  }

  @Test
  void writesWhatGoesWithAMessageAsParts() {
    Attachment image = Attachment.of("x.gif", "GIF8".getBytes(UTF_8));
    Attachment file = Attachment.of("x.pdf", "%PDF".getBytes(UTF_8));
    LlmRequest request =
        LlmRequest.ofMessages(Message.attach(List.of(Message.user("Look")), List.of(image, file)));

    assertThat(ChatBody.messages(request))
        .isEqualTo(
            List.of(
                Map.of(
                    "role",
                    "user",
                    "content",
                    List.of(
                        Map.of("type", "text", "text", "Look"),
                        Map.of(
                            "type",
                            "image_url",
                            "image_url",
                            Map.of("url", "data:image/gif;base64,R0lGOA==")),
                        Map.of(
                            "type",
                            "file",
                            "file",
                            Map.of(
                                "filename",
                                "x.pdf",
                                "file_data",
                                "data:application/pdf;base64,JVBERg=="))))));
    assertThat(ResponsesBody.fields(request).get("input"))
        .isEqualTo(
            List.of(
                Map.of(
                    "role",
                    "user",
                    "content",
                    List.of(
                        Map.of("type", "input_text", "text", "Look"),
                        Map.of(
                            "type", "input_image", "image_url", "data:image/gif;base64,R0lGOA=="),
                        Map.of(
                            "type",
                            "input_file",
                            "filename",
                            "x.pdf",
                            "file_data",
                            "data:application/pdf;base64,JVBERg==")))));
  }
}
