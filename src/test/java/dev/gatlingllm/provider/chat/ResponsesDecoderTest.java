package dev.gatlingllm.provider.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.Served;
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
            "REASONING_SUMMARY Hm.",
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
    "response.reasoning_summary_text.delta, REASONING_SUMMARY",
    "response.function_call_arguments.delta, TOOL_CALL",
    "response.custom_tool_call_input.delta, TOOL_CALL"
  })
  void knowsEveryEventThatCarriesOutput(String type, String kind) {
    event(delta(type, "x"));

    assertThat(listener.events()).containsExactly(kind + " x");
  }

  private static String done(String type, String field, String text) {
    return String.format(Locale.ROOT, "{\"type\":\"%s\",\"%s\":\"%s\"}", type, field, text);
  }

  private static String item(String event, String fields) {
    return String.format(
        Locale.ROOT,
        "{\"type\":\"response.output_item.%s\",\"item\":{%s}}",
        event,
        fields.replace('\'', '"'));
  }

  private static String completed(String items) {
    return String.format(
        Locale.ROOT,
        "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"output\":[%s]}}",
        items.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource({
    "response.output_text.done, text, CONTENT",
    "response.refusal.done, refusal, CONTENT",
    "response.reasoning_text.done, text, REASONING",
    "response.reasoning_summary_text.done, text, REASONING_SUMMARY",
    "response.function_call_arguments.done, arguments, TOOL_CALL",
    "response.custom_tool_call_input.done, input, TOOL_CALL",
    "response.mcp_call_arguments.done, arguments, TOOL_CALL",
    "response.code_interpreter_call_code.done, code, TOOL_CALL",
    "response.audio_transcript.done, transcript, MEDIA"
  })
  void aTextThatComesWholeIsOutputUnlessItsPiecesCame(String type, String field, String kind) {
    event(done(type, field, "xy"));
    event(delta(type.replace(".done", ".delta"), "z"));
    event(done(type, field, "z"));

    assertThat(listener.events()).containsExactly(kind + " xy", kind + " z");
  }

  @Test
  void outputOfOneItemIsToldOnceHoweverOftenItComes() {
    String message = "'type':'message','content':[{'type':'output_text','text':'Hello'}]";
    String call = "'type':'function_call','name':'f','arguments':'{}'";
    event(item("added", "'type':'message','content':[]"));
    event(delta("response.output_text.delta", "Hel"));
    event(delta("response.output_text.delta", "lo"));
    event(done("response.output_text.done", "text", "Hello"));
    event(
        "{\"type\":\"response.content_part.done\",\"part\":{\"type\":\"output_text\",\"text\":\"Hello\"}}");
    event(item("done", message));
    event(item("added", "'type':'function_call','name':'f','arguments':''"));
    event(delta("response.function_call_arguments.delta", "{}"));
    event(done("response.function_call_arguments.done", "arguments", "{}"));
    event(item("done", call));
    event(completed("{" + message + "},{" + call + "}"));

    assertThat(listener.events())
        .containsExactly(
            "CONTENT Hel",
            "CONTENT lo",
            "TOOL_CALL without text",
            "TOOL_CALL {}",
            "finish completed",
            "completed");
  }

  @Test
  void callsThatAreWovenIntoEachOtherAreToldOnce() {
    String first = "'type':'function_call','name':'f','arguments':'abc'";
    String second = "'type':'function_call','name':'g','arguments':'de'";
    event(item("added", "'type':'function_call','name':'f'"));
    event(item("added", "'type':'function_call','name':'g'"));
    event(delta("response.function_call_arguments.delta", "abc"));
    event(delta("response.function_call_arguments.delta", "de"));
    event(done("response.function_call_arguments.done", "arguments", "de"));
    event(done("response.function_call_arguments.done", "arguments", "abc"));
    event(item("done", second));
    event(item("done", first));
    event(completed("{" + first + "},{" + second + "}"));

    assertThat(listener.events())
        .containsExactly(
            "TOOL_CALL without text",
            "TOOL_CALL without text",
            "TOOL_CALL abc",
            "TOOL_CALL de",
            "finish completed",
            "completed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'type':'message','content':[{'type':'output_text','text':'Hello'}] | CONTENT Hello",
        "'type':'message','content':[{'type':'refusal','refusal':'No'}] | CONTENT No",
        "'type':'message','content':[{'type':'output_audio','transcript':'Hello'}] | MEDIA Hello",
        "'type':'reasoning','summary':[{'type':'summary_text','text':'Hm'}] | REASONING_SUMMARY Hm",
        "'type':'reasoning','content':[{'type':'reasoning_text','text':'Hm'}] | REASONING Hm",
        "'type':'reasoning','summary':[],'encrypted_content':'Z0Z0' | REASONING without text",
        "'type':'function_call','name':'f','arguments':'{}' | TOOL_CALL {}",
        "'type':'function_call','name':'f','arguments':'' | TOOL_CALL without text",
        "'type':'function_call','name':'f','arguments':{'a':1} | TOOL_CALL {'a':1}",
        "'type':'custom_tool_call','name':'f','input':'x' | TOOL_CALL x",
        "'type':'mcp_call','name':'f','arguments':'{}' | TOOL_CALL {}",
        "'type':'mcp_approval_request','name':'f','arguments':'{}' | TOOL_CALL {}",
        "'type':'code_interpreter_call','code':'1+1' | TOOL_CALL 1+1",
        "'type':'web_search_call','action':{'type':'search'} | TOOL_CALL without text",
        "'type':'computer_call','action':{'type':'click'} | TOOL_CALL without text",
        "'type':'image_generation_call','result':'Z0Z0' | MEDIA without text"
      })
  void anItemThatComesWholeIsOutputInTheItemOrInTheLastEvent(String fields, String heard) {
    event(item("done", fields));
    event(completed("{" + fields + "}"));

    assertThat(listener.events())
        .containsExactly(heard.replace('\'', '"'), "finish completed", "completed");

    RecordingListener last = new RecordingListener();
    byte[] bytes = completed("{" + fields + "}").getBytes(UTF_8);
    new ResponsesDecoder(new SerializedListener(last, () -> 10, UnaryOperator.identity()))
        .event(7, bytes, 0, bytes.length);
    assertThat(last.events()).isEqualTo(listener.events());
  }

  @Test
  void theResultOfACallIsNoOutputOfTheModel() {
    event(item("done", "'type':'function_call_output','output':'x'"));
    event(item("added", "'type':'mcp_list_tools'"));
    event(item("added", "'type':'reasoning','summary':[]"));

    assertThat(listener.events()).isEmpty();
  }

  @Test
  void piecesOfSoundAndPreviewsOfImagesAreOutput() {
    event(delta("response.audio.delta", "Z0Z0"));
    event(delta("response.output_audio.delta", "Z0Z0"));
    event(delta("response.audio.transcript.delta", "So"));
    event(
        "{\"type\":\"response.image_generation_call.partial_image\",\"partial_image_b64\":\"Z\"}");

    assertThat(listener.events())
        .containsExactly(
            "MEDIA without text", "MEDIA without text", "MEDIA So", "MEDIA without text");
  }

  @Test
  void anEventMayHaveItsNameOutsideOfTheObject() {
    for (String name :
        List.of("response.output_text.delta", "response.output_text.done", "response.completed")) {
      decoder.nameOfEvents(() -> name);
      event("{\"delta\":\"Hi\",\"text\":\"Hi\",\"response\":{\"status\":\"completed\"}}");
    }

    assertThat(listener.events()).containsExactly("CONTENT Hi", "finish completed", "completed");
  }

  @Test
  void anObjectWithoutNameAndErrorIsIgnored() {
    event("{\"sequence_number\":4}");
    event(": keepalive");

    assertThat(listener.events()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'type':'response.failed','response':{'id':'r','error':null} | failed",
        "'type':'response.failed','response':{} | failed",
        "'type':'response.failed' | failed",
        "'type':'response.cancelled','response':{'status':'cancelled'} | cancelled",
        "'type':'response.completed','response':{'status':'failed','error':null} | failed"
      })
  void aResponseThatFailedWithoutAReasonFailsTheCallAllTheSame(String fields, String code) {
    event("{" + fields.replace('\'', '"') + "}");

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 200, code, "the service gave no reason"));
  }

  @Test
  void anIncompleteResponseWithoutAReasonEndsWithItsStatus() {
    event("{\"type\":\"response.incomplete\",\"response\":{\"incomplete_details\":null}}");

    assertThat(listener.events()).containsExactly("finish incomplete", "completed");
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
  void anErrorUnderTheNameThatStandsForNoneIsRead() {
    decoder.nameOfEvents(() -> "message");
    event("{\"error\":{\"message\":\"died\",\"code\":\"server_error\"}}");

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 200, "server_error", "died"));
  }

  @Test
  void anErrorEventOfARouterIsRead() {
    event(
        "{\"type\":\"response.error\",\"error\":{\"message\":\"slow\",\"code\":\"rate_limit_exceeded\"}}");

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.THROTTLED, 200, "rate_limit_exceeded", "slow"));
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
            "REASONING_SUMMARY Hm.",
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

  @Test
  void theFirstEventSaysTheModelAndTheLastTheTier() {
    event(
        "{\"type\":\"response.created\",\"response\":{\"status\":\"in_progress\","
            + "\"model\":\"gpt-5-2025-08-07\",\"service_tier\":\"auto\"}}");
    event(delta("response.output_text.delta", "Hello"));
    event(
        "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\","
            + "\"model\":\"gpt-5-2025-08-07\",\"service_tier\":\"priority\",\"output\":[]}}");

    assertThat(listener.served())
        .containsExactly(
            new Served("gpt-5-2025-08-07", "auto", "", OptionalLong.empty()),
            new Served("gpt-5-2025-08-07", "priority", "", OptionalLong.empty()));
  }

  @Test
  void aFailedResponseSaysWhoServedItToo() {
    whole(
        "{\"status\":\"failed\",\"model\":\"m\",\"service_tier\":null,"
            + "\"error\":{\"code\":\"server_error\",\"message\":\"no\"}}");

    assertThat(listener.served()).containsExactly(new Served("m", "", "", OptionalLong.empty()));
  }
}
