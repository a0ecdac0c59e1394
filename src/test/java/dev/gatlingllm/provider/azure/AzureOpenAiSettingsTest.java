package dev.gatlingllm.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AzureOpenAiSettingsTest {

  private static AzureOpenAiSettings settings(
      String endpoint,
      String deployment,
      String apiVersion,
      Duration connectTimeout,
      int maxConnections) {
    return new AzureOpenAiSettings(
        URI.create(endpoint),
        deployment,
        apiVersion,
        Optional.of(Secret.of("the-key")),
        "max_tokens",
        ClientSettings.of(connectTimeout, maxConnections, NanoClock.SYSTEM));
  }

  @Test
  void hideTheKey() {
    assertThat(settings("https://r.example/", "d", "v", Duration.ofSeconds(5), 10).toString())
        .contains("https://r.example,", "***")
        .doesNotContain("the-key");
  }

  @Test
  void refuseAnAddressThatWouldSendTheKeyInPlainText() {
    assertThatThrownBy(() -> settings("http://r.example", "d", "v", Duration.ofSeconds(5), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "llm.azure.endpoint must be an https address, or http on a loopback host, while a key"
                + " goes with the calls, was http://r.example; to send the key in plain text, set"
                + " llm.azure.plainHttp = allow");
  }

  @Test
  void nameTheSettingThatIsWrong() {
    String endpoint = "https://r.example";
    Duration timeout = Duration.ofSeconds(5);
    assertThatThrownBy(() -> settings(endpoint, " ", "v", timeout, 10))
        .hasMessage("llm.azure.deployment must not be blank");
    assertThatThrownBy(() -> settings(endpoint, "d", "", timeout, 10))
        .hasMessage("llm.azure.apiVersion must not be blank");
  }
}
