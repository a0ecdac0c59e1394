package dev.gatlingllm.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.input.PayloadFiles;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.bedrock.BedrockSettings.Protocol;
import dev.gatlingllm.provider.bedrock.body.BodyFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** InvokeModel over real sockets, streamed and not. */
class BedrockInvokeTest {

  private static final LlmRequest HI = LlmRequest.ofPrompt("Hi").withMaxTokens(9);
  private static final BedrockOptions ANTHROPIC =
      new BedrockOptions(Optional.of(BodyFormat.named("anthropic")), "", "", "");
  private static final String STOP =
      "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
          + "\"usage\":{\"input_tokens\":12,\"output_tokens\":7}}";

  private static byte[] chunk(String json) {
    String bytes = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
    return Frames.event("chunk", "{\"bytes\":\"" + bytes + "\",\"p\":\"abcdef\"}");
  }

  private static byte[] text(String text) {
    return chunk(
        "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\""
            + text
            + "\"}}");
  }

  private static BedrockClient client(StubBedrock stub, Protocol protocol, BedrockOptions options) {
    BedrockSettings settings = Settings.to(stub, protocol);
    return new BedrockClient(
        new BedrockSettings(
            settings.region(),
            settings.modelId(),
            settings.endpoint(),
            settings.apiKey(),
            settings.accessKey(),
            protocol,
            options,
            settings.client()));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void tellsAStreamFromHeadToEnd(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = client(stub, protocol, ANTHROPIC)) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);
      StubCall call = stub.take().stream();
      listener.awaitHead();
      call.bytes(text("Hello"));
      RecordingListener.Told first = listener.nextOutput();
      call.bytes(text(" there"));
      RecordingListener.Told second = listener.nextOutput();
      call.bytes(chunk(STOP)).end();

      assertThat(call.uri()).isEqualTo("/model/test.model-v1%3A0/invoke-with-response-stream");
      assertThat(call.header("authorization")).startsWith("AWS4-HMAC-SHA256 ");
      assertThat(new ObjectMapper().readTree(call.body()).get("max_tokens").asInt()).isEqualTo(9);
      assertThat(listener.events())
          .containsExactly(
              "head:200",
              "CONTENT:Hello",
              "CONTENT: there",
              "usage",
              "finish:end_turn",
              "completed");
      assertThat(second.nanos()).isGreaterThan(first.nanos());
      assertThat(listener.usage().input()).hasValue(12);
      assertThat(listener.usage().output()).hasValue(7);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void tellsAnAnswerInOnePieceWithTheCountsOfItsHeaders(Protocol protocol) throws Exception {
    BedrockOptions options =
        new BedrockOptions(Optional.of(BodyFormat.named("llama")), "guard-1", "2", "priority");
    try (StubBedrock stub =
            new StubBedrock(
                protocol,
                call ->
                    call.json(
                        200,
                        "{\"generation\":\"Hello\",\"stop_reason\":\"stop\"}",
                        "x-amzn-bedrock-input-token-count",
                        "12",
                        "x-amzn-bedrock-output-token-count",
                        "7"));
        BedrockClient client = client(stub, protocol, options)) {
      RecordingListener listener = new RecordingListener();
      client.start(HI.withStreaming(false).withLatencyMode("optimized"), listener);

      assertThat(listener.events())
          .containsExactly("head:200", "CONTENT:Hello", "finish:stop", "usage", "completed");
      assertThat(listener.usage().input()).hasValue(12);
      assertThat(listener.usage().output()).hasValue(7);
      StubCall call = stub.take();
      assertThat(call.uri()).isEqualTo("/model/test.model-v1%3A0/invoke");
      assertThat(call.header("x-amzn-bedrock-guardrailidentifier")).isEqualTo("guard-1");
      assertThat(call.header("x-amzn-bedrock-guardrailversion")).isEqualTo("2");
      assertThat(call.header("x-amzn-bedrock-performanceconfig-latency")).isEqualTo("optimized");
      assertThat(call.header("x-amzn-bedrock-service-tier")).isEqualTo("priority");
    }
  }

  @Test
  void isThrottledByStatusAndInTheMiddleOfAStream() throws Exception {
    try (StubBedrock stub =
            new StubBedrock(
                Protocol.HTTP1_1,
                call ->
                    call.json(
                        429,
                        "{\"message\":\"slow down\"}",
                        "x-amzn-errortype",
                        "ThrottlingException"));
        BedrockClient client = client(stub, Protocol.HTTP1_1, ANTHROPIC)) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);

