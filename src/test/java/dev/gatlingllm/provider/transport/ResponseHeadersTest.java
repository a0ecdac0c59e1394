package dev.gatlingllm.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.ServingDeployment;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadersTest {

  private static final Instant NOW = Instant.parse("2024-06-11T10:00:00Z");

  private static ResponseHead read(Map<String, String> headers) {
    return ResponseHeaders.read(200, headers::get, "", NOW);
  }

  @Test
  void readsAzuresHeaders() {
    ResponseHead head =
        read(
            Map.of(
                "apim-request-id", "apim-1",
                "x-request-id", "req-1",
                "x-ms-region", "Sweden Central",
                "x-ratelimit-remaining-requests", "9",
                "x-ratelimit-remaining-tokens", "0",
                "retry-after-ms", "250",
                "retry-after", "7",
                "azure-openai-deployment-utilization", "41.7%"));

    assertThat(head)
        .isEqualTo(
            new ResponseHead(
                200,
                "apim-1",
                "Sweden Central",
                OptionalLong.of(9),
                OptionalLong.of(0),
                OptionalLong.of(250),
                OptionalDouble.of(41.7)));
  }

  @Test
  void takesWhatDidNotComeForUnknown() {
    assertThat(ResponseHeaders.read(503, name -> null, "eastus", NOW))
        .isEqualTo(
            new ResponseHead(
                503,
                "",
                "eastus",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty()));
  }

  @Test
  void fallsBackToTheRequestIdOfOtherServices() {
    assertThat(read(Map.of("x-request-id", "req-1")).requestId()).isEqualTo("req-1");
    assertThat(read(Map.of("x-amzn-requestid", "req-2")).requestId()).isEqualTo("req-2");
  }

  @ParameterizedTest
  @CsvSource({
    "retry-after-ms, 1500, 1500",
    "retry-after-ms, 1500.2, 1501",
    "retry-after-ms, ' 20 ', 20",
    "retry-after, 3, 3000",
    "retry-after, 0.0005, 1",
    "retry-after, 0, 0",
    "x-ms-retry-after-ms, 250, 250",
    "retry-after, 30s, 30000",
    "retry-after, 6m0s, 360000",
    "retry-after, 1h2m3.5s, 3723500",
    "retry-after, 20ms, 20",
    "retry-after, 'Tue, 11 Jun 2024 10:00:30 GMT', 30000",
    "retry-after, 'Tuesday, 11-Jun-24 10:00:30 GMT', 30000",
    "retry-after, 'Tue Jun 11 10:00:30 2024', 30000",
    "retry-after, 'Sun Nov  6 08:49:37 1994', 0",
    "retry-after, 'Sunday, 06-Nov-94 08:49:37 GMT', 0",
    "retry-after, 'Tue, 11 Jun 2024 09:59:30 GMT', 0"
  })
  void readsTheWaitInEveryForm(String name, String value, long expectedMillis) {
    assertThat(read(Map.of(name, value)).retryAfterMillis())
        .isEqualTo(OptionalLong.of(expectedMillis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "soon",
        "",
        "-1",
        "NaN",
        "30d",
        "1e3",
        "99999999999999999999",
        "Tue, 11 Jun",
        "ms",
        "5m3",
        "2026-01-01T00:00:00Z"
      })
  void takesAWaitItCannotReadForUnknown(String value) {
    assertThat(read(Map.of("retry-after", value, "retry-after-ms", value)).retryAfterMillis())
        .isEmpty();
  }

  @Test
  void readsTheWaitInSecondsIfTheOneInMillisecondsCannotBeRead() {
    assertThat(read(Map.of("retry-after", "2", "retry-after-ms", "x")).retryAfterMillis())
        .isEqualTo(OptionalLong.of(2000));
  }

  @ParameterizedTest
  @CsvSource({"41.7%, 41.7", "41.7, 41.7", "100 %, 100", "103.2%, 103.2", "0%, 0"})
  void readsTheUtilization(String value, double percent) {
    assertThat(read(Map.of("azure-openai-deployment-utilization", value)).utilizationPercent())
        .isEqualTo(OptionalDouble.of(percent));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "high", "-3%", "NaN%"})
  void takesAUtilizationItCannotReadForUnknown(String value) {
    assertThat(read(Map.of("azure-openai-deployment-utilization", value)).utilizationPercent())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "many", "", "99999999999999999999"})
  void takesARemainderItCannotReadForUnknown(String value) {
    ResponseHead head =
        read(
            Map.of("x-ratelimit-remaining-requests", value, "x-ratelimit-remaining-tokens", value));

    assertThat(head.remainingRequests()).isEmpty();
    assertThat(head.remainingTokens()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 429, 503})
  void readsWhichDeploymentServedTheCallOfEveryStatus(int status) {
    Map<String, String> headers =
        Map.of(
            "x-ms-deployment-name", "chat-standard",
            "x-ms-spillover-from-deployment", "chat-ptu",
            "x-ms-spillover-error", "429");

    assertThat(ResponseHeaders.read(status, headers::get, "", NOW).deployment())
        .isEqualTo(new ServingDeployment("chat-standard", "chat-ptu", "429"));
  }

  @Test
  void aDeploymentThatAnsweredItselfHandedNothingOver() {
    assertThat(read(Map.of("x-ms-deployment-name", "chat-ptu")).deployment())
        .isEqualTo(new ServingDeployment("chat-ptu", "", ""));
    assertThat(read(Map.of()).deployment()).isEqualTo(ServingDeployment.UNKNOWN);
  }
}
