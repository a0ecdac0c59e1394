package dev.gatlingllm.provider.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.TokenUsage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesDecoderTest {

  private static final String USAGE =
      "\"usage\":{\"input_tokens\":12,\"input_tokens_details\":{\"cached_tokens\":8},"
          + "\"output_tokens\":5,\"output_tokens_details\":{\"reasoning_tokens\":2}}";
  private static final String COMPLETED =
      "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"error\":null,"
          + "\"incomplete_details\":null,"
          + USAGE
          + "}}";

  private final RecordingListener listener = new RecordingListener();
  private final SerializedListener events =
      new SerializedListener(listener, () -> 10, UnaryOperator.identity());
  private final ResponsesDecoder decoder = new ResponsesDecoder(events);

  private void event(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    decoder.event(7, bytes, 0, bytes.length);
  }

  private void whole(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    decoder.whole(7, bytes, 0, bytes.length);
  }

  private static String delta(String type, String text) {
    return String.format(
        Locale.ROOT,
        "{\"type\":\"%s\",\"sequence_number\":4,\"item_id\":\"m\",\"delta\":\"%s\",\"logprobs\":[]}",
        type,
        text);
  }

  @Test
  void tellsAStreamFromItsFirstOutputToItsUsage() {
    event("{\"type\":\"response.created\",\"response\":{\"status\":\"in_progress\"}}");
    event("{\"type\":\"response.output_item.added\",\"item\":{\"type\":\"message\"}}");
    event(delta("response.reasoning_summary_text.delta", "Hm."));
    event(delta("response.output_text.delta", "Hello"));
    event(delta("response.output_text.delta", " w\\u00f6rld"));
    event(delta("response.output_text.delta", ""));
    event("{\"type\":\"response.output_text.done\",\"text\":\"Hello world\"}");
    event(COMPLETED);
    decoder.end(8);

    assertThat(listener.events())
        .containsExactly(
            "REASONING Hm.",
            "CONTENT Hello",
            "CONTENT  wörld",
            "usage",
            "finish completed",
            "completed");
    assertThat(listener.usages())
        .containsExactly(
            new TokenUsage(
                OptionalLong.of(12),
                OptionalLong.of(8),
                OptionalLong.empty(),
                OptionalLong.of(5),
                OptionalLong.of(2)));
    assertThat(listener.breaches()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "response.output_text.delta, CONTENT",
    "response.refusal.delta, CONTENT",
    "response.reasoning_text.delta, REASONING",
    "response.reasoning_summary_text.delta, REASONING",
    "response.function_call_arguments.delta, TOOL_CALL",
    "response.custom_tool_call_input.delta, TOOL_CALL"
  })
  void knowsEveryEventThatCarriesOutput(String type, String kind) {
    event(delta(type, "x"));

    assertThat(listener.events()).containsExactly(kind + " x");
  }

  @Test
  void takesAnIncompleteResponseForOneWithAReason() {
    event(delta("response.output_text.delta", "Hel"));
    event(
        "{\"type\":\"response.incomplete\",\"response\":{\"status\":\"incomplete\","
            + "\"incomplete_details\":{\"reason\":\"max_output_tokens\"},"
            + USAGE
            + "}}");

    assertThat(listener.events())
        .containsExactly("CONTENT Hel", "usage", "finish max_output_tokens", "completed");
  }

  @Test
  void isBrokenByAFailedResponse() {
    event(
        "{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":"
            + "{\"code\":\"server_error\",\"message\":\"Sorry\"}}}");

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 200, "server_error", "Sorry"));
  }

  @Test
  void isThrottledByAnErrorEvent() {
    event(
        "{\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"Slow\",\"param\":null}");

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.THROTTLED, 200, "rate_limit_exceeded", "Slow"));
  }

  @Test
  void readsAnErrorObjectWithoutAType() {
    event("{\"error\":{\"type\":\"server_error\",\"code\":null,\"message\":\"Sorry\"}}");

    assertThat(listener.failure().message()).isEqualTo("Sorry");
  }

  @Test
  void isBrokenByAnEndWithoutTheLastEvent() {
    event(delta("response.output_text.delta", "Hel"));
    decoder.end(8);

    assertThat(listener.failure())
        .isEqualTo(
            new Failure(
                Failure.Kind.BROKEN,
                200,
                "",
                "stream ended before response.completed, after 1 events"));
  }

  @Test
  void isMalformedByWhatIsNoJsonAndDoesNotQuoteIt() {
    event("{\"type\":\"response.output_text.delta\",\"delta\":\"secret");

    assertThat(listener.failure().kind()).isEqualTo(Failure.Kind.MALFORMED);
    assertThat(listener.failure().message()).startsWith("not JSON").doesNotContain("secret");
  }

  @Test
  void ignoresTheMarkOfOtherServersAfterTheEnd() {
    event(COMPLETED);
    event("[DONE]");

    assertThat(listener.events()).endsWith("completed");
  }

  @Test
  void tellsAnAnswerInOnePiece() {
    whole(
        "{\"object\":\"response\",\"status\":\"completed\",\"error\":null,\"output\":["
            + "{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"Hm.\"}]},"
            + "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\"},"
            + "{\"type\":\"refusal\",\"refusal\":\"No.\"}]},"
            + "{\"type\":\"function_call\",\"arguments\":\"{}\"}],"
            + USAGE
            + "}");

    assertThat(listener.events())
        .containsExactly(
            "REASONING Hm.",
            "CONTENT Hello",
            "CONTENT No.",
            "TOOL_CALL {}",
            "usage",
            "finish completed",
            "completed");
  }

  @Test
  void writesEveryParameterThatTheApiHas() {
    LlmRequest request =
        LlmRequest.ofPrompt("Hi")
            .withParameters(
                Parameters.NONE.withReasoningEffort("low").withExtraBody(Map.of("store", false)))
            .withMaxTokens(9)
            .with(Parameter.TEMPERATURE, 0.5);

    assertThat(ResponsesBody.fields(request))
        .isEqualTo(
            Map.of(
                "input",
                List.of(Map.of("role", "user", "content", "Hi")),
                "max_output_tokens",
                9L,
                "temperature",
                0.5,
                "reasoning",
                Map.of("effort", "low"),
                "store",
                false));
  }

  @Test
  void refusesWhatTheApiDoesNotHave() {
    LlmRequest prompt = LlmRequest.ofPrompt("Hi");

    assertThatThrownBy(() -> ResponsesBody.fields(prompt.with(Parameter.CHOICES, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("n cannot be sent: there is none in the Responses API");
    assertThatThrownBy(
            () ->
                ResponsesBody.fields(
                    prompt.withParameters(Parameters.NONE.withStop(List.of("END")))))
        .hasMessage("stop cannot be sent: there is none in the Responses API");
    assertThatThrownBy(
            () ->
                ResponsesBody.fields(
                    prompt.withParameters(Parameters.NONE.withExtraBody(Map.of("input", "x")))))
        .hasMessage("extraBody must not hold input, which the request itself says");
  }
}
