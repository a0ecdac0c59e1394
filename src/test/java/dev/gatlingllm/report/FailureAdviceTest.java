package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.ErrorCount;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureAdviceTest {

  private static final FailureAdvice OPENAI = FailureAdvice.of(Map.of("llm.provider", "openai"));
  private static final FailureAdvice AZURE =
      FailureAdvice.of(
          Map.of("llm.provider", "azure-openai", "llm.azure.keyVariable", "TEAM_B_KEY"));
  private static final FailureAdvice BEDROCK = FailureAdvice.of(Map.of("llm.provider", "bedrock"));

  private static final FailureAdvice ANTHROPIC =
      FailureAdvice.of(Map.of("llm.provider", "anthropic"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "400|400 rejected: unsupported_parameter|Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.|llm.openai.maxTokensField = max_completion_tokens",
        "400|400 rejected|Unrecognized request argument supplied: max_completion_tokens|llm.openai.maxTokensField = max_tokens",
        "400|400 rejected: unsupported_value|temperature does not support 0 with this model|llm.request",
        "422|422 rejected|Extra inputs are not permitted: body.foo|llm.request.extraBody",
        "400|400 rejected: context_length_exceeded|This model's maximum context length is 8192 tokens|shorter",
        "400|400 rejected|prompt is too long: 210000 tokens > 200000 maximum|shorter",
        "400|400 rejected: content_filter|The response was filtered|filter",
        "401|401 rejected: invalid_api_key|Incorrect API key provided|OPENAI_API_KEY",
        "403|403 rejected|Authentication error|OPENAI_API_KEY",
        "404|404 rejected: model_not_found|The model x does not exist|llm.openai.model",
        "404|404 rejected|not found|llm.openai.baseUrl",
        "400|400 rejected: ValidationException|The provided model identifier is invalid.|mantle endpoint",
        "200|broken before first token: insufficient_quota|You exceeded your current quota|credit",
        "429|429 throttled|Too many tokens, please wait before trying again|llm.retry.mode",
        "503|503 rejected|no healthy upstream|llm.retry.mode",
        "529|529 rejected: overloaded_error|Overloaded|llm.retry.mode",
        "502|502 rejected||gateway",
        "500|500 rejected|certificate store of the model is empty|log",
        "307|307 rejected|moved to another place|llm.openai.baseUrl",
        "407|407 rejected||-Dhttps.proxyUser",
        "0|unreachable: SSLHandshakeException|PKIX path building failed|javax.net.ssl.trustStore",
        "0|unreachable: UnknownHostException|llm.invalid|-Dhttps.proxyHost",
        "0|unreachable: ConnectException|Connection refused|firewalls",
        "0|unreachable: ProxyConnectException|status 502|-Dhttps.proxyHost",
        "0|timeout: no connection in 10 s||llm.timeout.connect",
        "200|timeout: no first token in 60 s||llm.timeout.firstToken",
        "200|timeout: stalled for 60 s||llm.timeout.stall",
        "200|timeout: not complete in 600 s||llm.timeout.total",
        "0|reused connection closed by the server||idle",
        "0|reused connection closed by the server||llm.timeout.idle",
        "0|reused connection closed by the server||llm.retry.staleConnection",
        "200|malformed response|line of the stream exceeds 9 bytes; llm.limit.eventBytes raises the limit|raise the limit",
        "200|malformed response: whole-answer|a whole answer where a stream should be|llm.request.streaming = false",
        "200|empty answer: hidden reasoning used it up (finish reason length)||llm.request.reasoningEffort",
        "200|empty answer (finish reason max_tokens)||upper bound",
        "200|the service gave up (finish reason abort)||log",
        "200|malformed response|the body is text/html|login page",
        "200|broken in mid-stream||cut",
        "0|client exhausted: file descriptors||verdict",
        "200|check failed: jsonPath||check",
        "0|crashed: NullPointerException||log",
      })
  void everyKindOfFailureHasItsLine(int status, String text, String said, String advice) {
    assertThat(OPENAI.on(error(status, text, said == null ? "" : said))).contains(advice);
  }

  @Test
  void whereTheKeyCameFromIsToldByName() {
    assertThat(AZURE.on(error(401, "401 rejected", ""))).contains("TEAM_B_KEY", "Entra ID");
    assertThat(BEDROCK.on(error(403, "403 rejected: AccessDeniedException", "")))
        .contains("AWS_BEARER_TOKEN_BEDROCK", "AWS_PROFILE");
    assertThat(ANTHROPIC.on(error(401, "401 rejected: authentication_error", "")))
        .contains("ANTHROPIC_API_KEY", "ANTHROPIC_FOUNDRY_API_KEY");
    assertThat(BEDROCK.on(error(0, "rejected: credentials", "no credentials found")))
        .contains("AWS default credential chain");
  }

  @Test
  void theModelIsNamedByItsSettingWithEachProvider() {
    assertThat(AZURE.on(error(404, "404 rejected: DeploymentNotFound", "")))
        .contains("llm.azure.deployment");
    assertThat(BEDROCK.on(error(404, "404 rejected: ResourceNotFoundException", "")))
        .contains("llm.bedrock.modelId");
    assertThat(ANTHROPIC.on(error(404, "404 rejected: not_found_error", "")))
        .contains("llm.anthropic.model");
  }

  @Test
  void aRunWithoutSettingsGetsAdviceWithoutNames() {
    assertThat(FailureAdvice.of(Map.of()).on(error(401, "401 rejected", ""))).isNotEmpty();
  }

  @Test
  void aStatusIsAlsoReadFromTheText() {
    ErrorCount old = error(0, "429 throttled", "");
    assertThat(OPENAI.on(old)).contains("quota");
  }

  @Test
  void ofWhatNobodyKnowsNothingIsSaid() {
    assertThat(OPENAI.on(error(0, "cut", ""))).isEmpty();
  }

  private static ErrorCount error(int status, String text, String said) {
    return new ErrorCount(
        text,
        Outcome.REJECTED,
        1,
        0,
        0,
        status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
        said,
        OptionalLong.empty(),
        List.of());
  }
}