      assertThat(listener.failure())
          .isEqualTo(new Failure(Failure.Kind.THROTTLED, 429, "ThrottlingException", "slow down"));
    }
    assertThat(
            failureAfter(
                text("Hel"),
                Frames.exception("throttlingException", "{\"message\":\"slow down\"}")))
        .isEqualTo(new Failure(Failure.Kind.THROTTLED, 200, "throttlingException", "slow down"));
  }

  @Test
  void isBrokenByAnEndBeforeTheModelStopped() throws Exception {
    assertThat(failureAfter(text("Hel")))
        .isEqualTo(
            new Failure(Failure.Kind.BROKEN, 200, "", "the stream ended before the model stopped"));
  }

  @Test
  void isMalformedByAChunkThatIsNoJsonAndDoesNotQuoteIt() throws Exception {
    assertThat(failureAfter(chunk("secret")))
        .isEqualTo(
            new Failure(Failure.Kind.MALFORMED, 200, "", "the payload of chunk is not valid JSON"));
  }

  @Test
  void isBrokenByAnErrorInTheBody() throws Exception {
    assertThat(
            failureAfter(
                chunk(
                    "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                        + "\"message\":\"Busy\"}}")))
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 200, "overloaded_error", "Busy"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "anthropic |"
            + " {'type':'image','source':{'type':'base64','media_type':'image/png','data':'%s'}} |"
            + " {'type':'text','text':'How many bars are there?'}",
        "nova | {'image':{'format':'png','source':{'bytes':'%s'}}}"
            + " | {'text':'How many bars are there?'}"
      })
  void sendsAnImageOfAFileInTheWordsOfTheBody(String format, String image, String text)
      throws Exception {
    LlmRequest asked = PayloadFiles.read(Path.of("feeders/messages-images.jsonl")).get(1).request();
    String data =
        Base64.getEncoder()
            .encodeToString(Files.readAllBytes(Path.of("feeders/attachments/bars.png")));
    try (StubBedrock stub = new StubBedrock(Protocol.HTTP1_1);
        BedrockClient client =
            client(
                stub,
                Protocol.HTTP1_1,
                new BedrockOptions(Optional.of(BodyFormat.named(format)), "", "", ""))) {
      var handle = client.start(asked, new RecordingListener());
      StubCall call = stub.take();
      handle.cancel();

      ObjectMapper json = new ObjectMapper();
      assertThat(json.readTree(call.body()).at("/messages/0/content"))
          .isEqualTo(
              json.readTree(
                  ("[" + String.format(Locale.ROOT, image, data) + "," + text + "]")
                      .replace('\'', '"')));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "titan"})
  void refusesAnImageInABodyOfTextBeforeItIsSent(String format) throws Exception {
    LlmRequest asked = PayloadFiles.read(Path.of("feeders/messages-images.jsonl")).get(0).request();
    try (StubBedrock stub = new StubBedrock(Protocol.HTTP1_1);
        BedrockClient client =
            client(
                stub,
                Protocol.HTTP1_1,
                new BedrockOptions(Optional.of(BodyFormat.named(format)), "", "", ""))) {
      assertThatThrownBy(() -> client.check(asked))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "attachments cannot hold messages[0].content[1].image_url.url ="
                  + " attachments/bars.png: accepted are no files for ");
      assertThat(stub.requests()).isZero();
    }
  }

  @Test
  void refusesWhatTheBodyCannotSayBeforeItIsSent() throws Exception {
    try (StubBedrock stub = new StubBedrock(Protocol.HTTP1_1);
        BedrockClient client = client(stub, Protocol.HTTP1_1, ANTHROPIC)) {
      assertThatThrownBy(() -> client.check(HI.with(Parameter.CHOICES, 2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("n cannot be sent: there is none in Anthropic's Messages");
      assertThat(stub.requests()).isZero();
    }
  }

  private static Failure failureAfter(byte[]... frames) throws Exception {
    try (StubBedrock stub = new StubBedrock(Protocol.HTTP1_1);
        BedrockClient client = client(stub, Protocol.HTTP1_1, ANTHROPIC)) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);
      StubCall call = stub.take().stream();
      for (byte[] frame : frames) {
        call.bytes(frame);
      }
      call.end();
      return listener.failure();
    }
  }

  @Test
  void aGuardrailMayCheckChunksAfterTheyWereSent() throws Exception {
    BedrockOptions invoked =
        new BedrockOptions(Optional.of(BodyFormat.named("anthropic")), "g", "2", "async", "");
    assertThat(
            sent(HI, invoked).at("/amazon-bedrock-guardrailConfig/streamProcessingMode").asText())
        .isEqualTo("ASYNCHRONOUS");
    assertThat(sent(HI.withStreaming(false), invoked).has("amazon-bedrock-guardrailConfig"))
        .isFalse();

    BedrockOptions conversed = new BedrockOptions(Optional.empty(), "g", "2", "sync", "");
    assertThat(sent(HI, conversed).get("guardrailConfig"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    "{\"guardrailIdentifier\":\"g\",\"guardrailVersion\":\"2\","
                        + "\"streamProcessingMode\":\"sync\"}"));
    assertThatThrownBy(() -> new BedrockOptions(Optional.empty(), "", "", "sync", ""))
        .hasMessageStartingWith("llm.bedrock.guardrail.streamProcessingMode needs a guardrail");
  }

  private static JsonNode sent(LlmRequest request, BedrockOptions options) throws Exception {
    try (StubBedrock stub = new StubBedrock(Protocol.HTTP1_1);
        BedrockClient client = client(stub, Protocol.HTTP1_1, options)) {
      var handle = client.start(request, new RecordingListener());
      StubCall call = stub.take();
      handle.cancel();
      return new ObjectMapper().readTree(call.body());
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void headersAndTheLastChunkSayWhoServedTheCall(Protocol protocol) throws Exception {
    try (StubBedrock stub =
            new StubBedrock(
                protocol,
                call ->
                    call.head(
                            200,
                            "content-type",
                            "application/vnd.amazon.eventstream",
                            "x-amzn-bedrock-service-tier",
                            "default",
                            "x-amzn-bedrock-performanceconfig-latency",
                            "standard")
                        .bytes(text("Hello"))
                        .bytes(
                            chunk(
                                "{\"type\":\"message_stop\","
                                    + "\"amazon-bedrock-invocationMetrics\":"
                                    + "{\"inputTokenCount\":1,\"invocationLatency\":812}}"))
                        .end());
        BedrockClient client = client(stub, protocol, ANTHROPIC)) {
      RecordingListener listener = new RecordingListener();
      client.start(HI.withLatencyMode("optimized"), listener);

      assertThat(listener.served())
          .isEqualTo(new Served("", "default", "standard", OptionalLong.of(812)));
    }
  }
}
