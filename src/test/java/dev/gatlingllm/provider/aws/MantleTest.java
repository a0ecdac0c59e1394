package dev.gatlingllm.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.NetworkSettings;
import dev.gatlingllm.provider.Proxies;
import dev.gatlingllm.provider.RequestHeaders;
import dev.gatlingllm.provider.anthropic.AnthropicClient;
import dev.gatlingllm.provider.anthropic.AnthropicSettings;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.chat.RecordingListener;
import dev.gatlingllm.provider.chat.StubServer;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.provider.transport.Authorization;
import dev.gatlingllm.provider.transport.CredentialException;
import dev.gatlingllm.secret.KnownSecrets;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** The clients against a service that judges signatures and tokens as Bedrock does. */
class MantleTest {

  private static final String SECRET = "secret/of+the/test";
  private static final String REGION = "eu-north-1";
  private static final Instant START = Instant.parse("2026-05-04T08:00:00Z");
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The three APIs of the endpoint. */
  enum Api {
    CHAT(
        "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}"),
    RESPONSES(
        "{\"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":\"message\","
            + "\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]}]}"),
    MESSAGES(
        "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],"
            + "\"stop_reason\":\"end_turn\"}");

    private final String answer;

    Api(String answer) {
      this.answer = answer;
    }
  }

  private volatile Instant machine = START;
  private volatile Instant service = START;
  private volatile AwsCredentials credentials = session("AKID1", START.plus(Duration.ofHours(1)));
  private volatile String answer = Api.CHAT.answer;
  private StubServer server;

  private static AwsCredentials session(String name, Instant expires) {
    return AwsSessionCredentials.builder()
        .accessKeyId(name)
        .secretAccessKey(SECRET)
        .sessionToken("session-token-of-" + name)
        .expirationTime(expires)
        .build();
  }

  @BeforeEach
  void start() throws IOException {
    server = StubServer.start(this::judge);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void judge(StubServer.Exchange exchange) throws IOException {
    String refusal = refusal(exchange.request());
    String date =
        "date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(service.atOffset(ZoneOffset.UTC));
    if (refusal.isEmpty()) {
      exchange.head(200, "content-type: application/json", date).chunk(answer).end();
    } else {
      exchange
          .head(403, "content-type: application/json", date)
          .chunk("{\"message\":\"" + refusal + "\"}")
          .end();
    }
  }

  private String refusal(StubServer.Request request) {
    if (request.header("authorization").startsWith("Bearer ")) {
      return refusalOfToken(query(request));
    }
    Signatures.Signed signed =
        Signatures.ofHeader(
            SECRET, request.method(), request.path(), request.headers(), request.body());
    Instant date = Instant.from(STAMP.parse(request.header("x-amz-date")));
    if (Duration.between(date, service).abs().compareTo(TOLERANCE) > 0) {
      return "Signature expired";
    }
    return signed.given().equals(signed.expected())
        ? ""
        : "does not match; you sent " + request.header("x-amz-security-token");
  }

  private String refusalOfToken(String query) {
    Signatures.Signed signed = Signatures.ofQuery(SECRET, "POST", "bedrock.amazonaws.com", query);
    Instant from = Instant.from(STAMP.parse(parameter(query, "X-Amz-Date")));
    Instant until = from.plusSeconds(Long.parseLong(parameter(query, "X-Amz-Expires")));
    boolean alive = service.isBefore(until) && service.isBefore(credentialsOf(signed.keyId()));
    return signed.given().equals(signed.expected()) && alive ? "" : "token expired";
  }

  private Instant credentialsOf(String name) {
    return START.plus(Duration.ofHours(Integer.parseInt(name.substring("AKID".length()))));
  }

  /** The address in a token, without its host. */
  private static String query(StubServer.Request request) {
    String token = request.header("authorization").substring("Bearer bedrock-api-key-".length());
    String address = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
    assertThat(address).startsWith("bedrock.amazonaws.com/?Action=CallWithBearerToken&");
    assertThat(address).endsWith("&Version=1");
    return address.substring(address.indexOf('?') + 1, address.length() - "&Version=1".length());
  }

  private static String parameter(String query, String name) {
    return Arrays.stream(query.split("&", -1))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private SigV4 signing() {
    return new SigV4(
        () -> CompletableFuture.completedFuture(credentials),
        BedrockHost.MANTLE,
        REGION,
        () -> machine);
  }

  private BedrockTokens tokens() {
    return new BedrockTokens(
        () -> CompletableFuture.completedFuture(credentials), REGION, () -> machine);
  }

  private LlmClient client(Api api, Authorization authorization, String path, String... headers) {
    answer = api.answer;
    ClientSettings settings =
        ClientSettings.of(Duration.ofSeconds(30), 10, NanoClock.SYSTEM)
            .with(
                new NetworkSettings(
                    Duration.ofSeconds(30),
                    new RequestHeaders(
                        headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1])),
                    Proxies.NONE,
                    false));
    URI address = URI.create(server.address() + path);
    return api == Api.MESSAGES
        ? new AnthropicClient(
            new AnthropicSettings(
                address, "m", "2023-06-01", Optional.empty(), Optional.of(authorization), settings))
        : new OpenAiClient(
            new OpenAiSettings(
                    address,
                    "m",
                    Optional.empty(),
                    KeyHeader.BEARER,
                    api == Api.CHAT ? AnswerFormat.CHAT : AnswerFormat.RESPONSES,
                    "max_tokens",
                    settings)
                .with(authorization));
  }

