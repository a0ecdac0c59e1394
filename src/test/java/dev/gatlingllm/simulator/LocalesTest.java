package dev.gatlingllm.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.Locales;
import dev.gatlingllm.timing.NanoClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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

  static Stream<Locale> locales() {
    return Locales.AWKWARD.stream();
  }

  static Stream<Arguments> localesAndDialects() {
    return locales()
        .flatMap(
            locale -> Stream.of(Dialect.values()).map(dialect -> Arguments.of(locale, dialect)));
  }

  @ParameterizedTest
  @MethodSource("localesAndDialects")
  void anAnswerIsTheseBytesInEveryLocale(Locale locale, Dialect dialect) throws Exception {
    for (StopReason reason : StopReason.values()) {
      for (boolean streaming : new boolean[] {true, false}) {
        List<String> expected =
            Locales.under(Locale.ROOT, () -> answer(dialect, reason, streaming));
        assertThat(Locales.under(locale, () -> answer(dialect, reason, streaming)))
            .isEqualTo(expected);
      }
    }
  }

  private static List<String> answer(Dialect dialect, StopReason reason, boolean streaming) {
    CallRequest request =
        new CallRequest(
            dialect, "MINI-I", streaming, true, OptionalInt.of(1_000), 2, 1_234, List.of());
    Api api = dialect == Dialect.QUESTION ? Api.ORCHESTRATOR : Api.AZURE_OPENAI;
    WireFormat format = WireFormat.of(api, request, ID, Optional.of(USAGE));
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
    for (Api api : Api.values()) {
      for (Refusal.Kind kind : Refusal.Kind.values()) {
        refusals.add(Refusal.of(kind, "Why.").json(api) + kind.status(api) + kind.awsType());
      }
      for (Fault fault : Fault.values()) {
        Refusal.of(fault, false, Duration.ofMillis(12_345))
            .ifPresent(refusal -> refusals.add(refusal.json(api) + refusal.waitSeconds()));
        refusals.add(fault.code());
      }
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
