package dev.gatlingllm.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.chat.RecordingListener;
import dev.gatlingllm.provider.chat.StubServer;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Tokens of Entra ID on Azure's v1 path, as the server sees them. */
class EntraTokensTest {

  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final LlmRequest HELLO = LlmRequest.ofPrompt("Say hello");

  private final FakeCredential credential = new FakeCredential();
  private volatile Instant now = START;
  private StubServer server;
  private OpenAiClient client;

  /** Gives {@code secret-token-1}, {@code -2} and so on, valid for an hour. */
  private final class FakeCredential implements TokenCredential {
    private final List<String> scopes = new ArrayList<>();
    private final List<String> threads = new ArrayList<>();
    private Supplier<Mono<AccessToken>> answer = this::next;

    @Override
    public synchronized Mono<AccessToken> getToken(TokenRequestContext request) {
      scopes.addAll(request.getScopes());
      threads.add(Thread.currentThread().getName());
      return answer.get();
    }

    private Mono<AccessToken> next() {
      return Mono.just(
          new AccessToken(
              "secret-token-" + scopes.size(), now.plusSeconds(3600).atOffset(ZoneOffset.UTC)));
    }

    synchronized void answers(Supplier<Mono<AccessToken>> newAnswer) {
      answer = newAnswer;
    }

    synchronized int asked() {
      return scopes.size();
    }
  }

  @BeforeEach
  void start() throws Exception {
    server =
        StubServer.start(
            exchange ->
                exchange
                    .head(401, "content-type: application/json")
                    .chunk(
                        "{\"error\":{\"code\":\"401\",\"message\":\"not you: "
                            + exchange.request().header("authorization").replace("Bearer ", "")
                            + "\"}}")
                    .end());
    client = client(new EntraTokens(new EnvironmentCredential(() -> credential), () -> now));
  }

  private OpenAiClient client(EntraTokens tokens) {
    return new OpenAiClient(
        new OpenAiSettings(
                URI.create(server.address() + "/openai/v1"),
                "gpt-test",
                Optional.empty(),
                KeyHeader.API_KEY,
                AnswerFormat.CHAT,
                "max_tokens",
                ClientSettings.of(Duration.ofSeconds(30), 10, NanoClock.SYSTEM))
            .with(tokens));
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  private Failure call() throws Exception {
    RecordingListener listener = new RecordingListener();
    client.start(HELLO, listener);
    return listener.awaitEnd().failure();
  }

  private List<String> sent() {
    return server.requests().stream().map(request -> request.header("authorization")).toList();
  }

  @Test
  void oneTokenGoesWithEveryCallAsBearerAndNoKeyBesideIt() throws Exception {
    call();
    call();

    assertThat(sent()).containsExactly("Bearer secret-token-1", "Bearer secret-token-1");
    assertThat(server.requests().get(0).path()).isEqualTo("/openai/v1/chat/completions");
    assertThat(server.requests().get(0).headers()).doesNotContainKey("api-key");
    assertThat(credential.scopes).containsExactly("https://cognitiveservices.azure.com/.default");
  }

  @Test
  void aTokenIsRenewedInItsLastFiveMinutesWhileTheOldOneIsStillSent() throws Exception {
    call();
    now = START.plusSeconds(3600 - 301);
    call();
    assertThat(credential.asked()).isEqualTo(1);

    now = START.plusSeconds(3600 - 299);
    CompletableFuture<AccessToken> renewed = new CompletableFuture<>();
    credential.answers(() -> Mono.fromFuture(renewed));
    call();
    call();
    assertThat(sent()).hasSize(4).containsOnly("Bearer secret-token-1");
    await(() -> credential.asked() == 2);

    renewed.complete(
        new AccessToken("secret-token-new", START.plusSeconds(7200).atOffset(ZoneOffset.UTC)));
    await(() -> callSends("Bearer secret-token-new"));
    assertThat(credential.asked()).isEqualTo(2);
  }

  private boolean callSends(String header) throws Exception {
    call();
    List<String> all = sent();
    return all.get(all.size() - 1).equals(header);
  }

  @Test
  void anExpiredTokenIsNotSent() throws Exception {
    call();
    now = START.plusSeconds(3600);
    call();

    assertThat(sent()).containsExactly("Bearer secret-token-1", "Bearer secret-token-2");
  }

  @Test
  void aRenewalThatFailedLeavesTheOldTokenAndIsTriedAgainAfterHalfAMinute() throws Exception {
    call();
    now = START.plusSeconds(3400);
    credential.answers(() -> Mono.error(new IllegalStateException("away")));
    call();
    await(() -> credential.asked() == 2);
    // The failure is settled a moment after the credential was asked.
    TimeUnit.MILLISECONDS.sleep(200);
    call();
    assertThat(credential.asked()).isEqualTo(2);
    assertThat(sent()).hasSize(3).containsOnly("Bearer secret-token-1");

    now = now.plusSeconds(31);
    call();
    await(() -> credential.asked() == 3);
  }

  @Test
  void withoutATokenTheCallIsRejectedUnderTheExceptionsNameAndNothingIsSent() throws Exception {
    credential.answers(() -> Mono.error(new IllegalStateException("no identity here")));

    assertThat(call())
        .isEqualTo(
            new Failure(Failure.Kind.REJECTED, 0, "IllegalStateException", "no identity here"));
    assertThat(server.requests()).isEmpty();

    credential.answers(credential::next);
    call();
    assertThat(sent()).containsExactly("Bearer secret-token-2");
  }

  @Test
  void noTextShowsTheTokenNotEvenWhatTheServerSaysOfIt() throws Exception {
    Failure failure = call();

    assertThat(sent()).containsExactly("Bearer secret-token-1");
    assertThat(failure.kind()).isEqualTo(Failure.Kind.REJECTED);
    assertThat(failure.message()).isEqualTo("not you: ***");
    assertThat(failure.toString()).doesNotContain("secret-token");
  }

  @Test
  void theCredentialIsAskedOnAThreadThatMayBlock() throws Exception {
    call();

    assertThat(credential.threads).allMatch(name -> name.startsWith("boundedElastic-"));
  }

  @Test
  void aCallThatIsGivenUpWhileItWaitsForATokenIsNotSent() throws Exception {
    CompletableFuture<AccessToken> late = new CompletableFuture<>();
    credential.answers(() -> Mono.fromFuture(late));
    RecordingListener listener = new RecordingListener();
    var handle = client.start(HELLO, listener);
    await(() -> credential.asked() == 1);
    handle.cancel();
    late.complete(new AccessToken("secret-late", START.plusSeconds(3600).atOffset(ZoneOffset.UTC)));
    assertThat(listener.awaitEnd().failure().code()).isEqualTo("Cancelled");

    call();
    assertThat(sent()).containsExactly("Bearer secret-late");
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    for (int tries = 0; tries < 1000 && !condition.holds(); tries++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(condition.holds()).isTrue();
  }
}