  private static RecordingListener call(LlmClient client, boolean streaming) throws Exception {
    RecordingListener listener = new RecordingListener();
    client.start(LlmRequest.ofPrompt("Grüße").withMaxTokens(9).withStreaming(streaming), listener);
    return listener.awaitEnd();
  }

  private static void answered(LlmClient client) throws Exception {
    assertThat(call(client, false).events()).contains("head 200", "completed");
  }

  private StubServer.Request last() {
    return server.requests().get(server.requests().size() - 1);
  }

  @ParameterizedTest
  @EnumSource
  void signsWhatGoesOutStreamedAndWhole(Api api) throws Exception {
    try (LlmClient client = client(api, signing(), "/v1")) {
      answered(client);
      call(client, true);
    }

    assertThat(server.requests()).hasSize(2);
    for (StubServer.Request request : server.requests()) {
      assertThat(refusal(request)).isEmpty();
      assertThat(request.header("x-amz-security-token")).isEqualTo("session-token-of-AKID1");
      assertThat(request.headers()).doesNotContainKeys("x-api-key", "api-key");
      Signatures.Signed signed =
          Signatures.ofHeader(SECRET, "POST", request.path(), request.headers(), request.body());
      assertThat(signed.scope()).isEqualTo("20260504/eu-north-1/bedrock-mantle/aws4_request");
      assertThat(signed.headers())
          .contains("host", "content-type", "x-amz-date", "x-amz-security-token")
          .doesNotContain("user-agent", "connection", "content-length");
    }
  }

  @Test
  void signsPathsWithEncodedCharactersAndHeadersOfTheUser() throws Exception {
    try (LlmClient client =
        client(Api.CHAT, signing(), "/a%20b/c%2Fd/v1", "X-Team", "red  and blue")) {
      answered(client);
    }

    StubServer.Request request = last();
    assertThat(request.path()).isEqualTo("/a%20b/c%2Fd/v1/chat/completions");
    assertThat(
            Signatures.ofHeader(SECRET, "POST", request.path(), request.headers(), request.body())
                .headers())
        .contains("x-team");
  }

  @Test
  void signsTheQuestionWhichModelsThereAre() throws Exception {
    try (OpenAiClient client = (OpenAiClient) client(Api.CHAT, signing(), "/v1")) {
      answer = "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"object\":\"model\"}]}";

      assertThat(client.models().get(60, TimeUnit.SECONDS)).containsExactly("m");
    }
    assertThat(last().method()).isEqualTo("GET");
  }

  @Test
  void signsEachAttemptAnewWithTheCredentialsOfItsMoment() throws Exception {
    try (LlmClient client = client(Api.CHAT, signing(), "/v1")) {
      answered(client);
      machine = START.plusSeconds(600);
      service = machine;
      credentials = session("AKID2", START.plus(Duration.ofHours(2)));
      answered(client);
    }

    assertThat(server.requests())
        .extracting(request -> request.header("x-amz-date"))
        .containsExactly("20260504T080000Z", "20260504T081000Z");
    assertThat(last().header("authorization")).contains("Credential=AKID2/");
  }

