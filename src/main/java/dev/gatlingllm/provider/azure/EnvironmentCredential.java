package dev.gatlingllm.provider.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import dev.gatlingllm.provider.transport.CredentialException;
import dev.gatlingllm.secret.KnownSecrets;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A credential that is looked up when the first token is asked for, and asked on a thread that may
 * block: some of Azure's credentials start a process or read a file where they are called, which
 * would be an event loop. The SDK keeps the token until shortly before it expires.
 */
final class EnvironmentCredential implements TokenCredential {

  private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

  private final Mono<TokenCredential> credential;

  EnvironmentCredential(Supplier<TokenCredential> lookup) {
    credential =
        Mono.fromSupplier(lookup)
            .cache(found -> FOREVER, failure -> Duration.ZERO, () -> Duration.ZERO);
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return credential
        .flatMap(found -> found.getToken(request))
        .doOnNext(token -> KnownSecrets.ofProcess().add(token.getToken()))
        .subscribeOn(Schedulers.boundedElastic())
        .onErrorMap(CredentialException::new);
  }
}
