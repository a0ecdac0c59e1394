package dev.gatlingllm.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.chat.RecordingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesDecoderTest {

  private static final String START =
      "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":"
          + "\"assistant\",\"content\":[],\"model\":\"claude-x-2026\",\"stop_reason\":null,\"usage\":{"
          + "\"input_tokens\":4,\"cache_creation_input_tokens\":2,\"cache_read_input_tokens\":6,"
          + "\"output_tokens\":1,\"service_tier\":\"priority\"}}}";
  private static final String TEXT_BLOCK = block("{\"type\":\"text\",\"text\":\"\"}");
  private static final String BLOCK_STOP = "{\"type\":\"content_block_stop\",\"index\":0}";
  private static final String STOP = "{\"type\":\"message_stop\"}";

  private final List<Served> served = new ArrayList<>();
  private final RecordingListener listener =
      new RecordingListener() {
        @Override
        public void served(Served by) {
          served.add(by);
        }
      };
  private final SerializedListener events =
      new SerializedListener(listener, () -> 10, UnaryOperator.identity());
  private final MessagesDecoder decoder = new MessagesDecoder(events);

  private void events(String... all) {
    for (String json : all) {
      byte[] bytes = json.getBytes(UTF_8);
      decoder.event(7, bytes, 0, bytes.length);
    }
  }

  private void whole(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    decoder.whole(7, bytes, 0, bytes.length);
    decoder.end(8);
  }

  private static String block(String block) {
    return "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":" + block + "}";
  }

  private static String delta(String delta) {
    return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":" + delta + "}";
  }

  private static String text(String text) {
    return delta("{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
  }

  private static String end(String reason, String usage) {
    return "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
        + reason
        + ",\"stop_sequence\":null},\"usage\":"
        + usage
        + "}";
  }

  private static TokenUsage usage(long input, long read, long written, long output) {
    return new TokenUsage(
        OptionalLong.of(input),
        OptionalLong.of(read),
        OptionalLong.of(written),
        OptionalLong.of(output),
        OptionalLong.empty());
  }

  @Test
  void readsAStreamFromItsStartToItsStop() {
    events(
        START,
        TEXT_BLOCK,
        "{\"type\":\"ping\"}",
        text("Hel"),
        text("lo, w\\u00f6rld"),
        text(""),
        BLOCK_STOP,
        end("\"end_turn\"", "{\"output_tokens\":15}"),
        STOP);
    decoder.end(8);

    assertThat(listener.events())
        .containsExactly(
            "CONTENT Hel", "CONTENT lo, wörld", "finish end_turn", "usage", "completed");
    assertThat(listener.usages()).containsExactly(usage(12, 6, 2, 15));
    assertThat(served)
        .containsExactly(new Served("claude-x-2026", "priority", "", OptionalLong.empty()));
  }

  @Test
  void thinkingPrecedesTheAnswerAndItsSignatureIsNoOutput() {
    events(
        START,
        block("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
        delta("{\"type\":\"thinking_delta\",\"thinking\":\"Hm.\"}"),
        delta("{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}"),
        BLOCK_STOP,
        TEXT_BLOCK,
        text("Yes"),
        end(
            "\"end_turn\"",
            "{\"output_tokens\":3,\"output_tokens_details\":{\"thinking_tokens\":2}}"),
        STOP);

    assertThat(listener.events())
        .containsExactly("REASONING Hm.", "CONTENT Yes", "finish end_turn", "usage", "completed");
    assertThat(listener.usages().get(0).reasoning()).hasValue(2);
  }

  @Test
  void thinkingThatTheServiceDoesNotShowIsOutputWithoutText() {
    events(
        START,
        block("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
        delta("{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}"),
        BLOCK_STOP,
        block("{\"type\":\"redacted_thinking\",\"data\":\"ZGF0YQ\"}"),
        BLOCK_STOP,
        end("\"max_tokens\"", "{\"output_tokens\":100}"),
        STOP);

    assertThat(listener.events())
        .containsExactly(
            "REASONING without text",
            "REASONING without text",
            "finish max_tokens",
            "usage",
            "completed");
  }

  @Test
  void aToolCallIsOutputFromItsNameOn() {
    events(
        START,
        block("{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"get_time\",\"input\":{}}"),
        delta("{\"type\":\"input_json_delta\",\"partial_json\":\"\"}"),
        delta("{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"zone\\\":\"}"),
        delta("{\"type\":\"input_json_delta\",\"partial_json\":\"1}\"}"),
        BLOCK_STOP,
        end("\"tool_use\"", "{\"output_tokens\":9}"),
        STOP);

    assertThat(listener.events())
        .containsExactly(
            "TOOL_CALL without text",
            "TOOL_CALL {\"zone\":",
            "TOOL_CALL 1}",
            "finish tool_use",
            "usage",
            "completed");
  }

  @Test
  void whatAToolOfTheServiceFoundIsNotTheModelsOutput() {
    events(
        START,
        block("{\"type\":\"server_tool_use\",\"id\":\"t\",\"name\":\"web_search\",\"input\":{}}"),
        block("{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"t\",\"content\":[{}]}"),
        BLOCK_STOP);

    assertThat(listener.events()).containsExactly("TOOL_CALL without text");
  }

  @Test
  void usageGrowsAndWhatALaterEventDoesNotSayStays() {
    events(
        START,
        TEXT_BLOCK,
        text("a"),
        end("null", "{\"output_tokens\":5}"),
        end("\"end_turn\"", "{\"output_tokens\":9,\"input_tokens\":10}"),
        STOP);

    assertThat(listener.usages()).containsExactly(usage(12, 6, 2, 5), usage(18, 6, 2, 9));
  }

  @Test
  void countsThatAGatewayFillsWithZerosStay() {
    events(
        START,
        end(
            "\"end_turn\"",
            "{\"input_tokens\":0,\"cache_read_input_tokens\":0,\"cache_creation_input_tokens\":0,"
                + "\"output_tokens\":9}"),
        STOP);

    assertThat(listener.usages()).containsExactly(usage(12, 6, 2, 9));
  }

  @Test
  void countsOfTheLastEventTakeThePlaceOfZerosInTheFirst() {
    events(
        "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":0,\"output_tokens\":0}}}",
        end("\"end_turn\"", "{\"input_tokens\":\"25\",\"output_tokens\":\"10\"}"),
        STOP);

    assertThat(listener.usages().get(0).input()).hasValue(25);
    assertThat(listener.usages().get(0).output()).hasValue(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"end_turn", "max_tokens", "stop_sequence", "pause_turn", "refusal", "of_tomorrow"})
  void aStreamThatSaidWhyItStoppedIsCompleteWithoutItsLastEvent(String reason) {
    events(START, TEXT_BLOCK, text("a"), end("\"" + reason + "\"", "{\"output_tokens\":1}"));
    decoder.end(8);

    assertThat(listener.events())
        .containsExactly("CONTENT a", "finish " + reason, "usage", "completed");
  }

  @Test
  void aStreamThatEndsBeforeItIsBroken() {
    events(START, TEXT_BLOCK, text("a"));
    decoder.end(8);

    assertThat(listener.failure())
        .isEqualTo(
            new Failure(
                Failure.Kind.BROKEN, 200, "", "stream ended before message_stop, after 3 events"));
  }

  @ParameterizedTest
  @CsvSource({
    "overloaded_error, BROKEN",
    "api_error, BROKEN",
    "rate_limit_error, THROTTLED",
    "timeout_error, BROKEN"
  })
  void anErrorInAStreamEndsItWithItsWords(String type, Failure.Kind kind) {
    events(
        START,
        "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"Overloaded\"}}");

    assertThat(listener.failure()).isEqualTo(new Failure(kind, 200, type, "Overloaded"));
  }

  @Test
  void anEventThatIsNotJsonIsMalformedAndItsTextIsNotQuoted() {
    events("{\"type\":\"content_block_delta\",\"secret words");

    assertThat(listener.failure().kind()).isEqualTo(Failure.Kind.MALFORMED);
    assertThat(listener.failure().message()).startsWith("not JSON: ").doesNotContain("secret");
  }

  @Test
  void anEventThatTheEndCutsIsBroken() {
    byte[] cut = "{\"type\":\"content_bl".getBytes(UTF_8);
    decoder.lastEvent(7, cut, 0, cut.length);

    assertThat(listener.failure().kind()).isEqualTo(Failure.Kind.BROKEN);
    assertThat(listener.failure().message()).isEqualTo("stream ended inside an event");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[DONE]", "\"[DONE]\""})
  void theMarkOfOtherServersIsNoEventAndNoEnd(String mark) {
    events(
        START,
        TEXT_BLOCK,
        text("a"),
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}",
        mark);
    decoder.end(8);

    assertThat(listener.events())
        .containsExactly("CONTENT a", "finish end_turn", "usage", "completed");
  }

  @Test
  void theMarkOfOtherServersDoesNotCompleteACutAnswer() {
    events(START, TEXT_BLOCK, text("a"), "[DONE]");
    decoder.end(8);

    assertThat(listener.failure().kind()).isEqualTo(Failure.Kind.BROKEN);
  }

  @Test
  void heartBeatsOfGatewaysAreSkipped() {
    events(": keepalive", "", " ", "ping", START, TEXT_BLOCK, text("a"), STOP);

    assertThat(listener.events()).containsExactly("CONTENT a", "completed");
  }

  @Test
  void eventsThatOnlyTheirNameDescribesAreRead() {
    named("content_block_delta", "{\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}");
    named("message_delta", "{\"delta\":{\"stop_reason\":\"end_turn\"}}");
    named("message_stop", "{}");

    assertThat(listener.events()).containsExactly("CONTENT a", "finish end_turn", "completed");
  }

  private void named(String name, String json) {
    decoder.nameOfEvents(() -> name);
    events(json);
  }

  @Test
  void anErrorInTheFormOfOtherServicesIsRead() {
    events(START, "{\"error\":{\"message\":\"upstream died\",\"code\":\"500\"}}");

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 200, "500", "upstream died"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error | {'message':'died','code':'internal'} | BROKEN | internal | died",
        "'' | {'type':'error','message':'died'} | BROKEN | '' | died",
        "message | {'error':{'type':'api_error','message':'died'}} | BROKEN | api_error | died",
        "'' | {'message':'Too many requests, wait'} | BROKEN | '' | Too many requests, wait",
        "'' | {'throttlingException':{'message':'Slow'}} | THROTTLED | throttlingException | Slow",
        "'' | {'error':{'type':'invalid','code':'429','message':'Slow'}} | THROTTLED | 429 | Slow"
      })
  void anErrorOfAGatewayEndsTheCallWithItsWords(
      String name, String json, Failure.Kind kind, String code, String said) {
    events(START, TEXT_BLOCK, text("a"));
    named(name, json.replace('\'', '"'));

    assertThat(listener.failure()).isEqualTo(new Failure(kind, 200, code, said));
  }

  @Test
  void anErrorInPlainTextIsKept() {
    named("error", "upstream exploded");

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 200, "", "upstream exploded"));
  }

  @Test
  void anErrorBesideTheStreamIsRead() {
    byte[] line =
        "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"No\"}}"
            .getBytes(UTF_8);
    decoder.strayObject(7, line, 0, line.length);

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 200, "api_error", "No"));
  }

  @Test
  void eventsOfTomorrowAreSkipped() {
    events(
        START,
        "{\"type\":\"content_block_aside\",\"delta\":{\"type\":\"text_delta\",\"text\":\"x\"}}",
        delta("{\"type\":\"citations_delta\",\"citation\":{\"cited_text\":\"x\"}}"),
        delta("{\"type\":\"delta_of_tomorrow\",\"text\":\"x\"}"));

    assertThat(listener.events()).isEmpty();
  }

  @Test
  void readsAnAnswerInOnePiece() {
    whole(
        "{\"id\":\"msg_1\",\"type\":\"message\",\"model\":\"claude-x\",\"content\":[{\"type\":\"thinking\","
            + "\"thinking\":\"Hm.\",\"signature\":\"s\"},{\"type\":\"text\",\"text\":\"Yes\"},"
            + "{\"type\":\"tool_use\",\"name\":\"n\",\"input\":{\"a\":1}}],\"stop_reason\":\"tool_use\","
            + "\"usage\":{\"input_tokens\":3,\"cache_read_input_tokens\":0,"
            + "\"cache_creation_input_tokens\":0,\"output_tokens\":7}}");

    assertThat(listener.events())
        .containsExactly(
            "REASONING Hm.",
            "CONTENT Yes",
            "TOOL_CALL {\"a\":1}",
            "usage",
            "finish tool_use",
            "completed");
    assertThat(listener.usages()).containsExactly(usage(3, 0, 0, 7));
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"No\"}}', REJECTED",
    "'{\"error\":{\"message\":\"No\",\"code\":\"429\"}}', THROTTLED",
    "'{}', MALFORMED",
    "'[]', MALFORMED",
    "'', MALFORMED"
  })
  void anAnswerInOnePieceThatIsNoMessageFails(String json, Failure.Kind kind) {
    whole(json);

    assertThat(listener.failure().kind()).isEqualTo(kind);
  }

  @Test
  void nothingIsHeardAfterTheEnd() {
    events(START, TEXT_BLOCK, text("a"), STOP, text("b"), STOP);

    assertThat(listener.events()).containsExactly("CONTENT a", "completed");
  }
}
