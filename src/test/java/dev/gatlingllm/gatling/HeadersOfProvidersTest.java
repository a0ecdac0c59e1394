package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OwnHeaders;
import dev.gatlingllm.provider.Trace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the SDK of each provider makes of a call's headers. */
class HeadersOfProvidersTest {

  private static final String OPENAI =
      "llm.provider=openai llm.openai.baseUrl=AT/v1 llm.openai.model=m";
  private static final String RESPONSES = OPENAI + " llm.openai.api=responses";
  private static final String AZURE =
      "llm.provider=azure-openai llm.azure.endpoint=AT llm.azure.deployment=d"
          + " llm.azure.keyVariable=OTHER_KEY";
  private static final String ANTHROPIC =
      "llm.provider=anthropic llm.anthropic.baseUrl=AT llm.anthropic.model=m";
  private static final String BEDROCK =
      "llm.provider=bedrock llm.bedrock.endpoint=AT llm.bedrock.region=us-east-1"
          + " llm.bedrock.modelId=m llm.bedrock.http=http1";
  private static final String INVOKE = BEDROCK + " llm.bedrock.api=invoke";

  @TempDir private Path folder;
  private CallsOfSettings calls;

  @BeforeEach
  void start() {
    calls = new CallsOfSettings(folder);
  }

  @AfterEach
  void stop() {
    calls.close();
  }

  @SuppressWarnings("unchecked")
  private Map<String, String> sent(String settings, OwnHeaders headers) {
    Map<String, String> given =
        new HashMap<>(
            Map.of("llm.request.headers.x-team", "all", "llm.request.headers.x-kept", "kept"));
    Arrays.stream(settings.replace("AT", calls.address()).split(" "))
        .map(setting -> setting.split("=", 2))
        .forEach(setting -> given.put(setting[0], setting[1]));
    LlmConfig config = GivenSettings.of(given);
    LlmRequest request = CallsOfSettings.request(config).withHeaders(headers);
    Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sent.putAll((Map<String, String>) ((List<Object>) calls.sent(config, request)).get(1));
    return sent;
  }

  @ParameterizedTest
  @ValueSource(strings = {OPENAI, RESPONSES, AZURE, ANTHROPIC, BEDROCK, INVOKE})
  void aCallHasItsOwnHeadersBeforeThoseOfAll(String settings) {
    OwnHeaders own =
        OwnHeaders.NONE.with("X-Team", "own").with("x-session", "7").with(Trace.begin());
    Map<String, String> first = sent(settings, own);
    assertThat(first)
        .containsEntry("x-team", "own")
        .containsEntry("x-kept", "kept")
        .containsEntry("x-session", "7");
    assertThat(first.get("traceparent")).contains(own.traceId());
    assertThat(sent(settings, own).get("traceparent"))
        .as("of the next attempt")
        .contains(own.traceId())
        .isNotEqualTo(first.get("traceparent"));
    assertThat(sent(settings, OwnHeaders.NONE))
        .containsEntry("x-team", "all")
        .doesNotContainKey("traceparent");
  }

  @ParameterizedTest
  @ValueSource(strings = {BEDROCK, INVOKE})
  void theSignatureOfBedrockIsOverThem(String settings) {
    assertThat(sent(settings, OwnHeaders.NONE.with("x-session", "7").with(Trace.begin())))
        .extractingByKey("Authorization")
        .asString()
        .contains("SignedHeaders=")
        .contains("x-session")
        .contains("x-team");
  }
}
