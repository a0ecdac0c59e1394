package dev.gatlingllm.provider.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.ConnectsAhead;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.HangingServer;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The laws of every client over HTTP/1.1, on real sockets. Answers are written in the words of chat
 * completions; a client of another API says what they are there.
 */
public abstract class ChatClientContract {

  protected static final String KEY = "test-key-0123456789abcdef";
  protected static final LlmRequest PROMPT = LlmRequest.ofPrompt("Say hello");

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String FILTER =
      """
      {"choices":[],"prompt_filter_results":[{"prompt_index":0}],"usage":null}\
      """;
  private static final String ROLE =
      """
      {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}\
      """;
  private static final String FINISH =
      """
      {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}\
      """;
  private static final String USAGE =
      """
      {"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":5,\
      "prompt_tokens_details":{"cached_tokens":8},\
      "completion_tokens_details":{"reasoning_tokens":2}}}\
      """;

  private final List<AutoCloseable> opened = new ArrayList<>();

  /** A client of the address, with the key if there is one. */
  protected abstract LlmClient client(
      URI address, Optional<Secret> key, Duration connectTimeout, NanoClock clock);

  /** The header that carries the key, and its value. */
  protected abstract String keyHeader();

  protected abstract String keyHeaderValue();

  /** A chunk of an answer, written in the words of chat completions, as the API has it. */
  protected String inWordsOfTheApi(String chunk) {
    return chunk;
  }

  /** The text of the only message of a request. */
  protected String prompt(StubServer.Request request) throws IOException {
    return JSON.readTree(request.body()).at("/messages/0/content").asText();
  }

  /** Without it a stream is not complete. */
  protected String lastWord() {
    return "finish_reason";
  }

  @AfterEach
  void closeEverything() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  protected final StubServer server(StubServer.Script script) throws IOException {
    return remember(StubServer.start(script, this::inWordsOfTheApi));
  }

  protected final LlmClient client(StubServer server) {
    return client(server.address(), NanoClock.SYSTEM);
  }

  protected final LlmClient client(URI address, NanoClock clock) {
    return remember(client(address, Optional.of(Secret.of(KEY)), Duration.ofSeconds(30), clock));
  }

  protected final <T extends AutoCloseable> T remember(T resource) {
    opened.add(resource);
    return resource;
  }

