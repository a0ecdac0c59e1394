package dev.gatlingllm.provider.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.gatlingllm.provider.transport.BearerTokens;
import dev.gatlingllm.provider.transport.CredentialException;
import dev.gatlingllm.provider.transport.Renewed;
import dev.gatlingllm.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/**
 * Tokens of Entra ID for Azure's model services. One is kept until it expires, and {@link Renewed}
 * in its last five minutes.
 */
public final class EntraTokens implements BearerTokens {

  /** What the tokens are for. */
  static final String SCOPE = "https://cognitiveservices.azure.com/.default";

  private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(5);

  private final TokenCredential credential;
  private final Renewed<Secret> tokens;

  /** The default credential chain of the environment, which is searched at the first call. */
  public static EntraTokens ofEnvironment() {
    return new EntraTokens(
        new EnvironmentCredential(() -> new DefaultAzureCredentialBuilder().build()),
        InstantSource.system());
  }

  EntraTokens(TokenCredential credential, InstantSource clock) {
    this.credential = credential;
    this.tokens = new Renewed<>(this::lookUp, clock);
  }

  @Override
  public CompletableFuture<Secret> token() {
    return tokens.get();
  }

  private CompletableFuture<Renewed.Lease<Secret>> lookUp() {
    return Mono.defer(() -> credential.getToken(new TokenRequestContext().addScopes(SCOPE)))
        .switchIfEmpty(Mono.error(() -> new IllegalStateException("no token was given")))
        .map(EntraTokens::lease)
        .onErrorMap(EntraTokens::asCredentialException)
        .toFuture();
  }

  private static Renewed.Lease<Secret> lease(AccessToken token) {
    Instant expires = token.getExpiresAt().toInstant();
    return new Renewed.Lease<>(Secret.of(token.getToken()), expires.minus(BEFORE_EXPIRY), expires);
  }

  private static CredentialException asCredentialException(Throwable failure) {
    return failure instanceof CredentialException known ? known : new CredentialException(failure);
  }
}
