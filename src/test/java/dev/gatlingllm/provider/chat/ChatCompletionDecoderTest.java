package dev.gatlingllm.provider.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.TokenUsage;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatCompletionDecoderTest {

  private final RecordingListener listener = new RecordingListener();
  private final SerializedListener events =
      new SerializedListener(listener, () -> 10, UnaryOperator.identity());
  private final ChatCompletionDecoder decoder = new ChatCompletionDecoder(events);

  private void event(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    decoder.event(10, bytes, 0, bytes.length);
  }

  private void whole(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    decoder.whole(10, bytes, 0, bytes.length);
  }

  private static String delta(String fields) {
    return "{\"choices\":[{\"index\":0,\"delta\":{" + fields + "},\"finish_reason\":null}]}";
  }

  @Test
  void tellsContent() {
    event(delta("\"content\":\"Hé 😀\""));

    assertThat(listener.events()).containsExactly("CONTENT Hé 😀");
    assertThat(listener.outputs().get(0).nanos()).isEqualTo(10);
  }

  @Test
  void readsOnlyItsPieceOfTheArray() {
    byte[] bytes = ("}}" + delta("\"content\":\"a\"") + "{{").getBytes(UTF_8);

    decoder.event(10, bytes, 2, bytes.length - 4);

    assertThat(listener.events()).containsExactly("CONTENT a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reasoning_content", "reasoning"})
  void tellsReasoningUnderBothNames(String name) {
    event(delta("\"" + name + "\":\"Hmm\""));

    assertThat(listener.events()).containsExactly("REASONING Hmm");
  }

  @Test
  void tellsReasoningOnceWhenBothNamesCarryIt() {
    event(delta("\"reasoning_content\":\"Hmm\",\"reasoning\":\"Hmm\",\"content\":\"So\""));

    assertThat(listener.events()).containsExactly("REASONING Hmm", "CONTENT So");
  }

  @Test
  void tellsARefusalAsContent() {
    event(delta("\"refusal\":\"No\",\"content\":null"));

    assertThat(listener.events()).containsExactly("CONTENT No");
  }

  @Test
  void tellsTheArgumentsOfToolCalls() {
    event(
        delta(
            """
            "tool_calls":[{"index":0,"id":"c","type":"function",\
            "function":{"name":"f","arguments":""}}]"""));
    event(
        delta(
            """
            "tool_calls":[{"index":0,"function":{"arguments":"{\\"a\\":"}},\
            {"index":1,"function":{"arguments":"1}"}},null]"""));
    event(delta("\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}"));

    assertThat(listener.events()).containsExactly("TOOL_CALL {\"a\":1}", "TOOL_CALL {}");
  }

  @Test
  void tellsTheOutputOfSeveralChoicesAsOneChunk() {
    event(
        """
        {"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"b"}},\
        {"index":2,"delta":{"reasoning":"c"}}]}""");

    assertThat(listener.events()).containsExactly("REASONING c", "CONTENT ab");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[],\"prompt_filter_results\":[{\"content_filter_results\":{}}]}",
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}",
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}",
        "{\"choices\":[{\"delta\":{}}]}",
        "{\"choices\":[{\"delta\":null}]}",
        "{\"choices\":[{\"delta\":{\"content\":[{\"text\":\"x\"}],\"tool_calls\":{}}}]}",
        "{\"choices\":[{\"content_filter_results\":{\"hate\":{\"filtered\":false}},"
            + "\"content_filter_offsets\":{\"check_offset\":44},\"delta\":{}}]}",
        "{\"choices\":null}",
        "{\"choices\":[null,1]}",
        "{\"choices\":[],\"message\":\"not an error\"}",
        "{\"id\":\"x\",\"object\":\"chat.completion.chunk\"}",
        "{\"usage\":null,\"error\":null}",
        "{\"usage\":{}}",
        "{}",
        "  ",
        ""
      })
  void isSilentAboutAnEventWithoutOutput(String json) {
    event(json);

    assertThat(listener.events()).isEmpty();
    assertThat(events.ended()).isFalse();
  }

  @Test
  void tellsUsage() {
    event(
        """
        {"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,\
        "prompt_tokens_details":{"cached_tokens":80,"audio_tokens":0},\
        "completion_tokens_details":{"reasoning_tokens":30,"nested":{"cached_tokens":1}}}}""");

    assertThat(listener.usages())
        .containsExactly(
            new TokenUsage(
                OptionalLong.of(100),
                OptionalLong.of(80),
                OptionalLong.empty(),
                OptionalLong.of(50),
                OptionalLong.of(30)));
  }

  @Test
  void leavesOutCountsThatAreMissingAndMarksImpossibleOnes() {
    event(
        """
        {"usage":{"prompt_tokens":-1,"completion_tokens":7,"prompt_tokens_details":null}}""");

    assertThat(listener.usages())
        .containsExactly(
            new TokenUsage(
                OptionalLong.of(TokenUsage.NO_COUNT),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(7),
                OptionalLong.empty()));
  }

  @Test
  void aCountThatNoNumberHoldsIsTheGreatestAndNoMalformedAnswer() {
    event(
        """
        {"usage":{"prompt_tokens":123456789012345678901234567890,"completion_tokens":7}}""");

    assertThat(listener.usages())
        .containsExactly(
            new TokenUsage(
                OptionalLong.of(Long.MAX_VALUE),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(7),
                OptionalLong.empty()));
  }

  @Test
  void tellsOutputUsageAndFinishOfOneEventInThisOrder() {
    event(
        """
        {"usage":{"completion_tokens":1},\
        "choices":[{"finish_reason":"stop","delta":{"content":"x"}}]}""");

    assertThat(listener.events()).containsExactly("CONTENT x", "usage", "finish stop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[DONE]", " [DONE]", "[DONE] ", "\t[DONE]\r"})
  void isCompleteAtTheTerminator(String terminator) {
    event(terminator);

    assertThat(listener.events()).containsExactly("completed");
    assertThat(events.ended()).isTrue();
  }

  @Test
  void tellsNothingAfterTheEnd() {
    event("[DONE]");
    event(delta("\"content\":\"late\""));
    event("{");
    decoder.end(20);

    assertThat(listener.events()).containsExactly("completed");
    assertThat(listener.breaches()).isEmpty();
  }

  @Test
  void acceptsAnEndWithoutTerminatorAfterAFinishReason() {
    event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}");
    decoder.end(20);

    assertThat(listener.events()).containsExactly("finish length", "completed");
    assertThat(listener.stamps()).endsWith(20L);
  }

  @Test
  void takesAnEndWithoutFinishReasonForACutStream() {
    event(delta("\"content\":\"a\""));
    decoder.end(20);

    assertThat(listener.failure())
        .isEqualTo(
            new Failure(
                Failure.Kind.BROKEN, 200, "", "stream ended before finish_reason, after 1 events"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':{'code':'server_error','message':'Oops'}} | BROKEN | server_error | Oops",
        "{'error':{'code':null,'type':'overloaded','message':'Oops'}} | BROKEN | overloaded | Oops",
        "{'error':{'code':500,'message':'Oops'}} | BROKEN | 500 | Oops",
        "{'error':{'code':429,'message':'Slow'}} | THROTTLED | 429 | Slow",
        "{'error':{'code':'429','message':'Slow'}} | THROTTLED | 429 | Slow",
        "{'error':{'code':'rate_limit_exceeded','message':'Slow'}} | THROTTLED | rate_limit_exceeded | Slow",
        "{'error':{'type':'RateLimitReached'}} | THROTTLED | RateLimitReached | ''",
        "{'error':{}} | BROKEN | '' | an error without code or message",
        "{'error':'Oops'} | BROKEN | '' | Oops",
        "{'object':'error','message':'Oops','code':400} | BROKEN | 400 | Oops",
        "{'message':'Oops','type':'internal'} | BROKEN | internal | Oops",
        "{'choices':[],'error':{'message':'Oops'}} | BROKEN | '' | Oops"
      })
  void endsAtAnError(String json, Failure.Kind kind, String code, String message) {
    event(json.replace('\'', '"'));

    assertThat(listener.failure()).isEqualTo(new Failure(kind, 200, code, message));
    assertThat(events.ended()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'choices':[} | not JSON: Unexpected close marker",
        "{'choices' | not JSON: Unexpected end-of-input",
        "<html> | not JSON: Unexpected character ('<'",
        "[1] | expected a JSON object, was START_ARRAY",
        "1 | expected a JSON object, was VALUE_NUMBER_INT",
        "{} {} | expected one JSON object, more follows"
      })
  void tellsWhyAnEventIsMalformed(String json, String reason) {
    event(json.replace('\'', '"'));

    assertThat(listener.events()).containsExactly("failed MALFORMED");
    assertThat(listener.failure().message()).startsWith(reason);
    assertThat(listener.failure().status()).isEqualTo(200);
  }

  @Test
  void quotesLittleOfWhatIsMalformed() {
    event("a".repeat(10_000));

    assertThat(listener.failure().message()).hasSizeLessThanOrEqualTo(170);
  }

  @Test
  void tellsAWholeAnswer() {
    whole(
        """
        {"id":"x","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",\
        "content":"Hello","refusal":null},"finish_reason":"stop"}],\
        "usage":{"prompt_tokens":3,"completion_tokens":1}}""");

    assertThat(listener.events())
        .containsExactly("CONTENT Hello", "usage", "finish stop", "completed");
  }

  @Test
  void takesAWholeAnswerWithoutFinishReasonIfItHasOutput() {
    whole("{\"choices\":[{\"message\":{\"content\":\"Hello\"}}]}");

    assertThat(listener.events()).containsExactly("CONTENT Hello", "completed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"choices\":[]}", ""})
  void takesAWholeAnswerWithoutChoiceForMalformed(String json) {
    whole(json);

    assertThat(listener.failure())
        .isEqualTo(
            new Failure(
                Failure.Kind.MALFORMED,
                200,
                "",
                "the answer holds neither output nor finish_reason"));
  }

  @Test
  void tellsOnlyTheReasonOfAWholeAnswerThatIsNotJson() {
    whole("{");

    assertThat(listener.events()).containsExactly("failed MALFORMED");
    assertThat(listener.failure().message()).startsWith("not JSON: Unexpected end-of-input");
  }
}
