package dev.gatlingllm.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.Locales;
import dev.gatlingllm.simulator.wire.AnswerEnd;
import dev.gatlingllm.simulator.wire.ErrorKind;
import dev.gatlingllm.simulator.wire.InvalidRequestException;
import dev.gatlingllm.simulator.wire.SimulatedService;
import dev.gatlingllm.simulator.wire.StopReason;
import dev.gatlingllm.simulator.wire.StoredResponses;
import dev.gatlingllm.simulator.wire.Usage;
import dev.gatlingllm.simulator.wire.WireApis;
import dev.gatlingllm.simulator.wire.WireFormat;
import dev.gatlingllm.timing.NanoClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes over the wire is the same bytes, whatever the locale of the machine. */
class LocalesTest {

  private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false, true);
  private static final String ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
  private static final Usage USAGE = new Usage(1_234, 500, 100, 67, 12);

  private static final String MESSAGES =
      "\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}]";

  /** A request to each API and to each family of models behind InvokeModel, by its path. */
  private static final Map<String, String> REQUESTS =
      Map.of(
          TestClient.AZURE,
          "{\"n\":2,\"stream_options\":{\"include_usage\":true}," + MESSAGES + "}",
          "/v1/responses",
          "{\"model\":\"MINI-I\",\"input\":\"Hi\",\"max_output_tokens\":1000}",
          TestClient.CONVERSE,
          "{" + MESSAGES + "}",
          "/model/ANTHROPIC-I/invoke",
          "{\"anthropic_version\":\"I\"," + MESSAGES + "}",
          "/model/LLAMA-I/invoke",
          "{\"prompt\":\"Hi\"}",
          "/model/NOVA-I/invoke",
          "{\"schemaVersion\":\"I\"," + MESSAGES + "}",
          "/model/TITAN-I/invoke",
          "{\"inputText\":\"Hi\"}",
          "/model/MINI-I/invoke",
          "{" + MESSAGES + "}",
          "/api/orc",
          "{\"question\":\"Hi?\"}");

  static Stream<Locale> locales() {
    return Locales.AWKWARD.stream();
  }

  static Stream<Arguments> localesAndRequests() {
    return locales()
        .flatMap(
            locale ->
                REQUESTS.entrySet().stream()
                    .map(sent -> Arguments.of(locale, sent.getKey(), sent.getValue())));
  }

  @ParameterizedTest
  @MethodSource("localesAndRequests")
  void anAnswerIsTheseBytesInEveryLocale(Locale locale, String path, String body) throws Exception {
    for (StopReason reason : StopReason.values()) {
      for (boolean streaming : new boolean[] {true, false}) {
        List<String> expected =
            Locales.under(Locale.ROOT, () -> answer(path, body, reason, streaming));
        assertThat(Locales.under(locale, () -> answer(path, body, reason, streaming)))
            .isEqualTo(expected);
      }
    }
  }

  private static List<String> answer(String path, String body, StopReason reason, boolean streaming)
      throws InvalidRequestException {
    InputStream sent = new ByteArrayInputStream(body.getBytes(UTF_8));
    WireFormat format =
        WireApis.address(path, "")
            .orElseThrow()
            .read(sent, OptionalInt.empty(), new StoredResponses())
            .format()
            .of(ID, Optional.of(USAGE));
    AnswerEnd end = new AnswerEnd(reason, Optional.of(USAGE), true, 1_500);
    byte[] text = " word".getBytes(UTF_8);
    List<String> parts = new ArrayList<>();
    if (streaming) {
      parts.add(hex(format.opening(HEAP)));
      parts.add(hex(format.chunk(HEAP, 0, true, text)));
      parts.add(hex(format.chunk(HEAP, 0, false, text)));
      parts.add(hex(format.keepAlive(HEAP)));
      parts.add(hex(format.errorEvent(HEAP)));
      parts.add(hex(format.malformedEvent(HEAP)));
      parts.add(hex(format.closing(HEAP, end)));
    } else {
      parts.add(HexFormat.of().formatHex(format.whole(text, List.of(text, text), end)));
      HttpHeaders headers = new DefaultHttpHeaders();
      format.addHeaders(headers, end);
      parts.add(headers.toString());
    }
    parts.add(format.streamType());
    return parts;
  }

  private static String hex(ByteBuf bytes) {
    return ByteBufUtil.hexDump(bytes);
  }

  @ParameterizedTest
  @MethodSource("locales")
  void aRefusalIsThisTextInEveryLocale(Locale locale) throws Exception {
    assertThat(Locales.under(locale, LocalesTest::refusals)).isEqualTo(refusals());
  }

  private static List<String> refusals() {
    List<String> refusals = new ArrayList<>();
    for (String path : REQUESTS.keySet()) {
      SimulatedService service = WireApis.address(path, "").orElseThrow().service();
      for (ErrorKind kind : ErrorKind.values()) {
        HttpHeaders headers = new DefaultHttpHeaders();
        service.addErrorHeaders(headers, kind);
        refusals.add(service.errorJson(kind, "Why.") + service.status(kind) + headers);
      }
    }
    for (Fault fault : Fault.values()) {
      Refusal.of(fault, false, Duration.ofMillis(12_345))
          .ifPresent(refusal -> refusals.add(refusal.message() + refusal.waitSeconds()));
      refusals.add(fault.code());
    }
    return refusals;
  }

  @ParameterizedTest
  @MethodSource("locales")
  void aServerSpeaksAsciiInHeadersAndErrorsInEveryLocale(Locale locale) throws Exception {
    List<HttpResponse<String>> responses = Locales.under(locale, LocalesTest::responses);

    assertThat(responses)
        .extracting(HttpResponse::statusCode)
        .containsExactly(200, 200, 200, 400, 404, 429, 500);
    assertThat(responses)
        .allSatisfy(
            response -> {
              assertThat(response.headers().map().toString()).matches("\\p{ASCII}*");
              assertThat(response.body()).matches("\\p{ASCII}*");
            });
  }

  private static List<HttpResponse<String>> responses() {
    SimulatorSettings settings =
        Settings.quick(
            "requestsPerMinute = 6000000, tokensPerMinute = 100000000",
            "utilizationPercent = 12.5");
    try (Simulator simulator = Simulator.start(settings, NanoClock.SYSTEM)) {
      TestClient client = new TestClient(simulator.uri());
      List<HttpResponse<String>> responses = new ArrayList<>();
      responses.add(client.post(TestClient.AZURE, TestClient.chat(3, "")));
      responses.add(client.post(TestClient.OPENAI, TestClient.streamedChat(3)));
      responses.add(client.post(TestClient.CONVERSE, TestClient.converse(3)));
      responses.add(client.post(TestClient.OPENAI, "[]"));
      responses.add(client.post("/v1/embeddings", "{}"));
      for (Fault fault : List.of(Fault.THROTTLE, Fault.SERVER_ERROR)) {
        simulator.injectNext(fault);
        responses.add(client.post(TestClient.AZURE, TestClient.chat(3, "")));
      }
      return responses;
    }
  }
}
