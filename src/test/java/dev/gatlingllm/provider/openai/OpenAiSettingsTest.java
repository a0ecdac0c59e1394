package dev.gatlingllm.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.NetworkSettings;
import dev.gatlingllm.provider.Proxies;
import dev.gatlingllm.provider.RequestHeaders;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenAiSettingsTest {

  private static OpenAiSettings settings(String baseUrl, String model, String maxTokensField) {
    return new OpenAiSettings(
        URI.create(baseUrl),
        model,
        Optional.of(Secret.of("the-key")),
        KeyHeader.BEARER,
        AnswerFormat.CHAT,
        maxTokensField,
        ClientSettings.of(Duration.ofSeconds(5), 10, NanoClock.SYSTEM));
  }

  @Test
  void hideTheKey() {
    assertThat(settings("https://api.example/v1/", "m", "max_tokens").toString())
        .contains("https://api.example/v1,", "***")
        .doesNotContain("the-key");
  }

  @Test
  void refuseAnAddressThatWouldSendTheKeyInPlainText() {
    assertThatThrownBy(() -> settings("http://10.1.2.3:8000/v1", "m", "max_tokens"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "llm.openai.baseUrl must be an https address, or http on a loopback host, while a key"
                + " goes with the calls, was http://10.1.2.3; to send the key in plain text, set"
                + " llm.openai.plainHttp = allow");
  }

  private static OpenAiSettings plain(Optional<Secret> key, NetworkSettings network) {
    return new OpenAiSettings(
        URI.create("http://vllm:8000/v1"),
        "m",
        key,
        KeyHeader.BEARER,
        AnswerFormat.CHAT,
        "max_tokens",
        ClientSettings.of(Duration.ofSeconds(5), 10, NanoClock.SYSTEM).with(network));
  }

  @Test
  void takeHttpToAnotherMachineWhereNoKeyGoesOrTheUserAllowsIt() {
    Optional<Secret> key = Optional.of(Secret.of("sk-of-a-test"));
    NetworkSettings network = NetworkSettings.DEFAULT;
    assertThat(plain(Optional.empty(), network).baseUrl()).hasHost("vllm");
    assertThat(plain(key, network.withPlainHttp(true)).baseUrl()).hasHost("vllm");
  }

  @Test
  void takeASecretHeaderForAKey() {
    NetworkSettings network =
        new NetworkSettings(
            NetworkSettings.DEFAULT_IDLE,
            new RequestHeaders(Map.of("X-Api-Key", "secret-of-a-test")),
            Proxies.NONE,
            false);
    assertThatThrownBy(() -> plain(Optional.empty(), network))
        .hasMessageContaining("llm.openai.plainHttp");
  }

  @Test
  void nameTheSettingThatIsWrong() {
    assertThatThrownBy(() -> settings("https://api.example/v1", "m", "tokens"))
        .hasMessage(
            "llm.openai.maxTokensField must be max_tokens or max_completion_tokens, was tokens");
  }

  @Test
  void knowTheHeaderThatAzureWants() {
    assertThat(KeyHeader.of(URI.create("https://r.openai.azure.com/openai/v1")))
        .isEqualTo(KeyHeader.API_KEY);
    assertThat(KeyHeader.of(URI.create("https://R.Services.AI.azure.com/openai/v1")))
        .isEqualTo(KeyHeader.API_KEY);
    assertThat(KeyHeader.of(URI.create("https://api.example/v1"))).isEqualTo(KeyHeader.BEARER);
  }

  @Test
  void letATokenOfAzureGoToAzuresHostsOnly() {
    assertThat(KeyHeader.isAzure(URI.create("https://R.openai.azure.com/openai/v1"))).isTrue();
    assertThat(KeyHeader.isAzure(URI.create("https://openai.azure.com.example/v1"))).isFalse();
    assertThat(KeyHeader.isAzure(URI.create("https://api.example/openai.azure.com"))).isFalse();
  }
}
