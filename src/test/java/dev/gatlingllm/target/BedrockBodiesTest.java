package dev.gatlingllm.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.bedrock.BedrockOptions;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BedrockBodiesTest {

  private static ConfigReader invoking(String... settings) {
    return Given.settings(
            Stream.concat(Stream.of("llm.bedrock.api=invoke"), Stream.of(settings))
                .toArray(String[]::new))
        .section(reader -> reader);
  }

  private static Map<String, Object> body(BedrockOptions options) {
    return options.body().orElseThrow().writer().body(LlmRequest.ofPrompt("Hi"));
  }

  private static String format(BedrockOptions options) {
    return options.body().orElseThrow().name();
  }

  @Test
  void withoutSettingsConverseIsCalled() {
    ConfigReader defaults = Given.settings().section(reader -> reader);
    assertThat(BedrockBodies.read(defaults)).isEqualTo(BedrockOptions.CONVERSE);
    assertThat(format(BedrockBodies.read(invoking()))).isEqualTo("anthropic");
  }

  @Test
  void theUsualCustomRequestIsOfChatCompletionsAndKnownToTheSimulatedEndpoint() {
    ConfigReader usual = invoking("llm.bedrock.bodyFormat=custom");
    assertThat(body(BedrockBodies.read(usual))).containsKey("messages");
    assertThat(format(BedrockBodies.simulated(usual))).isEqualTo("custom");
  }

  @Test
  void aRequestOfOnesOwnIsTakenWholeAndNotSpokenToTheSimulatedEndpoint() {
    ConfigReader own =
        invoking(
            "llm.bedrock.bodyFormat=custom",
            "llm.bedrock.custom.request.inputs=#{prompt}",
            "llm.bedrock.custom.request.parameters.n=1",
            "llm.bedrock.custom.cachedInputTokens=");
    assertThat(body(BedrockBodies.read(own)))
        .isEqualTo(Map.of("inputs", "Hi", "parameters", Map.of("n", BigDecimal.ONE)));
    assertThat(format(BedrockBodies.simulated(own))).isEqualTo("nova");
  }

  @Test
  void aPathThatIsNoneIsRefusedByItsKey() {
    ConfigReader broken = invoking("llm.bedrock.bodyFormat=custom", "llm.bedrock.custom.text=[[");
    assertThatThrownBy(() -> BedrockBodies.read(broken))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.bedrock.custom.text");
    assertThatThrownBy(() -> BedrockBodies.read(invoking("llm.bedrock.bodyFormat=mistral")))
        .hasMessage(
            "llm.bedrock.bodyFormat must be one of anthropic, llama, nova, titan, custom, was"
                + " \"mistral\"");
  }
}
