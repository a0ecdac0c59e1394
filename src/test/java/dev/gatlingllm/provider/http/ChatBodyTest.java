package dev.gatlingllm.provider.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.LlmRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatBodyTest {

  private static LlmRequest withExtra(Map<String, Object> extra) {
    LlmRequest prompt = LlmRequest.ofPrompt("My secret prompt");
    return new LlmRequest(
        "",
        "",
        "",
        prompt.messages(),
        OptionalInt.empty(),
        OptionalDouble.of(1),
        OptionalDouble.empty(),
        List.of(),
        OptionalLong.empty(),
        extra,
        false);
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
}
