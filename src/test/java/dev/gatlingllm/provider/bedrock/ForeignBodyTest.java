package dev.gatlingllm.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.bedrock.BedrockSettings.Protocol;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers of whoever stands between here and Bedrock, and errors in other words than Bedrock's. */
class ForeignBodyTest {

  private static final LlmRequest HI = LlmRequest.ofPrompt("Hi");
  private static final String PAGE =
      "<html><head><title>\n 502 Bad\n Gateway</title></head><body>nginx</body></html>";

  private static Failure failure(Protocol protocol, LlmRequest request, Consumer<StubCall> answer)
      throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol, answer);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      client.start(request, listener);
      return listener.failure();
    }
  }

  private static void answer(StubCall call, int status, String type, String body) {
    call.head(status, "content-type", type).bytes(body.getBytes(UTF_8)).end();
  }

  private static Failure of(int status, String type, String body) throws Exception {
    return failure(Protocol.HTTP1_1, HI, call -> answer(call, status, type, body));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aPageInsteadOfAStreamIsNamedByItsTypeAndTitle(Protocol protocol) throws Exception {
    Failure failure =
        failure(protocol, HI, call -> answer(call, 200, "text/html; charset=utf-8", PAGE));

    assertThat(failure)
        .isEqualTo(
            new Failure(
                Failure.Kind.MALFORMED,
                200,
                "",
                "the answer is not an event stream but text/html (\"502 Bad Gateway\")"));
  }

  @Test
  void aWholeAnswerInsteadOfAStreamIsNamedByItsTypeAndNotQuoted() throws Exception {
    assertThat(of(200, "application/json", "{\"output\":{},\"message\":\"secret\"}").message())
        .isEqualTo("the answer is not an event stream but application/json");
    assertThat(of(202, "application/json", "").message())
        .isEqualTo("the answer is not an event stream but an empty body");
  }

  @Test
  void aStreamInAnEncodingThatNobodyAskedForIsNamed() throws Exception {
    Failure failure =
        failure(
            Protocol.HTTP1_1,
            HI,
            call ->
                call.head(
                        200,
                        "content-type",
                        "application/vnd.amazon.eventstream",
                        "content-encoding",
                        "br")
                    .bytes(new byte[] {1, 2})
                    .end());

    assertThat(failure.message())
        .isEqualTo(
            "the answer is not an event stream but application/vnd.amazon.eventstream in the"
                + " encoding br");
  }

  @Test
  void anEventStreamMayComeWithAnySuccessfulStatus() throws Exception {
    try (StubBedrock stub =
            new StubBedrock(
                Protocol.HTTP2,
                call ->
                    call.head(203, "content-type", "application/vnd.amazon.eventstream")
                        .bytes(Frames.text("Hi"))
                        .bytes(Frames.stop("end_turn"))
                        .end());
        BedrockClient client = new BedrockClient(Settings.to(stub, Protocol.HTTP2))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);

      assertThat(listener.events())
          .containsExactly("head:203", "CONTENT:Hi", "finish:end_turn", "completed");
    }
  }

  @Test
  void anErrorInASuccessfulAnswerIsRead() throws Exception {
    assertThat(of(200, "application/json", "{\"__type\":\"ThrottlingException\"}"))
        .isEqualTo(new Failure(Failure.Kind.THROTTLED, 200, "ThrottlingException", ""));
    assertThat(of(200, "text/plain", "{\"error\":{\"code\":7,\"message\":\"No.\"}}"))
        .isEqualTo(new Failure(Failure.Kind.REJECTED, 200, "7", "No."));
  }

  @Test
  void aBodyWithoutEndIsReadToALimit() throws Exception {
    Failure failure =
        failure(
            Protocol.HTTP1_1,
            HI,
            call -> call.head(200, "content-type", "video/mp4").bytes(new byte[1 << 17]));

    assertThat(failure.message()).isEqualTo("the answer is not an event stream but video/mp4");
  }

  @Test
  void aRefusalWithoutAMessageSaysWhatItIs() throws Exception {
    assertThat(of(502, "text/html", PAGE))
        .isEqualTo(
            new Failure(
                Failure.Kind.REJECTED,
                502,
                "",
                "the body has no message: text/html (\"502 Bad Gateway\")"));
    assertThat(of(500, "text/plain", "").message())
        .isEqualTo("the body has no message: an empty body");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'error':{'message':'No.'}}|No.",
        "{'error':'No.'}|No.",
        "{'errors':[{'msg':'No.'}]}|No.",
        "[{'error':{'message':'No.'}}]|No.",
        "{'fault':{'faultstring':'No.','detail':{'errorcode':'x'}}}|No.",
        "{'detail':[{'loc':['body'],'msg':'No.'}]}|No.",
        "{'detail':'No.'}|No.",
        "{'type':'about:blank','title':'No.','status':403}|No."
      })
  void aRefusalInTheWordsOfAGatewayIsRead(String json, String message) throws Exception {
    assertThat(of(403, "application/json", json.replace('\'', '"')).message()).isEqualTo(message);
  }

  @Test
  void aRefusalKeepsTheCodeThatStandsBesideItsMessage() throws Exception {
    for (String json :
        List.of(
            "{\"Error\":{\"Code\":\"AccessDenied\",\"Message\":\"No.\"}}",
            "{\"error\":{\"code\":\"AccessDenied\",\"message\":\"No.\"}}")) {
      assertThat(of(403, "application/json", json))
          .isEqualTo(new Failure(Failure.Kind.REJECTED, 403, "AccessDenied", "No."));
    }
  }

  @Test
  void aRefusalOfTheModelsHostKeepsItsStatus() throws Exception {
    Failure failure =
        failure(
            Protocol.HTTP1_1,
            HI,
            call ->
                call.json(
                    424,
                    "{\"message\":\"It failed.\",\"originalStatusCode\":500,"
                        + "\"resourceName\":\"model-7\"}",
                    "x-amzn-errortype",
                    "ModelErrorException"));

    assertThat(failure.message()).isEqualTo("It failed. (original status 500: model-7)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'message':'Sorry.','originalStatusCode':529,'originalMessage':'Full'}"
            + "|Sorry. (original status 529: Full)",
        "{'originalMessage':'Full'}|(original error: Full)",
        "{'message':'Sorry.','originalStatusCode':null}|Sorry.",
        "out of order|out of order",
        "{'message':'cut|{'message':'cut",
        "['list']|['list']"
      })
  void anExceptionKeepsItsTypeAndAllThatItSays(String payload, String message) throws Exception {
    Failure failure =
        failure(
            Protocol.HTTP1_1,
            HI,
            call ->
                call.stream()
                    .bytes(
                        Frames.exception("modelStreamErrorException", payload.replace('\'', '"'))));

    assertThat(failure)
        .isEqualTo(
            new Failure(
                Failure.Kind.BROKEN, 200, "modelStreamErrorException", message.replace('\'', '"')));
  }
}
