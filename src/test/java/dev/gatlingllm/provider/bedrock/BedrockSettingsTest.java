package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.bedrock.BedrockSettings.Protocol;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://bedrock-runtime.us-east-1.amazonaws.com",
        "https://127.0.0.1:8443",
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://127.8.9.10",
        "http://[::1]:8080",
        "HTTP://LOCALHOST"
      })
  void acceptsTlsAnywhereAndPlainTextToThisMachine(String endpoint) {
    assertThat(at(endpoint).endpoint()).contains(URI.create(endpoint));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://bedrock.example.com",
        "http://127.0.0.1.example.com",
        "http://10.0.0.1",
        "http://localhost.example.com",
        "ftp://localhost",
        "localhost:8080",
        "https:///path",
        "https://user:secret@localhost"
      })
  void refusesAnyOtherEndpoint(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(endpoint))
        .withMessageStartingWith("llm.bedrock.endpoint must be an ")
        .withMessageNotContaining("secret");
  }

  @Test
  void refusesWhatCannotWork() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.in("US East", "m"))
        .withMessage("llm.bedrock.region must be a region such as us-east-1, was 'US East'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                settings(
                    Duration.ofSeconds(1),
                    1,
                    Optional.of(new BedrockApiKey("k")),
                    Optional.of(new AccessKey("i", "s"))))
        .withMessage("llm.bedrock takes an API key or an access key, both were given");
  }

  @Test
  void showsNoSecret() {
    BedrockApiKey apiKey = new BedrockApiKey("very-secret-key");
    AccessKey accessKey = new AccessKey("very-secret-id", "very-secret-key");

    assertThat(apiKey).hasToString("***");
    assertThat(accessKey).hasToString("***");
    assertThat(settings(Duration.ofSeconds(1), 1, Optional.of(apiKey), Optional.empty()).toString())
        .contains("***")
        .doesNotContain("very-secret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BedrockApiKey("very secret\n"))
        .withMessageNotContaining("very");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AccessKey("very-secret-id", " "))
        .withMessageNotContaining("very");
  }

  private static BedrockSettings at(String endpoint) {
    return Settings.to(URI.create(endpoint), Protocol.HTTP2, Optional.empty(), Optional.empty());
  }

  private static BedrockSettings settings(
      Duration connectTimeout,
      int connections,
      Optional<BedrockApiKey> key,
      Optional<AccessKey> pair) {
    return new BedrockSettings(
        "us-east-1",
        "m",
        Optional.empty(),
        key,
        pair,
        Protocol.HTTP2,
        BedrockOptions.CONVERSE,
        ClientSettings.of(connectTimeout, connections, NanoClock.SYSTEM));
  }
}
