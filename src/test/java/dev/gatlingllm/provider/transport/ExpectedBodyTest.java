package dev.gatlingllm.provider.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.chat.AnswerFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of successful responses that are not what the request was for, or are compressed. */
class ExpectedBodyTest {

  private static final String STREAM =
      """
      data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}

      data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: [DONE]

      """;
  private static final String WHOLE =
      "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
          + "\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"}}]}";

  /** What the last call told. */
  private static class Heard implements CallListener {
    private String text = "";
    private boolean completed;
    private Optional<Failure> failure = Optional.empty();

    @Override
    public void head(long nanos, ResponseHead head) {}

    @Override
    public void output(long nanos, OutputKind kind, String piece) {
      text += piece;
    }

    @Override
    public void usage(TokenUsage usage) {}

    @Override
    public void finish(String reason) {}

    @Override
    public void completed(long nanos) {
      completed = true;
    }

    @Override
    public void failed(long nanos, Failure why) {
      failure = Optional.of(why);
    }
  }

  private static Heard heard(
      boolean streaming, int status, Map<String, String> headers, byte[] body, int piece) {
    Heard heard = new Heard();
    SerializedListener listener = new SerializedListener(heard, () -> 0, text -> text);
    Answer answer =
        AnswerFormat.CHAT
            .answerTo(LlmRequest.ofPrompt("Hi").withStreaming(streaming))
            .of(status, headers::get, listener);
    listener.guard(
        () -> {
          for (int from = 0; from < body.length; from += piece) {
            int to = Math.min(body.length, from + piece);
            answer.bytes(1, ByteBuffer.wrap(body, from, to - from));
          }
          answer.end(2);
        });
    return heard;
  }

  private static Failure failure(boolean streaming, int status, String type, String body) {
    Heard heard =
        heard(streaming, status, Map.of("content-type", type), body.getBytes(UTF_8), 1_000);
    assertThat(heard.completed).isFalse();
    return heard.failure.orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"200, 1", "200, 7", "200, 1000", "201, 1000", "202, 3", "206, 1000"})
  void anySuccessWithAStreamIsRead(int status, int piece) {
    for (String before : new String[] {"", "\n\n", "\uFEFF", ": comment\n\n", "id: 7\n\n"}) {
      Heard heard = heard(true, status, Map.of(), (before + STREAM).getBytes(UTF_8), piece);
      assertThat(heard.text).as(before).isEqualTo("Hello");
      assertThat(heard.completed).isTrue();
    }
  }

  @Test
  void anErrorObjectIsReadUnderAStatusOfSuccess() {
    assertThat(
            failure(
                true,
                200,
                "application/json",
                "{\"error\":{\"message\":\"You used it up\",\"code\":\"insufficient_quota\"}}"))
        .isEqualTo(new Failure(Failure.Kind.REJECTED, 200, "insufficient_quota", "You used it up"));
    assertThat(
            failure(
                    true,
                    200,
                    "",
                    "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"m\"}}")
                .kind())
        .isEqualTo(Failure.Kind.THROTTLED);
  }

  @Test
  void aWholeAnswerInThePlaceOfAStreamIsNamed() {
    Failure failure = failure(true, 200, "application/json; charset=utf-8", WHOLE);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.MALFORMED);
    assertThat(failure.code()).isEqualTo("whole-answer");
    assertThat(failure.message())
        .contains(WHOLE.length() + " bytes (application/json)", "llm.request.streaming = false")
        .doesNotContain("Hello");
  }

  @Test
  void aPageIsNamedAndNotQuoted() {
    for (boolean streaming : new boolean[] {true, false}) {
      Failure failure = failure(streaming, 200, "text/html", "<!DOCTYPE html><p>Sign in</p>");
      assertThat(failure.code()).isEqualTo("html-page");
      assertThat(failure.message()).contains("text/html").doesNotContain("Sign in");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"error code: 524", "upstream died", "{\"model\":\"m\"}\n{\"model\":\"m\"}"})
  void anotherBodyIsNoStream(String body) {
    Failure failure = failure(true, 200, "text/plain", body);
    assertThat(failure.code()).isEqualTo("no-stream");
    assertThat(failure.message()).contains(body.length() + " bytes (text/plain)");
  }

  @Test
  void aStreamInThePlaceOfAWholeAnswerIsNamed() {
    assertThat(failure(false, 200, "text/event-stream", STREAM).code())
        .isEqualTo("unwanted-stream");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 204})
  void aSuccessWithoutABodyIsNoAnswer(int status) {
    assertThat(failure(true, status, "", ""))
        .isEqualTo(
            new Failure(
                Failure.Kind.REJECTED,
                status,
                "no-body",
                "the service answered " + status + " without a body, so without an answer"));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] deflate(String text, boolean raw) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(text.getBytes(UTF_8));
    }
    deflater.end();
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1_000})
  void gzipAndDeflateAreRead(int piece) throws IOException {
    Map<byte[], String> bodies =
        Map.of(
            gzip(STREAM), "gzip",
            gzip(STREAM.substring(0, 40)), "x-gzip",
            deflate(STREAM, false), "deflate",
            deflate(STREAM, true), "Deflate");
    for (Map.Entry<byte[], String> body : bodies.entrySet()) {
      byte[] bytes = body.getKey();
      if (body.getValue().equals("x-gzip")) {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(bytes);
        members.writeBytes(gzip(STREAM.substring(40)));
        bytes = members.toByteArray();
      }
      Heard heard = heard(true, 200, Map.of("content-encoding", body.getValue()), bytes, piece);
      assertThat(heard.text).as(body.getValue()).isEqualTo("Hello");
      assertThat(heard.completed).isTrue();
    }
  }

  @Test
  void gzipMayNameItsFile() throws IOException {
    byte[] plain = gzip(STREAM);
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    named.write(plain, 0, 3);
    named.write(4 + 8 + 16 + 2);
    named.write(plain, 4, 6);
    named.writeBytes(new byte[] {2, 0, 9, 9, 'n', 0, 'c', 0});
    CRC32 checksum = new CRC32();
    checksum.update(named.toByteArray());
    named.write((int) checksum.getValue());
    named.write((int) (checksum.getValue() >> 8));
    named.write(plain, 10, plain.length - 10);
    Heard heard = heard(true, 200, Map.of("content-encoding", "gzip"), named.toByteArray(), 1);
    assertThat(heard.text).isEqualTo("Hello");
  }

  @Test
  void aCompressedErrorIsRead() throws IOException {
    Heard heard =
        heard(
            true,
            400,
            Map.of("content-encoding", "gzip"),
            gzip("{\"error\":{\"code\":\"c\",\"message\":\"m\"}}"),
            9);
    assertThat(heard.failure).contains(new Failure(Failure.Kind.REJECTED, 400, "c", "m"));
  }

  @Test
  void aCompressedBodyThatWasDamagedIsMalformed() throws IOException {
    byte[] damaged = gzip("data: {\"x\":1}\n\n");
    damaged[damaged.length - 8] ^= 1;
    Heard heard = heard(true, 200, Map.of("content-encoding", "gzip"), damaged, 1_000);
    assertThat(heard.failure.orElseThrow().kind()).isEqualTo(Failure.Kind.MALFORMED);
  }

  @Test
  void whatOnlyClaimsToBeCompressedIsMalformed() {
    Heard heard =
        heard(true, 200, Map.of("content-encoding", "gzip"), STREAM.getBytes(UTF_8), 1_000);
    assertThat(heard.failure.orElseThrow().kind()).isEqualTo(Failure.Kind.MALFORMED);
    byte[] broken = {(byte) 0x78, (byte) 0x9c, 1, 2, 3, 4, 5, 6, 7};
    assertThat(
            heard(true, 200, Map.of("content-encoding", "deflate"), broken, 3)
                .failure
                .orElseThrow()
                .message())
        .isEqualTo("the compressed body cannot be decompressed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "UTF-8", "identity", "", "identity, none"})
  void whatNamesNoCodingCodesNothing(String encoding) {
    Heard heard =
        heard(true, 200, Map.of("content-encoding", encoding), STREAM.getBytes(UTF_8), 1_000);

    assertThat(heard.completed).isTrue();
    assertThat(heard.text).isEqualTo("Hello");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_000})
  void aByteOrderMarkHidesNeitherAnErrorNorAPage(int piece) {
    String mark = "\uFEFF";
    byte[] error = (mark + "{\"error\":{\"message\":\"No\",\"code\":\"quota\"}}").getBytes(UTF_8);
    byte[] page = (mark + "<html></html>").getBytes(UTF_8);
    Map<String, String> stream = Map.of("content-type", "text/event-stream");

    assertThat(heard(true, 200, stream, error, piece).failure)
        .contains(new Failure(Failure.Kind.REJECTED, 200, "quota", "No"));
    assertThat(heard(true, 200, stream, page, piece).failure.orElseThrow().code())
        .isEqualTo("html-page");
    assertThat(heard(false, 200, Map.of(), (mark + WHOLE).getBytes(UTF_8), piece).text)
        .isEqualTo("Hello");
  }

  @Test
  void eventsWithoutAnEmptyLineBetweenThemAreReadEachAtItsTime() {
    List<String> heard = new ArrayList<>();
    SerializedListener listener =
        new SerializedListener(
            new Heard() {
              @Override
              public void output(long nanos, OutputKind kind, String piece) {
                heard.add(piece + "@" + nanos);
              }

              @Override
              public void completed(long nanos) {
                heard.add("completed@" + nanos);
              }
            },
            () -> 0,
            text -> text);
    Answer answer =
        AnswerFormat.CHAT
            .answerTo(LlmRequest.ofPrompt("Hi"))
            .of(200, Map.<String, String>of()::get, listener);
    String delta = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n";
    feed(answer, 1, delta.replace("%s", "a"));
    feed(answer, 2, ": beat\n");
    feed(answer, 3, delta.replace("%s", "b") + delta.replace("%s", "c"));
    feed(
        answer,
        4,
        "data: {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}\ndata: [DONE]\n");
    listener.guard(() -> answer.end(5));

    assertThat(heard).containsExactly("a@1", "b@3", "c@3", "completed@5");
  }

  private static void feed(Answer answer, long nanos, String text) {
    answer.bytes(nanos, ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "200, br, MALFORMED",
    "200, zstd, MALFORMED",
    "503, br, REJECTED",
    "429, br, THROTTLED"
  })
  void otherCodingsAreNamedWithAdvice(int status, String coding, Failure.Kind kind) {
    Heard heard = heard(true, status, Map.of("content-encoding", coding), new byte[] {1}, 1);
    Failure failure = heard.failure.orElseThrow();
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.message())
        .startsWith("the body is compressed with " + coding)
        .contains("llm.request.headers.accept-encoding");
  }
}
