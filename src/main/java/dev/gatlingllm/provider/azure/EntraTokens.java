package dev.gatlingllm.provider.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.gatlingllm.provider.transport.BearerTokens;
import dev.gatlingllm.provider.transport.CredentialException;
import dev.gatlingllm.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import reactor.core.publisher.Mono;

/**
 * Tokens of Entra ID for Azure's model services. One is kept until it expires; in its last five
 * minutes a new one is asked for while calls still get the old one, and calls without a valid token
 * wait for the one look-up that is under way. A look-up that failed is not kept, but with a valid
 * token at hand the next one comes half a minute later.
 */
public final class EntraTokens implements BearerTokens {

  /** What the tokens are for. */
  static final String SCOPE = "https://cognitiveservices.azure.com/.default";

  private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(5);
  private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(30);

  private record Kept(Secret token, Instant expires) {}

  private final TokenCredential credential;
  private final InstantSource clock;
  private Optional<Kept> kept = Optional.empty();
  private Instant refreshAt = Instant.MIN;
  private Optional<CompletableFuture<Kept>> lookup = Optional.empty();

  /** The default credential chain of the environment, which is searched at the first call. */
  public static EntraTokens ofEnvironment() {
    return new EntraTokens(
        new EnvironmentCredential(() -> new DefaultAzureCredentialBuilder().build()),
        InstantSource.system());
  }

  EntraTokens(TokenCredential credential, InstantSource clock) {
    this.credential = credential;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Secret> token() {
    CompletableFuture<Kept> mine = new CompletableFuture<>();
    CompletableFuture<Kept> answer;
    boolean due;
    synchronized (this) {
      Instant now = clock.instant();
      Optional<Kept> valid = kept.filter(one -> now.isBefore(one.expires()));
      due = lookup.isEmpty() && (valid.isEmpty() || !now.isBefore(refreshAt));
      if (due) {
        lookup = Optional.of(mine);
      }
      answer = valid.map(CompletableFuture::completedFuture).orElseGet(() -> lookup.orElseThrow());
    }
    if (due) {
      // Outside of the lock: a credential may answer at once, on this thread.
      lookUp(mine);
    }
    return answer.thenApply(Kept::token);
  }

  private void lookUp(CompletableFuture<Kept> pending) {
    CompletableFuture<Kept> unused =
        Mono.defer(() -> credential.getToken(new TokenRequestContext().addScopes(SCOPE)))
            .switchIfEmpty(Mono.error(() -> new IllegalStateException("no token was given")))
            .toFuture()
            .thenApply(EntraTokens::kept)
            .whenComplete((found, failure) -> settle(pending, found, failure));
  }

  private static Kept kept(AccessToken token) {
    return new Kept(Secret.of(token.getToken()), token.getExpiresAt().toInstant());
  }

  private void settle(CompletableFuture<Kept> pending, Kept found, Throwable failure) {
    synchronized (this) {
      lookup = Optional.empty();
      if (failure == null) {
        kept = Optional.of(found);
        refreshAt = found.expires().minus(BEFORE_EXPIRY);
      } else {
        refreshAt = clock.instant().plus(BETWEEN_FAILURES);
      }
    }
    if (failure == null) {
      pending.complete(found);
    } else {
      pending.completeExceptionally(asCredentialException(failure));
    }
  }

  private static CredentialException asCredentialException(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof CredentialException known ? known : new CredentialException(cause);
  }
}
