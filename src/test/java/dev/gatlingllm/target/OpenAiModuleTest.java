package dev.gatlingllm.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose key goes to which host. */
class OpenAiModuleTest {

  private static final String BEDROCK = "AWS_BEARER_TOKEN_BEDROCK";
  private static final String OPENAI = "OPENAI_API_KEY";

  private static Optional<String> key(String host, String... variables) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables) {
      environment.put(variable, "key-in-" + variable);
    }
    Setup setup =
        new Setup(
            Given.settings().section(reader -> reader),
            ClientSettings.of(Duration.ofSeconds(1), 1, NanoClock.SYSTEM),
            Given.machine(environment),
            Optional.empty());
    URI address = URI.create("https://" + host + "/openai/v1");
    return setup
        .firstKey(OpenAiModule.keyVariables(setup, address, KeyHeader.BEARER))
        .map(Secret::reveal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bedrock-runtime.us-east-1.amazonaws.com",
        "bedrock-runtime-fips.us-gov-west-1.amazonaws.com",
        "bedrock-runtime.us-east-1.api.aws",
        "bedrock-mantle.us-east-1.api.aws",
        "vpce-1a-2b.bedrock-runtime.us-east-1.vpce.amazonaws.com"
      })
  void theKeyOfBedrockGoesToItsHostsAndComesFirst(String host) {
    assertThat(key(host, BEDROCK, OPENAI)).contains("key-in-" + BEDROCK);
    assertThat(key(host, OPENAI)).contains("key-in-" + OPENAI);
    assertThat(key(host)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.openai.com",
        "bedrock-runtime.us-east-1.amazonaws.com.example",
        "bedrock-runtime.amazonaws.com.evil.example",
        "xbedrock-runtime.us-east-1.amazonaws.com"
      })
  void theKeyOfBedrockGoesToNoOtherHost(String host) {
    assertThat(key(host, BEDROCK)).isEmpty();
  }

  @Test
  void theKeyOfOpenAiGoesToOpenAi() {
    assertThat(key("api.openai.com", BEDROCK, OPENAI)).contains("key-in-" + OPENAI);
  }
}
