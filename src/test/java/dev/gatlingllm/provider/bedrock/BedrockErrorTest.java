package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.HangingServer;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.bedrock.BedrockSettings.Protocol;
import dev.gatlingllm.provider.chat.StubServer;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are refusals, and endpoints that give none. */
class BedrockErrorTest {

  private static final LlmRequest HI = LlmRequest.ofPrompt("Hi");

  @ParameterizedTest
  @CsvSource({
    "429, ThrottlingException, THROTTLED",
    "429, ModelNotReadyException, THROTTLED",
    "400, ServiceQuotaExceededException, THROTTLED",
    "400, ThrottlingException, THROTTLED",
    "400, ValidationException, REJECTED",
    "403, AccessDeniedException, REJECTED",
    "404, ResourceNotFoundException, REJECTED",
    "408, ModelTimeoutException, REJECTED",
    "424, ModelErrorException, REJECTED",
    "500, InternalServerException, REJECTED",
    "503, ServiceUnavailableException, REJECTED",
    "418, InventedLaterException, REJECTED",
  })
  void tellsARefusalOnceAndSendsOneRequest(int status, String code, Failure.Kind kind)
      throws Exception {
    for (Protocol protocol : Protocol.values()) {
      for (boolean streaming : new boolean[] {true, false}) {
        try (StubBedrock stub = new StubBedrock(protocol, call -> refuse(call, status, code));
            BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
          RecordingListener listener = new RecordingListener();
          client.start(HI.withStreaming(streaming), listener);

          assertThat(listener.events()).containsExactly("head:" + status, "failed:" + kind);
          assertThat(listener.failure())
              .isEqualTo(new Failure(kind, status, code, "That did not work"));
          assertThat(stub.requests()).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void readsHowLongTheServiceAsksToWait() throws Exception {
    assertThat(retryAfter("retry-after", "7")).hasValue(7_000);
    assertThat(retryAfter("retry-after", "0.25")).hasValue(250);
    assertThat(retryAfter("retry-after-ms", "120", "retry-after", "1")).hasValue(120);
    assertThat(retryAfter("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")).isEmpty();
    assertThat(retryAfter()).isEmpty();
  }

  @Test
  void readsTheErrorCodeFromTheBodyIfNoHeaderHasIt() throws Exception {
    try (StubBedrock stub =
            new StubBedrock(
                Protocol.HTTP2,
                call ->
                    call.json(
                        400,
                        "{\"__type\":\"ValidationException\",\"message\":\"No such model\"}"));
        BedrockClient client = new BedrockClient(Settings.to(stub, Protocol.HTTP2))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);

      assertThat(listener.failure())
          .isEqualTo(
              new Failure(Failure.Kind.REJECTED, 400, "ValidationException", "No such model"));
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void repeatsNoSecretThatTheServiceEchoes(Protocol protocol) throws Exception {
    String echo =
        "secret-of-the-test and Bearer abc.def are wrong\\nThe Canonical String for this request"
            + " should have been 'x-amz-security-token:T'";
    try (StubBedrock stub =
            new StubBedrock(protocol, call -> call.json(403, "{\"message\":\"" + echo + "\"}"));
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);

      assertThat(listener.failure().message()).isEqualTo("*** and Bearer *** are wrong");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void repeatsNoSecretOfAHeaderAStopReasonOrAnErrorCode(Protocol protocol) throws Exception {
    String secret = "secret-of-the-test";
    try (StubBedrock stub =
            new StubBedrock(
                protocol,
                call ->
                    call.head(
                            200,
                            "content-type",
                            "application/vnd.amazon.eventstream",
                            "x-amzn-requestid",
                            secret)
                        .bytes(Frames.text("hello"))
                        .bytes(Frames.stop(secret))
                        .bytes(Frames.exception(secret, "{\"message\":\"" + secret + "\"}")));
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);

      assertThat(listener.failure().code()).isEqualTo("***");
      assertThat(listener.failure().message()).isEqualTo("***");
      assertThat(listener.head().requestId()).isEqualTo("***");
      assertThat(listener.events()).contains("finish:***");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void isUnreachableOnAPortThatRefuses(Protocol protocol) throws Exception {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    for (boolean streaming : new boolean[] {true, false}) {
      Failure failure = failureAt(nobody, protocol, streaming);

      assertThat(failure.kind()).isEqualTo(Failure.Kind.UNREACHABLE);
      assertThat(failure.status()).isZero();
      assertThat(failure.message()).contains("Connection refused");
    }
  }

  /** The name is reserved to resolve nowhere. */
  @Test
  void isUnreachableUnderAnUnknownName() {
    Failure failure = failureAt(URI.create("https://bedrock.invalid"), Protocol.HTTP2, true);

    assertThat(failure.kind()).isEqualTo(Failure.Kind.UNREACHABLE);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void isUnreachableWhereTlsIsNotSpoken(Protocol protocol) throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var unused = CompletableFuture.runAsync(() -> refuseTls(plain));
      URI tls = URI.create("https://127.0.0.1:" + plain.getLocalPort());
      Failure failure = failureAt(tls, protocol, true);

      assertThat(failure.kind()).isEqualTo(Failure.Kind.UNREACHABLE);
      assertThat(failure.status()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aHandshakeThatIsNotAnsweredEndsAtTheConnectLimit(Protocol protocol) throws Exception {
    try (HangingServer silent = HangingServer.silent()) {
      URI tls = URI.create("https://127.0.0.1:" + silent.port());

      assertThat(failureWith(impatient(tls, protocol), HI).kind())
          .isEqualTo(Failure.Kind.CONNECT_TIMEOUT);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aHandshakeThatStopsHalfwayEndsAtTheConnectLimit(Protocol protocol) throws Exception {
    try (HangingServer server = HangingServer.halfAHandshake()) {
      URI tls = URI.create("https://127.0.0.1:" + server.port());

      assertThat(failureWith(impatient(tls, protocol), HI).kind())
          .isEqualTo(Failure.Kind.CONNECT_TIMEOUT);
    }
  }

  @Test
  void aServerThatNeverSaysItSpeaksHttp2EndsAtTheConnectLimit() throws Exception {
    try (HangingServer silent = HangingServer.silent()) {
      URI plain = URI.create("http://127.0.0.1:" + silent.port());

      assertThat(failureWith(impatient(plain, Protocol.HTTP2), HI).kind())
          .isEqualTo(Failure.Kind.CONNECT_TIMEOUT);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aLookUpThatNeverReturnsEndsAtTheConnectLimit(Protocol protocol) throws Exception {
    Semaphore over = new Semaphore(0);
    BedrockSettings settings = impatient(URI.create("https://slow.example.invalid"), protocol);
    Transport transport =
        new Transport(
            settings,
            Duration.ofSeconds(60),
            Optional.empty(),
            host -> {
              over.acquireUninterruptibly();
              return List.of();
            });
    RecordingListener listener = new RecordingListener();
    try (BedrockClient client = new BedrockClient(settings, transport)) {
      client.start(HI, listener);
      assertThat(listener.events()).hasSize(1);
    } finally {
      over.release();
    }

    assertThat(listener.failure().kind()).isEqualTo(Failure.Kind.CONNECT_TIMEOUT);
  }

  /** A listener that accepts nobody: once its backlog is full, the system answers no more. */
  @Test
  void timesOutWhereNoConnectionIsMade() throws Exception {
    List<Socket> backlog = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 4; i++) {
        Socket socket = new Socket();
        backlog.add(socket);
        try {
          socket.connect(full.getLocalSocketAddress(), 1_000);
        } catch (SocketTimeoutException ignored) {
          // The backlog is full, which is what the connections are for.
          break;
        }
      }
      String address = "://127.0.0.1:" + full.getLocalPort();
      BedrockSettings plain = impatient(URI.create("http" + address), Protocol.HTTP1_1);
      BedrockSettings tls = impatient(URI.create("https" + address), Protocol.HTTP2);

      assertThat(failureWith(plain, HI).kind()).isEqualTo(Failure.Kind.CONNECT_TIMEOUT);
      assertThat(failureWith(tls, HI).kind()).isEqualTo(Failure.Kind.CONNECT_TIMEOUT);
    } finally {
      for (Socket socket : backlog) {
        socket.close();
      }
    }
  }

  @Test
  void framesThatBreakTheRulesOfHttp2AreAMalformedAnswer() throws Exception {
    byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    byte[] dataOfNoStream = {0, 0, 1, 0, 0, 0, 0, 0, 0, 'x'};
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  socket.getOutputStream().write(settings);
                  socket.getInputStream().readNBytes(100);
                  socket.getOutputStream().write(dataOfNoStream);
                  socket.getInputStream().readAllBytes();
                } catch (IOException ignored) {
                  // the client closes the connection
                }
              });
      answering.start();
      Failure failure =
          failureWith(
              Settings.to(
                  URI.create("http://127.0.0.1:" + server.getLocalPort()),
                  Protocol.HTTP2,
                  Optional.of(Settings.ACCESS_KEY),
                  Optional.empty()),
              HI);

      assertThat(failure.kind()).isEqualTo(Failure.Kind.MALFORMED);
      answering.join();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "H|BROKEN",
        "HTTP/1.1 200 OK\\r\\ncontent-ty|BROKEN",
        "HTTQ/1.1 200 OK\\r\\n\\r\\n|MALFORMED",
        "HTTP/1.1 101 Switching Protocols\\r\\nupgrade: x\\r\\n\\r\\n|REJECTED"
      })
  void whatIsNoAnswerEndsEachCallOnAConnectionOfItsOwn(String bytes, Failure.Kind kind)
      throws Exception {
    try (StubServer stub =
            StubServer.start(
                exchange -> {
                  exchange.raw(bytes.translateEscapes());
                  if (kind == Failure.Kind.BROKEN) {
                    exchange.cut();
                  }
                });
        BedrockClient client =
            new BedrockClient(
                Settings.to(
                    stub.address(),
                    Protocol.HTTP1_1,
                    Optional.of(Settings.ACCESS_KEY),
                    Optional.empty()))) {
      for (int i = 0; i < 2; i++) {
        RecordingListener listener = new RecordingListener();
        client.start(HI, listener);

        assertThat(listener.failure().kind()).isEqualTo(kind);
      }
      assertThat(stub.accepted()).isEqualTo(2);
    }
  }

  @Test
  void crashesWithoutAModel() throws Exception {
    BedrockSettings noModel = Settings.in("us-east-1", "");

    assertThat(failureWith(noModel, HI))
        .isEqualTo(
            new Failure(
                Failure.Kind.CRASHED,
                0,
                "IllegalArgumentException",
                "no model: neither the call nor llm.bedrock names a model id or inference"
                    + " profile"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"US East", "a/b"})
  void crashesInARegionThatIsNoName(String region) throws Exception {
    LlmRequest elsewhere = HI.withRegion(region);

    assertThat(failureWith(Settings.in("us-east-1", "m"), elsewhere).kind())
        .isEqualTo(Failure.Kind.CRASHED);
  }

  /** Answers every connection: the SDK's pool opens another one for the same call. */
  private static void refuseTls(ServerSocket plain) {
    while (!plain.isClosed()) {
      try (Socket connection = plain.accept()) {
        connection
            .getOutputStream()
            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException ignored) {
        // closed
      }
    }
  }

  private static OptionalLong retryAfter(String... headers) throws Exception {
    try (StubBedrock stub =
            new StubBedrock(Protocol.HTTP1_1, call -> call.json(429, "{}", headers));
        BedrockClient client = new BedrockClient(Settings.to(stub, Protocol.HTTP1_1))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);
      return listener.head().retryAfterMillis();
    }
  }

  @ParameterizedTest
  @CsvSource({"301, true", "302, true", "302, false", "307, true"})
  void tellsWhereItIsRedirectedTo(int status, boolean streaming) throws Exception {
    for (Protocol protocol : Protocol.values()) {
      try (StubBedrock stub =
              new StubBedrock(
                  protocol,
                  call ->
                      call.json(
                          status,
                          "{}",
                          "location",
                          "https://u:p@other.example/secret-of-the-test?token=t"));
          BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
        RecordingListener listener = new RecordingListener();
        client.start(HI.withStreaming(streaming), listener);

        assertThat(listener.events()).containsExactly("head:" + status, "failed:REJECTED");
        assertThat(listener.failure().status()).isEqualTo(status);
        assertThat(listener.failure().code()).isEqualTo("redirect");
        assertThat(listener.failure().message())
            .startsWith("redirected to https://other.example/")
            .doesNotContain("secret-of-the-test", "token");
        assertThat(stub.requests()).isEqualTo(1);
      }
    }
  }

  private static void refuse(StubCall call, int status, String code) {
    call.json(status, "{\"message\":\"That did not work\"}", "x-amzn-errortype", code + ":extra");
  }

  private static BedrockSettings impatient(URI endpoint, Protocol protocol) {
    return new BedrockSettings(
        "us-east-1",
        Settings.MODEL,
        Optional.of(endpoint),
        Optional.empty(),
        Optional.of(Settings.ACCESS_KEY),
        protocol,
        BedrockOptions.CONVERSE,
        ClientSettings.of(Duration.ofMillis(300), 10, NanoClock.SYSTEM));
  }

  private static Failure failureAt(URI endpoint, Protocol protocol, boolean streaming) {
    BedrockSettings settings =
        Settings.to(endpoint, protocol, Optional.of(Settings.ACCESS_KEY), Optional.empty());
    return failureWith(settings, HI.withStreaming(streaming));
  }

  private static Failure failureWith(BedrockSettings settings, LlmRequest request) {
    try (BedrockClient client = new BedrockClient(settings)) {
      RecordingListener listener = new RecordingListener();
      client.start(request, listener);
      assertThat(listener.events()).hasSize(1);
      return listener.failure();
    }
  }
}
