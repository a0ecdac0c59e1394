package dev.gatlingllm.target;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.bedrock.BedrockOptions;
import dev.gatlingllm.provider.bedrock.body.AnswerReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'delta':{'content':'Hi'}}|CONTENT:Hi",
        "{'delta':{'content':[{'type':'thinking','thinking':[{'type':'text','text':'Hm'}]}]}}"
            + "|REASONING:Hm",
        "{'delta':{'content':[{'type':'text','text':'Hi'}]}}|CONTENT:Hi",
        "{'delta':{'content':null,'reasoning':'Hm'}}|REASONING:Hm",
        "{'delta':{'content':'','tool_calls':[{'function':{'name':'now','arguments':''}}]}}"
            + "|TOOL_CALL",
        "{'message':{'content':null,'tool_calls':[{'function':{'name':'now'}}]}}|TOOL_CALL",
        "{'delta':{'reasoning_details':[{'type':'reasoning.encrypted','data':'x'}]}}|REASONING",
        "{'delta':{'reasoning_details':[{'type':'reasoning.encrypted','data':''}]}}|",
        "{'delta':{'audio':{'data':'AA=='}}}|MEDIA",
        "{'delta':{'role':'assistant','content':''}}|",
        "{'text':'Hi','stop_reason':null}|CONTENT:Hi",
        "{'error':{'code':502,'message':'gone'},'delta':{}}|failed:502:gone"
      })
  void theUsualCustomAnswerIsOfChatCompletionsInEveryPublishedShape(String choice, String heard)
      throws IOException {
    BedrockOptions usual = BedrockBodies.read(invoking("llm.bedrock.bodyFormat=custom"));
    HeardParts parts = new HeardParts();
    new AnswerReader(usual.body().orElseThrow().paths(), parts)
        .read(("{\"choices\":[" + choice.replace('\'', '"') + "]}").getBytes(UTF_8));

    assertThat(parts.heard).isEqualTo(heard == null ? List.of() : List.of(heard));
  }

  private static final class HeardParts implements AnswerReader.Sink {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void output(OutputKind kind, String text) {
      heard.add(kind + ":" + text);
    }

    @Override
    public void outputWithoutText(OutputKind kind) {
      heard.add(kind.name());
    }

    @Override
    public void served(Served more) {}

    @Override
    public void finish(String reason) {}

    @Override
    public void usage(TokenUsage usage) {}

    @Override
    public void failed(String code, String message) {
      heard.add("failed:" + code + ":" + message);
    }
  }
}