  @Test
  void aClockThatIsWrongCostsTheFirstCallsOnly() throws Exception {
    for (Authorization authorization : List.of(signing(), tokens())) {
      service = START.plus(Duration.ofDays(1));
      credentials = session("AKID48", START.plus(Duration.ofDays(2)));
      try (LlmClient client = client(Api.CHAT, authorization, "/v1")) {
        assertThat(call(client, false).failure().status()).isEqualTo(403);
        answered(client);
        answered(client);
      }
    }
  }

  @Test
  void aRefusalShowsNoSessionToken() throws Exception {
    credentials =
        AwsSessionCredentials.create("AKID1", "another-secret", "session-token-of-a-refused-call");
    KnownSecrets.ofProcess().add("session-token-of-a-refused-call");
    try (LlmClient client = client(Api.CHAT, signing(), "/v1")) {
      Failure failure = call(client, false).failure();

      assertThat(failure.kind()).isEqualTo(Failure.Kind.REJECTED);
      assertThat(failure.message()).isEqualTo("does not match; you sent ***");
    }
  }

  @Test
  void withoutCredentialsNothingIsSentAndTheFailureSaysWhy() throws Exception {
    Authorization nobody =
        new SigV4(
            () ->
                CompletableFuture.failedFuture(
                    new CredentialException(new IllegalStateException("no AWS credentials: none"))),
            BedrockHost.MANTLE,
            REGION,
            () -> machine);
    try (LlmClient client = client(Api.MESSAGES, nobody, "/anthropic")) {
      Failure failure = call(client, false).failure();

      assertThat(failure.kind()).isEqualTo(Failure.Kind.REJECTED);
      assertThat(failure.message()).isEqualTo("no AWS credentials: none");
    }
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void bearsATokenOfTheRegionThatLivesNoLongerThanItsCredentials(Api api) throws Exception {
    try (LlmClient client = client(api, tokens(), "/v1")) {
      answered(client);
    }

    assertThat(last().headers()).doesNotContainKeys("x-api-key", "x-amz-date");
    String query = query(last());
    assertThat(parameter(query, "X-Amz-Expires")).isEqualTo("3600");
    assertThat(parameter(query, "X-Amz-Credential"))
        .isEqualTo("AKID1%2F20260504%2Feu-north-1%2Fbedrock%2Faws4_request");
  }

  @Test
  void aTokenLivesTwelveHoursAtMost() throws Exception {
    credentials = session("AKID48", START.plus(Duration.ofDays(2)));
    try (LlmClient client = client(Api.CHAT, tokens(), "/v1")) {
      answered(client);
    }

    assertThat(parameter(query(last()), "X-Amz-Expires")).isEqualTo("43200");
  }

  /** A day in steps of three minutes, with credentials that change every hour. */
  @Test
  void tokensThatRunOutInMidRunAreRenewedWithoutAFailedCallOrAWait() throws Exception {
    BedrockTokens tokens = tokens();
    try (LlmClient client = client(Api.CHAT, tokens, "/v1")) {
      for (int step = 0; step < 480; step++) {
        machine = START.plus(Duration.ofMinutes(3L * step));
        service = machine;
        // The chain has new ones four minutes before the old ones expire.
        long hour = Duration.between(START, machine.plusSeconds(240)).toHours() + 1;
        credentials = session("AKID" + hour, START.plus(Duration.ofHours(hour)));
        assertThat(tokens.token()).isCompleted();
        answered(client);
      }
    }

    assertThat(
            server.requests().stream().map(request -> request.header("authorization")).distinct())
        .hasSizeBetween(25, 75);
  }

  /** Without an expiry of the credentials, the token's own twelve hours count. */
  @Test
  void aTokenOfLastingCredentialsIsRenewedBeforeItExpires() throws Exception {
    credentials = AwsSessionCredentials.create("AKID999", SECRET, "session-token-of-AKID999");
    try (LlmClient client = client(Api.CHAT, tokens(), "/v1")) {
      for (int minutes : new int[] {0, 714, 716, 721, 1428, 1440}) {
        machine = START.plus(Duration.ofMinutes(minutes));
        service = machine;
        answered(client);
      }
    }

    assertThat(server.requests().stream().map(MantleTest::query).distinct()).hasSize(3);
  }
}
