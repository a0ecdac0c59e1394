package dev.gatlingllm.provider.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import java.util.Locale;
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

    assertThat(listener.events())
        .containsExactly("TOOL_CALL without text", "TOOL_CALL {\"a\":1}", "TOOL_CALL {}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Mistral
        "'content':[{'type':'thinking','thinking':[{'type':'text','text':'Hm'}]}] | REASONING Hm",
        "'content':[{'type':'thinking','thinking':'Hm','closed':true}] | REASONING Hm",
        "'content':[{'type':'text','text':'So'},{'type':'reference','reference_ids':[1]}] | CONTENT So",
        // Databricks
        "'content':[{'type':'reasoning','summary':[{'type':'summary_text','text':'Hm'}]}] | REASONING_SUMMARY Hm",
        "'content':[{'summary':[{'text':'Hm'}],'type':'reasoning'},{'text':'So'}] | REASONING_SUMMARY Hm,CONTENT So",
        "'content':['So',' on'] | CONTENT So on",
        "'content':{'type':'text','text':'So'} | CONTENT So",
        // OpenRouter, MiniMax
        "'content':'','reasoning_details':[{'type':'reasoning.text','text':'Hm'}] | REASONING Hm",
        "'reasoning':'Hm','reasoning_details':[{'type':'reasoning.text','text':'Hm'}] | REASONING Hm",
        "'reasoning_details':[{'type':'reasoning.summary','summary':'Hm'}] | REASONING_SUMMARY Hm",
        "'reasoning_details':[{'type':'reasoning.summary','summary':'Hm'}],'reasoning':'Hm' | REASONING_SUMMARY Hm",
        "'reasoning_details':[{'type':'reasoning.encrypted','data':'Z0Z0'}] | REASONING without text",
        "'content':'So','reasoning_details':[{'type':'reasoning.encrypted','data':'Z0Z0'}] | CONTENT So",
        // LiteLLM
        "'thinking_blocks':[{'type':'thinking','thinking':'Hm'}],'reasoning_content':'Hm' | REASONING Hm",
        "'thinking_blocks':[{'type':'redacted_thinking','data':'Z0Z0'}] | REASONING without text",
        "'reasoning_content':[{'type':'text','text':'Hm'}] | REASONING Hm",
        "'reasoning_text':'Hm','reasoning_opaque':'Z0' | REASONING Hm",
        "'thinking':'Hm' | REASONING Hm"
      })
  void readsReasoningAndContentInEveryPublishedShape(String fields, String heard) {
    event(delta(fields.replace('\'', '"')));

    assertThat(listener.events()).containsExactly(heard.split(","));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'tool_calls':[{'function':{'name':'f','arguments':''}}] | TOOL_CALL without text",
        "'tool_calls':[{'function':{'name':'f','arguments':null}}] | TOOL_CALL without text",
        "'tool_calls':[{'function':{'name':'f'}}] | TOOL_CALL without text",
        "'tool_calls':[{'function':{'name':'f','arguments':{'a':[1]}}}] | TOOL_CALL {'a':[1]}",
        "'tool_calls':[{'function':{'name':null,'arguments':''}}] | ",
        "'tool_calls':[{'type':'custom','custom':{'name':'f','input':'x'}}] | TOOL_CALL x",
        "'tool_calls':[{'type':'custom','custom':{'name':'f','input':''}}] | TOOL_CALL without text",
        "'tool_calls':[{'name':'f','arguments':'{}'}] | TOOL_CALL {}",
        "'tool_calls':{'function':{'name':'f','arguments':'{}'}} | TOOL_CALL {}",
        "'function_call':{'name':'f','arguments':''} | TOOL_CALL without text",
        "'content':'So','tool_calls':[{'function':{'name':'f','arguments':''}}] | CONTENT So",
        "'reasoning':'Hm','tool_calls':[{'function':{'name':'f'}}] | REASONING Hm,TOOL_CALL without text",
        "'content':[{'type':'tool_use','name':'f','input':{}}] | TOOL_CALL without text"
      })
  void theEventThatNamesAToolIsOutput(String fields, String heard) {
    event(delta(fields.replace('\'', '"')));

    assertThat(String.join(",", listener.events()))
        .isEqualTo(heard == null ? "" : heard.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'audio':{'id':'a','transcript':'So'} | MEDIA So",
        "'audio':{'id':'a','data':'Z0Z0'} | MEDIA without text",
        "'audio':{'id':'a','data':'Z0Z0','transcript':'So'} | MEDIA So",
        "'audio':{'id':'a','expires_at':7} | ",
        "'content':'','images':[{'type':'image_url','image_url':{'url':'data:,'}}] | MEDIA without text",
        "'content':'So','images':[{'type':'image_url'}] | CONTENT So",
        "'content':[{'type':'image_url','image_url':{'url':'data:,'}}] | MEDIA without text"
      })
  void soundAndImagesAreOutput(String fields, String heard) {
    event(delta(fields.replace('\'', '"')));

    assertThat(String.join(",", listener.events())).isEqualTo(heard == null ? "" : heard);
  }

  @Test
  void aMessageThatRepeatsThePiecesIsNoFurtherOutput() {
    String piece = "{\"choices\":[{%s\"delta\":{\"content\":\"%s\"}%s}]}";
    String message = "\"message\":{\"role\":\"assistant\",\"content\":\"ab\"}";
    event(String.format(Locale.ROOT, piece, "", "a", "," + message));
    event(String.format(Locale.ROOT, piece, message + ",", "b", ""));
    event(String.format(Locale.ROOT, piece, message + ",", "", ""));
    event("{\"choices\":[{" + message + ",\"finish_reason\":\"stop\"}]}");

    assertThat(listener.events()).containsExactly("CONTENT a", "CONTENT b", "finish stop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\" \"", "\"null\"", "\"NULL\"", "\"none\"", "null", "{}", "7"})
  void aFinishReasonThatSaysNothingIsNone(String reason) {
    event("{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":" + reason + "}]}");
    decoder.end(20);

    assertThat(listener.events()).containsExactly("CONTENT a", "failed BROKEN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"delta\":{\"content\":\"\"},\"error\":{\"code\":502,\"message\":\"died\"},"
            + "\"finish_reason\":null}]}",
        "{\"choices\":[{\"error\":{\"code\":502,\"message\":\"died\"},\"delta\":{}}]}",
        "{\"choices\":[{\"delta\":{\"error\":{\"code\":502,\"message\":\"died\"}}}]}",
        "{\"choices\":[{\"message\":{\"content\":\"\"},\"error\":{\"code\":502,\"message\":\"died\"}}]}",
        "{\"choices\":[],\"error\":{\"code\":502,\"message\":\"died\"}}"
      })
  void anErrorInsideTheChoiceEndsTheCallWithItsWords(String json) {
    event(json);

    assertThat(listener.failure()).isEqualTo(new Failure(Failure.Kind.BROKEN, 200, "502", "died"));
  }

  @Test
  void theErrorThatGroqCutsAStreamWithEndsTheCall() {
    event("{\"choices\":[{\"delta\":{}}],\"x_groq\":{\"id\":\"r\",\"error\":\"over capacity\"}}");

    assertThat(listener.failure().message()).isEqualTo("over capacity");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"error\":null}],\"error\":\"\"}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"error\":\"\"}],\"error\":null}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"text\":1}],\"usage\":[],\"error\":[]}",
        "{\"error\":{},\"choices\":[{\"delta\":{\"content\":\"a\"},\"text\":1}],\"usage\":[]}",
        "{\"error\":false,\"choices\":[{\"delta\":{\"content\":\"a\"}}]}"
      })
  void anErrorThatIsEmptyIsNone(String json) {
    event(json);

    assertThat(listener.events()).containsExactly("CONTENT a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'code':0,'message':'Success','sid':'cha'}",
        "{'code':'200','message':'ok'}",
        "{'base_resp':{'status_code':0,'status_msg':''}}",
        "{'base_resp':{'status_code':0,'status_msg':'success'}}",
        "null"
      })
  void anEventThatSaysThatAllIsWellIsNoError(String json) {
    event(json.replace('\'', '"'));
    event(delta("\"content\":\"a\""));

    assertThat(listener.events()).containsExactly("CONTENT a");
  }

  @Test
  void theWordsOfAnUnknownObjectAreKeptForAStreamThatEndsTooSoon() {
    event(delta("\"content\":\"a\""));
    event("{\"title\":\"Worker lost\",\"detail\":null}");
    decoder.end(20);

    assertThat(listener.failure().message())
        .isEqualTo("stream ended before finish_reason, after 2 events; it said: Worker lost");
  }

  @Test
  void halfACharacterIsTextAsTheStandardHasIt() {
    byte[] bytes = delta("\"content\":\"aZ\"").getBytes(UTF_8);
    bytes[new String(bytes, UTF_8).indexOf('Z')] = (byte) 0xE4;
    decoder.event(10, bytes, 0, bytes.length);

    assertThat(listener.events()).containsExactly("CONTENT a\uFFFD");
  }

  @Test
  void textOfTheOlderCompletionsIsOutputUnlessADeltaHoldsIt() {
    event("{\"choices\":[{\"index\":0,\"text\":\"a\",\"finish_reason\":null}]}");
    event("{\"choices\":[{\"index\":0,\"text\":\"b\",\"delta\":{\"content\":\"b\"}}]}");

    assertThat(listener.events()).containsExactly("CONTENT a", "CONTENT b");
  }

  @Test
  void thoughtsThatGeminiSendsAsContentAreAReasoningSummary() {
    event(delta("\"content\":\"<thought>Hm\",\"extra_content\":{\"google\":{\"thought\":true}}"));
    event(delta("\"extra_content\":{\"google\":{\"thought_signature\":\"s\"}},\"content\":\"So\""));

    assertThat(listener.events()).containsExactly("REASONING_SUMMARY <thought>Hm", "CONTENT So");
  }

  @Test
  void behindTheThoughtsOfAMarkedMessageIsItsAnswer() {
    whole(
        "{\"choices\":[{\"message\":{\"content\":\"<thought>Hm</thought>So\",\"extra_content\":"
            + "{\"google\":{\"thought\":true}}},\"finish_reason\":\"stop\"}]}");

    assertThat(listener.events())
        .containsExactly(
            "REASONING_SUMMARY <thought>Hm</thought>", "CONTENT So", "finish stop", "completed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Internal Server Error",
        "error: upstream timed out",
        "[ERROR] worker lost",
        "Exception: no memory",
        "502 Bad Gateway"
      })
  void anErrorInPlainTextIsOneWithItsWords(String data) {
    event(data);

    assertThat(listener.failure()).isEqualTo(new Failure(Failure.Kind.BROKEN, 200, "", data));
  }

  @Test
  void anObjectOfTheFormatThatIsNoChunkIsNoError() {
    event("{\"object\":\"chat.completion.status\",\"type\":\"status\",\"message\":\"searching\"}");

    assertThat(listener.events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {": keepalive", ":", "ping", "[PING]", "keep-alive", "HEARTBEAT"})
  void aHeartBeatThatIsSentAsDataIsOne(String data) {
    event(data);
    event(delta("\"content\":\"a\""));

    assertThat(listener.events()).containsExactly("CONTENT a");
  }

  @Test
  void whateverAnEventHoldsThatIsNamedAHeartBeatIsOne() {
    decoder.nameOfEvents(() -> "ping");
    event("2026-01-01 12:00");

    assertThat(listener.events()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "engine died | '' | engine died",
        "{'message':'engine died','code':500} | 500 | engine died",
        "{'type':'internal'} | internal | ''",
        "{'error':{'message':'engine died'}} | '' | engine died"
      })
  void anEventThatIsNamedAnErrorIsOneWithTheWordsItHolds(String data, String code, String said) {
    decoder.nameOfEvents(() -> "error");
    event(data.replace('\'', '"'));

    assertThat(listener.failure())
        .isEqualTo(
            new Failure(Failure.Kind.BROKEN, 200, code.replace("'", ""), said.replace("'", "")));
  }

  @Test
  void ofAnErrorOnALineWithoutFieldTheWordsAreKept() {
    byte[] line = "{\"error\":{\"message\":\"engine died\",\"code\":500}}".getBytes(UTF_8);
    byte[] other = "{\"status\":\"fine\"}".getBytes(UTF_8);
    decoder.strayObject(10, other, 0, other.length);
    decoder.strayObject(10, line, 0, line.length - 1);
    assertThat(listener.events()).isEmpty();

    decoder.strayObject(10, line, 0, line.length);
    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 200, "500", "engine died"));
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
        "{\"choices\":[{\"delta\":{\"content\":[],\"tool_calls\":{},\"images\":[]}}]}",
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

  private static TokenUsage counts(long input, long output, boolean totalDiffers) {
    OptionalLong none = OptionalLong.empty();
    return new TokenUsage(
        OptionalLong.of(input), none, none, OptionalLong.of(output), none, totalDiffers, none);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'usage':USAGE",
        "'choices':[{'delta':{},'usage':USAGE}]",
        "'choices':[{'delta':{}}],'x_groq':{'id':'r','usage':USAGE}"
      })
  void findsUsageWhereServicesPutIt(String fields) {
    String usage = "{'prompt_tokens':12,'completion_tokens':37,'total_tokens':49}";
    event(("{" + fields.replace("USAGE", usage) + "}").replace('\'', '"'));

    assertThat(listener.usages()).containsExactly(counts(12, 37, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'prompt_tokens':12.0,'completion_tokens':37.0}",
        "{'prompt_tokens':'12','completion_tokens':'37.0'}",
        "{'prompt_tokens':12,'completion_tokens':37,'total_tokens':'n/a'}"
      })
  void aCountMayBeWrittenAsATextOrWithAPoint(String usage) {
    event("{\"usage\":" + usage.replace('\'', '"') + "}");

    assertThat(listener.usages()).containsExactly(counts(12, 37, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'prompt_tokens_details':{'cached_tokens':50,'cache_creation_tokens':40},"
            + "'cache_read_input_tokens':50,'cache_creation_input_tokens':40",
        "'cache_read_input_tokens':50,'cache_creation_input_tokens':40",
        "'prompt_tokens_details':{'cached_tokens':50,'cache_write_tokens':40}"
      })
  void whatACacheReadAndWroteIsFoundUnderEveryName(String fields) {
    event(
        "{\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":10,\"total_tokens\":110,"
            + fields.replace('\'', '"')
            + "}}");

    TokenUsage usage = listener.usages().get(0);
    assertThat(usage.cachedInput()).hasValue(50);
    assertThat(usage.cacheWrite()).hasValue(40);
  }

  @Test
  void tokensOfARejectedPredictionAreToldApart() {
    event(
        """
        {"usage":{"prompt_tokens":12,"completion_tokens":100,"completion_tokens_details":{\
        "accepted_prediction_tokens":5,"rejected_prediction_tokens":90}}}""");
    event("{\"usage\":{\"completion_tokens\":100}}");

    TokenUsage usage = listener.usages().get(1);
    assertThat(usage.output()).hasValue(100);
    assertThat(usage.rejected()).hasValue(90);
  }

  @ParameterizedTest
  @CsvSource({
    // Beside the completion, as xAI counts.
    "12, 10, 300, 322, 310, false",
    "12, 310, 300, 322, 310, false",
    "12, 310, 300, 312, 310, true",
    "12, 310, 300, 5, 310, true"
  })
  void outputIsAllThatTheTotalHoldsBesideTheInput(
      long input, long completion, long reasoning, long total, long output, boolean differs) {
    event(
        String.format(
            Locale.ROOT,
            "{\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":%d}}}",
            input,
            completion,
            total,
            reasoning));

    TokenUsage usage = listener.usages().get(0);
    assertThat(usage.output()).hasValue(output);
    assertThat(usage.reasoning()).hasValue(reasoning);
    assertThat(usage.totalDiffers()).isEqualTo(differs);
  }

  @Test
  void reportsOfOneCallAreTakenTogether() {
    event("{\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":0,\"total_tokens\":12}}");
    event("{\"usage\":{\"completion_tokens\":37}}");
    event("{\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}}");

    assertThat(listener.usages()).endsWith(counts(12, 37, false));
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
        "{'choices':[],'error':{'message':'Oops'}} | BROKEN | '' | Oops",
        "{'error_code':336501,'error_msg':'Rate limit'} | BROKEN | 336501 | Rate limit",
        "{'throttlingException':{'message':'Too many'}} | THROTTLED | throttlingException | Too many",
        "{'success':false,'errors':[{'code':3040,'message':'Full'}]} | BROKEN | 3040 | Full",
        "{'choices':null,'base_resp':{'status_code':1008,'status_msg':'No money'}} | BROKEN | 1008 | No money",
        "{'fault':{'faultstring':'Timeout','detail':{'errorcode':'x.y'}}} | BROKEN | x.y | Timeout",
        "[{'error':{'code':503,'message':'Overloaded','status':'UNAVAILABLE'}}] | BROKEN | 503 | Overloaded",
        "[{'error':{'code':429,'message':'Quota'}}] | THROTTLED | 429 | Quota",
        "{'object':'error','type':'rate_limited','code':'1300','message':'Slow'} | THROTTLED | rate_limited | Slow",
        "{'error':{'code':'1302','type':'rate_limit_error','message':'Slow'}} | THROTTLED | rate_limit_error | Slow",
        "{'error':{'status':'RESOURCE_EXHAUSTED','message':'Slow'}} | THROTTLED | RESOURCE_EXHAUSTED | Slow"
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
        "{'choices':[} | not JSON near byte 12 of 13",
        "{'choices' | not JSON near byte 10 of 10",
        "<html> | not JSON near byte 0 of 6",
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

  @ParameterizedTest
  @ValueSource(
      strings = {"secret words", "{\"choices\":[{\"delta\":{\"content\":secret}}]}", "secret"})
  void quotesNothingOfWhatIsMalformed(String json) {
    event(json);

    assertThat(listener.failure().message()).startsWith("not JSON near").doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[DONE]", " [DONE] ", "\"[DONE]\""})
  void completesAtTheMarkOfTheEnd(String mark) {
    event(mark);

    assertThat(listener.events()).containsExactly("completed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':{'message':'No credit','code':'insufficient_quota'}} | REJECTED",
        "{'object':'error','message':'No credit','code':'insufficient_quota'} | REJECTED",
        "{'error':{'message':'No credit','code':'rate_limit_exceeded'}} | THROTTLED",
        "{'choices':null,'base_resp':{'status_code':1008,'status_msg':'No credit'}} | REJECTED",
        "{'error_code':17,'error_msg':'No credit'} | REJECTED",
        "{'choices':[{'message':{'content':'a'},'error':{'message':'No credit'}}]} | BROKEN"
      })
  void aWholeAnswerThatIsAnErrorWasRefused(String json, Failure.Kind kind) {
    whole(json.replace('\'', '"'));

    assertThat(listener.failure().kind()).isEqualTo(kind);
    assertThat(listener.failure().message()).isEqualTo("No credit");
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
    assertThat(listener.failure().message()).isEqualTo("not JSON near byte 1 of 1");
  }

  private static Served by(String model, String tier) {
    return new Served(model, tier, "", OptionalLong.empty());
  }

  private static String chunkOf(String fields) {
    return "{"
        + fields
        + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}";
  }

  @Test
  void whoServesAStreamIsToldOnceAndNotForEachChunk() {
    String fields = "\"model\":\"gpt-5-mini-2025-08-07\",\"service_tier\":\"flex\"";
    event(chunkOf(fields));
    event(chunkOf(fields));
    event(chunkOf(fields));

    assertThat(listener.served()).containsExactly(by("gpt-5-mini-2025-08-07", "flex"));
  }

  @Test
  void theFirstEventOfAzureNamesNoModelAndTheNextOneDoes() {
    event("{\"choices\":[],\"model\":\"\",\"prompt_filter_results\":[]}");
    event(chunkOf("\"model\":\"gpt-4o-2024-08-06\",\"service_tier\":null"));

    assertThat(listener.served()).containsExactly(by("gpt-4o-2024-08-06", ""));
  }

  @Test
  void theLastEventCorrectsTheTierOfTheFirst() {
    event(chunkOf("\"model\":\"m\",\"service_tier\":\"auto\""));
    event(
        "{\"model\":\"m\",\"service_tier\":\"flex\",\"choices\":[{\"index\":0,\"delta\":{},"
            + "\"finish_reason\":\"stop\"}]}");
    event(
        "{\"model\":\"m\",\"service_tier\":\"default\",\"choices\":[],"
            + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}");

    assertThat(listener.served())
        .containsExactly(by("m", "auto"), by("m", "flex"), by("m", "default"));
  }

  @Test
  void aModelThatIsNoTextIsLeftOut() {
    event(chunkOf("\"model\":7,\"service_tier\":[\"a\"]"));

    assertThat(listener.served()).isEmpty();
    assertThat(listener.events()).containsExactly("CONTENT a");
  }

  @Test
  void aWholeAnswerSaysWhoServedIt() {
    whole(
        "{\"model\":\"m-1\",\"service_tier\":\"priority\","
            + "\"choices\":[{\"message\":{\"content\":\"Hello\"}}]}");

    assertThat(listener.served()).containsExactly(by("m-1", "priority"));
  }
}