  protected static String content(String text) {
    return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}";
  }

  protected static void happyStream(StubServer.Exchange exchange) throws IOException {
    exchange
        .head(
            200,
            "content-type: text/event-stream",
            "apim-request-id: id-1",
            "x-ms-region: Sweden Central",
            "x-ratelimit-remaining-requests: 99",
            "x-ratelimit-remaining-tokens: 12345",
            "azure-openai-deployment-utilization: 41.7%")
        .event(FILTER)
        .event(ROLE)
        .event(content("Hel"))
        .event(content("lo, wor"))
        .event(content("ld"))
        .event(FINISH)
        .event(USAGE)
        .event("[DONE]")
        .end();
  }

  private RecordingListener run(StubServer.Script script) throws Exception {
    return run(script, PROMPT);
  }

  private RecordingListener run(StubServer.Script script, LlmRequest request) throws Exception {
    RecordingListener listener = new RecordingListener();
    client(server(script)).start(request, listener);
    return listener.awaitEnd();
  }

  @Test
  void tellsAStreamFromHeadToEnd() throws Exception {
    RecordingListener listener = run(ChatClientContract::happyStream);

    assertThat(listener.events())
        .containsExactly(
            "head 200",
            "CONTENT Hel",
            "CONTENT lo, wor",
            "CONTENT ld",
            "finish stop",
            "usage",
            "completed");
    assertThat(listener.usages())
        .containsExactly(
            new TokenUsage(
                OptionalLong.of(12),
                OptionalLong.of(8),
                OptionalLong.empty(),
                OptionalLong.of(5),
                OptionalLong.of(2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100 Continue",
        "102 Processing",
        "103 Early Hints",
        "199 Some Day",
        "103 Early Hints, 103 Early Hints, 102 Processing"
      })
  void anInterimAnswerIsNotTheAnswer(String interim) throws Exception {
    StubServer server = server(exchange -> answerAfter(interim, exchange));
    LlmClient client = client(server);
    for (int i = 0; i < 3; i++) {
      RecordingListener listener = new RecordingListener();
      client.start(LlmRequest.ofPrompt("id-" + i), listener);

      assertThat(listener.awaitEnd().events())
          .containsExactly("head 200", "CONTENT id-" + i, "finish stop", "completed");
    }
  }

  /** Answers with the text of the prompt, some interim answers before it. */
  private void answerAfter(String interim, StubServer.Exchange exchange) throws IOException {
    for (String status : interim.split(", ", -1)) {
      exchange.raw("HTTP/1.1 " + status + "\r\nlink: </a>; rel=preload\r\n");
      exchange.raw("\r\n");
    }
    String prompt = prompt(exchange.request());
    exchange.head(200).event(content(prompt)).event(FINISH).event("[DONE]").end();
  }

  @Test
  void theEndOfAnInterimAnswerIsNotTheEndOfACall() throws Exception {
    CountDownLatch given = new CountDownLatch(1);
    StubServer server =
        server(
            exchange -> {
              exchange.raw("HTTP/1.1 103 Early Hints\r\n\r\n");
              given.await(60, TimeUnit.SECONDS);
              happyStream(exchange);
            });
    LlmClient client = client(server);
    RecordingListener first = new RecordingListener();
    client.start(PROMPT, first);
    server.awaitRequests(1);
    RecordingListener second = new RecordingListener();
    client.start(PROMPT, second);
    server.awaitRequests(2);
    given.countDown();

    assertThat(first.awaitEnd().events()).contains("CONTENT Hel").endsWith("completed");
    assertThat(second.awaitEnd().events()).contains("CONTENT Hel").endsWith("completed");
    assertThat(server.accepted()).isEqualTo(2);
  }

  @Test
  void anAnswerThatNobodyAskedForIsNotGivenToTheNextCall() throws Exception {
    CountDownLatch extraSent = new CountDownLatch(1);
    StubServer server =
        server(
            exchange -> {
              String prompt = prompt(exchange.request());
              exchange.head(200).event(content(prompt)).event(FINISH).event("[DONE]").end();
              if (prompt.equals("first")) {
                exchange.head(200).event(content("of nobody"));
                extraSent.countDown();
              }
            });
    LlmClient client = client(server);
    RecordingListener first = new RecordingListener();
    client.start(LlmRequest.ofPrompt("first"), first);
    first.awaitEnd();
    extraSent.await(60, TimeUnit.SECONDS);
    assertThat(server.awaitClientClosed()).isTrue();
    RecordingListener second = new RecordingListener();
    client.start(LlmRequest.ofPrompt("second"), second);

    assertThat(second.awaitEnd().events())
        .containsExactly("head 200", "CONTENT second", "finish stop", "completed");
  }

  @Test
  void aConnectionThatSwitchesProtocolsIsNotUsedAgain() throws Exception {
    StubServer server =
        server(exchange -> exchange.raw("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n"));
    LlmClient client = client(server);
    for (int i = 0; i < 2; i++) {
      RecordingListener listener = new RecordingListener();
      client.start(PROMPT, listener);

      assertThat(listener.awaitEnd().events()).containsExactly("head 101", "failed REJECTED");
    }
    assertThat(server.accepted()).isEqualTo(2);
  }

  @Test
  void aConnectionThatSpeaksNoHttpIsNotUsedAgain() throws Exception {
    StubServer server = server(exchange -> exchange.raw("HTTQ/1.1 200 OK\r\n\r\n"));
    LlmClient client = client(server);
    for (int i = 0; i < 2; i++) {
      RecordingListener listener = new RecordingListener();
      client.start(PROMPT, listener);

      assertThat(listener.awaitEnd().events()).containsExactly("failed MALFORMED");
    }
    assertThat(server.accepted()).isEqualTo(2);
  }

  @Test
  void readsTheHeadOfTheResponse() throws Exception {
    RecordingListener listener = run(ChatClientContract::happyStream);

    assertThat(listener.head().requestId()).isEqualTo("id-1");
    assertThat(listener.head().region()).isEqualTo("Sweden Central");
    assertThat(listener.head().remainingRequests()).isEqualTo(OptionalLong.of(99));
    assertThat(listener.head().remainingTokens()).isEqualTo(OptionalLong.of(12345));
    assertThat(listener.head().utilizationPercent()).isEqualTo(OptionalDouble.of(41.7));
    assertThat(listener.head().retryAfterMillis()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-type: text/event-stream; charset=utf-8",
        "content-type: application/octet-stream",
        "x-content-type: none"
      })
  void deliversAChunkBeforeTheServerSendsTheNext(String contentType) throws Exception {
    CountDownLatch firstChunkHeard = new CountDownLatch(1);
    RecordingListener listener = new RecordingListener();
    StubServer server =
        server(
            exchange -> {
              exchange.head(200, contentType).event(content("first"));
              if (firstChunkHeard.await(60, TimeUnit.SECONDS)) {
                exchange.event(content("second"));
              }
              exchange.event(FINISH).event("[DONE]").end();
            });

    client(server).start(PROMPT, listener);
    listener.awaitOutputs(1);
    firstChunkHeard.countDown();
    listener.awaitEnd();

    assertThat(listener.events())
        .containsExactly("head 200", "CONTENT first", "CONTENT second", "finish stop", "completed");
  }

  @Test
  void tellsTheHeadBeforeTheServerSendsTheBody() throws Exception {
    CountDownLatch headHeard = new CountDownLatch(1);
    RecordingListener listener = new RecordingListener();
    StubServer server =
        server(
            exchange -> {
              exchange.head(200);
              if (headHeard.await(60, TimeUnit.SECONDS)) {
                exchange.event(content("text"));
              }
              exchange.event("[DONE]").end();
            });

    client(server).start(PROMPT, listener);
    listener.awaitHead();
    headHeard.countDown();

    assertThat(listener.awaitEnd().events())
        .containsExactly("head 200", "CONTENT text", "completed");
  }

  @Test
  void stampsEachPieceOnceBeforeItIsDecoded() throws Exception {
    AtomicLong ticks = new AtomicLong();
    StubServer server =
        server(
            exchange ->
                exchange
                    .head(200)
                    .chunk("data: " + content("a") + "\n\ndata: " + content("b") + "\n\n")
                    .event("[DONE]")
                    .end());
    RecordingListener listener = new RecordingListener();

    client(server.address(), ticks::incrementAndGet).start(PROMPT, listener);
    listener.awaitEnd();

    // Two events of one piece of the body have one stamp, so it was taken before decoding.
    assertThat(listener.outputs()).hasSize(2);
    assertThat(listener.outputs().get(0).nanos()).isEqualTo(listener.outputs().get(1).nanos());
    assertThat(listener.stamps()).isSorted();
  }

  @Test
  void tellsEverythingOnTheTransportsThreads() throws Exception {
    RecordingListener listener = run(ChatClientContract::happyStream);

    assertThat(listener.threads())
        .allSatisfy(
            name ->
                assertThat(name).matches("(anthropic|azure-openai|openai)-.*(nio|epoll|kqueue).*"));
  }

  @Test
  void tellsAnAnswerThatIsNotStreamed() throws Exception {
    RecordingListener listener =
        run(
            exchange ->
                exchange
                    .head(200, "content-type: application/json")
                    .chunk(
                        """
                        {"choices":[{"message":{"role":"assistant","content":"Hello"},\
                        "finish_reason":"length"}],\
                        "usage":{"prompt_tokens":3,"completion_tokens":1}}\
                        """)
                    .end(),
            PROMPT.withStreaming(false));

    assertThat(listener.events())
        .containsExactly("head 200", "CONTENT Hello", "usage", "finish length", "completed");
  }

  @ParameterizedTest
  @CsvSource({
    "retry-after-ms: 1234, 1234",
    "retry-after: 7, 7000",
    "retry-after: 0.25, 250",
    "x-other: 1, -1",
    "retry-after: soon, -1"
  })
  void tellsAThrottledCallWithItsWait(String header, long expectedMillis) throws Exception {
    RecordingListener listener =
        run(
            exchange ->
                exchange
                    .head(429, header)
                    .chunk("{\"error\":{\"code\":\"429\",\"message\":\"Slow down\"}}")
                    .end());

    assertThat(listener.events()).containsExactly("head 429", "failed THROTTLED");
    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.THROTTLED, 429, "429", "Slow down"));
    assertThat(listener.head().retryAfterMillis())
        .isEqualTo(expectedMillis < 0 ? OptionalLong.empty() : OptionalLong.of(expectedMillis));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 408, 409, 500, 503})
  void tellsARejectedCallWithTheServicesWords(int status) throws Exception {
    RecordingListener listener =
        run(
            exchange ->
                exchange
                    .head(status, "x-should-retry: true")
                    .chunk("{\"error\":{\"code\":\"Nope\",\"message\":\"Not today\"}}")
                    .end());

    assertThat(listener.events()).containsExactly("head " + status, "failed REJECTED");
    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.REJECTED, status, "Nope", "Not today"));
  }

  @ParameterizedTest
  @CsvSource({
    "300, true",
    "301, true",
    "302, true",
    "302, false",
    "303, true",
    "307, true",
    "308, false"
  })
  void tellsWhereItIsRedirectedToAndGoesNowhere(int status, boolean streaming) throws Exception {
    StubServer elsewhere = server(ChatClientContract::happyStream);
    StubServer server =
        server(
            exchange ->
                exchange
                    .head(
                        status,
                        "Location: "
                            + elsewhere.address().toString().replace("//", "//u:p@")
                            + "/login/"
                            + KEY
                            + "?token=t")
                    .chunk("{\"error\":{\"message\":\"over there\"}}")
                    .end());
    RecordingListener listener = new RecordingListener();
    client(server).start(PROMPT.withStreaming(streaming), listener);

    assertThat(listener.awaitEnd().events()).containsExactly("head " + status, "failed REJECTED");
    assertThat(listener.failure().status()).isEqualTo(status);
    assertThat(listener.failure().code()).isEqualTo("redirect");
    assertThat(listener.failure().message())
        .startsWith("redirected to " + elsewhere.address() + "/login/")
        .doesNotContain(KEY, "u:p", "token");
    assertThat(elsewhere.requests()).isEmpty();
  }

  @Test
  void tellsARedirectWithoutAPlace() throws Exception {
    RecordingListener listener = run(exchange -> exchange.head(302).end());

    assertThat(listener.failure())
        .isEqualTo(
            new Failure(
                Failure.Kind.REJECTED,
                302,
                "redirect",
                "redirected, but the response does not say where"));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void sendsOneRequestWhateverTheStatus(int status) throws Exception {
    StubServer server = server(exchange -> exchange.head(status, "retry-after-ms: 1").end());
    LlmClient client = client(server);

    RecordingListener first = new RecordingListener();
    client.start(PROMPT, first);
    first.awaitEnd();
    // A retry of the first call would reach the server before or with the second call.
    RecordingListener second = new RecordingListener();
    client.start(PROMPT, second);
    second.awaitEnd();

    assertThat(server.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9", "http://127.0.0.1:09"})
  void aPortOfOneDigitIsNoPartOfTheName(String address) throws Exception {
    LlmClient client = client(URI.create(address), NanoClock.SYSTEM);
    RecordingListener listener = new RecordingListener();

    client.start(PROMPT, listener);

    assertThat(listener.awaitEnd().events()).containsExactly("failed UNREACHABLE");
    assertThat(listener.failure().code()).contains("ConnectException");
  }

  @Test
  void sendsOneRequestWhenTheConnectionIsReset() throws Exception {
    StubServer server = server(StubServer.Exchange::reset);
    LlmClient client = client(server);

    RecordingListener listener = new RecordingListener();
    client.start(PROMPT, listener);
    listener.awaitEnd();
    RecordingListener second = new RecordingListener();
    client.start(PROMPT, second);
    second.awaitEnd();

    assertThat(listener.events()).containsExactly("failed BROKEN");
    assertThat(listener.failure().status()).isZero();
    assertThat(listener.failure().code()).isNotEmpty();
    assertThat(server.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-ty"})
  void aHeadThatIsCutIsABrokenAnswer(String part) throws Exception {
    RecordingListener listener =
        run(
            exchange -> {
              exchange.raw(part);
              exchange.cut();
            });

    assertThat(listener.events()).containsExactly("failed BROKEN");
    assertThat(listener.failure().status()).isZero();
  }

  @Test
  void aBodyThatIsNotHttpIsMalformed() throws Exception {
    RecordingListener listener =
        run(exchange -> exchange.head(200).event(content("a")).raw("not a size\r\n"));

    assertThat(listener.events()).containsExactly("head 200", "CONTENT a", "failed MALFORMED");
  }

  @Test
  void opensOneConnectionWhenItIsResetBeforeTheRequestIsRead() throws Exception {
    StubServer server = remember(StubServer.startResetting());
    LlmClient client = client(server);

    for (int i = 0; i < 20; i++) {
      RecordingListener listener = new RecordingListener();
      client.start(PROMPT, listener);
      // Which of the two depends on whether the reset comes before the client knows it connected.
      assertThat(listener.awaitEnd().events())
          .hasSize(1)
          .containsAnyOf("failed BROKEN", "failed UNREACHABLE");
    }

    assertThat(server.accepted()).isEqualTo(20);
  }

  @Test
  void tellsAStreamThatIsCutAsBroken() throws Exception {
    RecordingListener listener =
        run(exchange -> exchange.head(200).event(content("one")).event(content("two")).cut());

    assertThat(listener.events())
        .containsExactly("head 200", "CONTENT one", "CONTENT two", "failed BROKEN");
    assertThat(listener.failure().status()).isEqualTo(200);
  }

  @Test
  void tellsAStreamThatIsResetAsBroken() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    RecordingListener listener = new RecordingListener();
    StubServer server =
        server(
            exchange -> {
              exchange.head(200).event(content("one"));
              if (heard.await(60, TimeUnit.SECONDS)) {
                exchange.reset();
              }
            });

    client(server).start(PROMPT, listener);
    listener.awaitOutputs(1);
    heard.countDown();

    assertThat(listener.awaitEnd().events())
        .containsExactly("head 200", "CONTENT one", "failed BROKEN");
  }

  @Test
  void tellsAStreamWithoutFinishAsBroken() throws Exception {
    RecordingListener listener = run(exchange -> exchange.head(200).event(content("one")).end());

    assertThat(listener.failure())
        .isEqualTo(
            new Failure(
                Failure.Kind.BROKEN,
                200,
                "",
                "stream ended before " + lastWord() + ", after 1 events"));
  }

  @Test
  void tellsAnErrorInTheStream() throws Exception {
    RecordingListener listener =
        run(
            exchange ->
                exchange
                    .head(200)
                    .event(content("one"))
                    .event("{\"error\":{\"code\":\"server_error\",\"message\":\"Oops\"}}")
                    .hang());

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 200, "server_error", "Oops"));
  }

  @Test
  void tellsBadJsonAsMalformedAndClosesTheConnection() throws Exception {
    StubServer server = server(exchange -> exchange.head(200).event("{\"choices\":[}").hang());
    RecordingListener listener = new RecordingListener();

    client(server).start(PROMPT, listener);

    assertThat(listener.awaitEnd().events()).containsExactly("head 200", "failed MALFORMED");
    assertThat(listener.failure().message()).startsWith("not JSON");
    assertThat(server.awaitClientClosed()).isTrue();
  }

  @Test
  void closesTheConnectionOfACallThatIsGivenUpBeforeTheHead() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    StubServer server =
        server(
            exchange -> {
              asked.countDown();
              exchange.hang();
            });
    RecordingListener listener = new RecordingListener();

    CallHandle handle = client(server).start(PROMPT, listener);
    assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
    handle.cancel();
    handle.cancel();

    assertThat(server.awaitClientClosed()).isTrue();
    assertThat(listener.awaitEnd().failure())
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 0, "Cancelled", "given up by the client"));
  }

  @Test
  void closesTheConnectionOfACallThatIsGivenUpInMidStream() throws Exception {
    StubServer server = server(exchange -> exchange.head(200).event(content("one")).hang());
    RecordingListener listener = new RecordingListener();

    CallHandle handle = client(server).start(PROMPT, listener);
    listener.awaitOutputs(1);
    handle.cancel();

    assertThat(server.awaitClientClosed()).isTrue();
    assertThat(listener.awaitEnd().events())
        .containsExactly("head 200", "CONTENT one", "failed BROKEN");
  }

  @Test
  void keepsTheConnectionOfACallThatIsCancelledAfterItsEnd() throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    LlmClient client = client(server);
    RecordingListener first = new RecordingListener();
    RecordingListener second = new RecordingListener();

    CallHandle handle = client.start(PROMPT, first);
    first.awaitEnd();
    handle.cancel();
    client.start(PROMPT, second);
    second.awaitEnd();

    assertThat(first.breaches()).isEmpty();
    assertThat(second.events()).endsWith("completed");
  }

  @Test
  void reusesTheConnectionAfterARefusal() throws Exception {
    StubServer server =
        server(exchange -> exchange.head(429).chunk("{\"error\":{\"code\":\"429\"}}").end());
    LlmClient client = client(server);

    assertThat(reusesAConnection(client, server)).isTrue();
  }

  // The end is told just before the connection is free again, so one call may be too early.
  private static boolean reusesAConnection(LlmClient client, StubServer server) throws Exception {
    for (int i = 0; i < 50 && server.requests().size() == server.accepted(); i++) {
      RecordingListener listener = new RecordingListener();
      client.start(PROMPT, listener);
      listener.awaitEnd();
    }
    return server.requests().size() > server.accepted();
  }

  @Test
  void readsNoMoreThanTheBeginningOfAHugeErrorBody() throws Exception {
    String block = "x".repeat(16 * 1024);
    RecordingListener listener =
        run(
            exchange -> {
              exchange.head(500);
              for (int i = 0; i < 5; i++) {
                exchange.chunk(block);
              }
              exchange.hang();
            });

    assertThat(listener.failure())
        .isEqualTo(
            new Failure(
                Failure.Kind.REJECTED, 500, "", "no error object in a body of 65536 bytes"));
  }

  @Test
  void tellsARefusedConnectionAsUnreachable() throws Exception {
    URI closedPort;
    try (StubServer server = StubServer.start(exchange -> {})) {
      closedPort = server.address();
    }
    RecordingListener listener = new RecordingListener();

    client(closedPort, NanoClock.SYSTEM).start(PROMPT, listener);

    assertThat(listener.awaitEnd().events()).containsExactly("failed UNREACHABLE");
    assertThat(listener.failure().status()).isZero();
  }

  @Test
  void tellsAFailedTlsHandshakeAsUnreachable() throws Exception {
    StubServer server = remember(StubServer.startGreeting("HTTP/1.1 400 Plain text\r\n\r\n"));
    URI secured = URI.create("https://127.0.0.1:" + server.address().getPort());
    RecordingListener listener = new RecordingListener();

    client(secured, NanoClock.SYSTEM).start(PROMPT, listener);

    assertThat(listener.awaitEnd().events()).containsExactly("failed UNREACHABLE");
    assertThat(listener.failure().status()).isZero();
  }

  @Test
  void tellsAConnectionThatIsNotEstablishedInTime() throws Exception {
    try (FullBacklog server = FullBacklog.open()) {
      assumeTrue(server.ignoresConnections(), "this system answers beyond the backlog");
      RecordingListener listener = new RecordingListener();

      remember(
              client(
                  server.address(),
                  Optional.of(Secret.of(KEY)),
                  Duration.ofMillis(200),
                  NanoClock.SYSTEM))
          .start(PROMPT, listener);

      assertThat(listener.awaitEnd().events()).containsExactly("failed CONNECT_TIMEOUT");
      assertThat(listener.failure().status()).isZero();
    }
  }

  private Failure failureWithin300Millis(String scheme, HangingServer server) throws Exception {
    LlmClient client =
        remember(
            client(
                URI.create(scheme + "://127.0.0.1:" + server.port()),
                Optional.of(Secret.of(KEY)),
                Duration.ofMillis(300),
                NanoClock.SYSTEM));
    RecordingListener listener = new RecordingListener();
    long begin = System.nanoTime();
    client.start(PROMPT, listener);
    assertThat(listener.awaitEnd().events()).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .as("far below the transport's own limit of a handshake, 10 s")
        .isLessThan(Duration.ofSeconds(8));
    return listener.failure();
  }

  @Test
  void aHandshakeThatIsNotAnsweredEndsAtTheConnectLimit() throws Exception {
    try (HangingServer server = HangingServer.silent()) {
      assertThat(failureWithin300Millis("https", server).kind())
          .isEqualTo(Failure.Kind.CONNECT_TIMEOUT);
    }
  }

  @Test
  void aHandshakeThatStopsHalfwayEndsAtTheConnectLimit() throws Exception {
    try (HangingServer server = HangingServer.halfAHandshake()) {
      assertThat(failureWithin300Millis("https", server).kind())
          .isEqualTo(Failure.Kind.CONNECT_TIMEOUT);
    }
  }

  @Test
  void reusesTheConnectionAfterAStream() throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    LlmClient client = client(server);

    assertThat(reusesAConnection(client, server)).isTrue();
  }

  @Test
  void opensConnectionsWithoutARequestAndUsesThemForItsFirstCalls() throws Exception {
    CountDownLatch allThere = new CountDownLatch(5);
    StubServer server =
        server(
            exchange -> {
              allThere.countDown();
              assertThat(allThere.await(60, TimeUnit.SECONDS)).isTrue();
              happyStream(exchange);
            });
    LlmClient client = client(server);

    assertThat(((ConnectsAhead) client).connect(5).get(60, TimeUnit.SECONDS)).isEqualTo(5);
    server.awaitAccepted(5);
    assertThat(server.requests()).isEmpty();

    List<RecordingListener> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      calls.add(new RecordingListener());
      client.start(PROMPT, calls.get(i));
    }
    for (RecordingListener call : calls) {
      assertThat(call.awaitEnd().events()).contains("completed");
    }
    assertThat(server.accepted()).isEqualTo(5);
    assertThat(server.requests()).hasSize(5);
  }

  @Test
  void openingAConnectionIsInTheLatencyOfTheCallThatNeedsIt() throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    AtomicLong readings = new AtomicLong();
    LlmClient client = client(server.address(), readings::incrementAndGet);

    RecordingListener call = new RecordingListener();
    client.start(PROMPT, call);

    assertThat(call.awaitEnd().sent()).as("handed over: the first reading").hasValue(1);
  }

  @Test
  void theWayToAnOpenConnectionIsInNoLatency() throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    AtomicLong readings = new AtomicLong();
    LlmClient client = client(server.address(), readings::incrementAndGet);
    assertThat(((ConnectsAhead) client).connect(1).get(60, TimeUnit.SECONDS)).isEqualTo(1);
    long before = readings.get();

    RecordingListener call = new RecordingListener();
    client.start(PROMPT, call);

    assertThat(call.awaitEnd().sent().orElseThrow())
        .as("written: not the first reading")
        .isGreaterThan(before + 1);
  }

  @Test
  void saysWhenConnectionsCannotBeOpened() throws Exception {
    URI nobody;
    try (StubServer server = StubServer.start(exchange -> {})) {
      nobody = server.address();
    }
    LlmClient client = client(nobody, NanoClock.SYSTEM);

    assertThat(((ConnectsAhead) client).connect(2))
        .failsWithin(Duration.ofSeconds(60))
        .withThrowableThat()
        .withMessageContaining("refused");
  }

  @Test
  void keepsFiftyParallelStreamsApart() throws Exception {
    CountDownLatch allAsked = new CountDownLatch(50);
    StubServer server =
        server(
            exchange -> {
              allAsked.countDown();
              String seed = exchange.request().body().replaceAll(".*\"seed\":(\\d+).*", "$1");
              exchange.head(200).event(content("a" + seed));
              if (allAsked.await(60, TimeUnit.SECONDS)) {
                exchange.event(content("b" + seed)).event(FINISH).event("[DONE]");
              }
              exchange.end();
            });
    LlmClient client = client(server);

    List<RecordingListener> listeners = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      RecordingListener listener = new RecordingListener();
      listeners.add(listener);
      client.start(withSeed(i), listener);
    }

    for (int i = 0; i < 50; i++) {
      assertThat(listeners.get(i).awaitEnd().events())
          .containsExactly(
              "head 200", "CONTENT a" + i, "CONTENT b" + i, "finish stop", "completed");
    }
    assertThat(server.requests()).hasSize(50);
  }

  protected static LlmRequest withSeed(long seed) {
    return PROMPT.with(Parameter.SEED, seed);
  }

  @Test
  void sendsTheKeyInItsHeader() throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    RecordingListener listener = new RecordingListener();

    client(server).start(PROMPT, listener);
    listener.awaitEnd();

    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).header(keyHeader())).isEqualTo(keyHeaderValue());
  }

  @Test
  void sendsNoCredentialWithoutAKey() throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    RecordingListener listener = new RecordingListener();

    remember(client(server.address(), Optional.empty(), Duration.ofSeconds(30), NanoClock.SYSTEM))
        .start(PROMPT, listener);
    listener.awaitEnd();

    assertThat(server.requests().get(0).headers()).doesNotContainKeys("authorization", "api-key");
  }

  @Test
  void hidesTheKeyThatAServerEchoes() throws Exception {
    RecordingListener listener =
        run(
            exchange ->
                exchange
                    .head(401)
                    .chunk(
                        "{\"error\":{\"code\":\"bad "
                            + KEY
                            + "\",\"message\":\"The key "
                            + KEY
                            + " is wrong\"}}")
                    .end());

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.REJECTED, 401, "bad ***", "The key *** is wrong"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"code\":\"KEY\",\"message\":\"no\"}}",
        "{\"error\":{\"type\":\"KEY\",\"message\":\"no\"}}",
        "{\"error\":\"KEY\"}",
        "{\"error\":{\"code\":\"c\",\"message\":\"api-key: KEY\"}}",
        "{\"error\":{\"code\":\"c\",\"message\":\"Basic BASE64\"}}",
        "{\"error\":{\"code\":\"c\",\"message\":\"key=KEY%2F\"}}",
        "{\"error\":{\"code\":\"c\",\"message\":\"wrong key CUT\"}}",
        "{\"detail\":\"KEY\"}",
      })
  void hidesTheKeyWhereverAnErrorEchoesIt(String body) throws Exception {
    String echo =
        body.replace("BASE64", base64("user:" + KEY))
            .replace("CUT", KEY.substring(0, 12))
            .replace("KEY", KEY);
    Failure refused = run(exchange -> exchange.head(401).chunk(echo).end()).failure();
    Failure broken = run(exchange -> exchange.head(200).event(echo).end()).failure();

    for (Failure failure : List.of(refused, broken)) {
      assertThat(failure.toString())
          .doesNotContain(KEY.substring(0, 8), base64(KEY).substring(0, 8), base64("user:" + KEY));
    }
  }

  @Test
  void hidesTheKeyThatTheHeadAndTheFinishReasonEcho() throws Exception {
    RecordingListener listener =
        run(
            exchange ->
                exchange
                    .head(
                        200,
                        "content-type: text/event-stream",
                        "x-request-id: id-" + KEY,
                        "x-ms-region: Bearer " + KEY)
                    .event(content("Hello"))
                    .event(
                        "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\""
                            + KEY
                            + "\"}]}")
                    .event("[DONE]")
                    .end());

    assertThat(listener.head().requestId()).isEqualTo("id-***");
    assertThat(listener.head().region()).isEqualTo("Bearer ***");
    assertThat(listener.events()).contains("finish ***").noneMatch(event -> event.contains(KEY));
  }

  private static String base64(String text) {
    return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void endsTheCallsInFlightWhenItIsClosed() throws Exception {
    StubServer server = server(exchange -> exchange.head(200).event(content("one")).hang());
    LlmClient client = client(server);
    RecordingListener listener = new RecordingListener();

    client.start(PROMPT, listener);
    listener.awaitOutputs(1);
    client.close();

    assertThat(listener.awaitEnd().failure().code()).isEqualTo("ClientClosed");
    assertThat(server.awaitClientClosed()).isTrue();
  }

  @Test
  void endsACallThatIsStartedAfterClosing() throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    LlmClient client = client(server);
    RecordingListener listener = new RecordingListener();

    client.close();
    client.start(PROMPT, listener);

    assertThat(listener.awaitEnd().failure().code()).isEqualTo("ClientClosed");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void endsACallWhoseRequestCannotBeBuiltAsCrashed() throws Exception {
    LlmRequest impossible =
        PROMPT.withParameters(Parameters.NONE.withExtraBody(Map.of("messages", List.of())));
    RecordingListener listener = run(ChatClientContract::happyStream, impossible);

    assertThat(listener.failure().kind()).isEqualTo(Failure.Kind.CRASHED);
    assertThat(listener.failure().message()).contains("extraBody must not hold messages");
  }

  @Test
  void endsACallOnceWhenTheListenerThrows() throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    RecordingListener listener =
        new RecordingListener() {
          @Override
          public void output(long nanos, OutputKind kind, String text) {
            throw new IllegalStateException("no room");
          }
        };

    client(server).start(PROMPT, listener);

    assertThat(listener.awaitEnd().failure())
        .isEqualTo(new Failure(Failure.Kind.CRASHED, 200, "IllegalStateException", ""));
  }
}
