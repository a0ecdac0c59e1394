package dev.gatlingllm.provider.transport;

import dev.gatlingllm.secret.Secret;
import java.util.concurrent.CompletableFuture;

/** Where the tokens come from that stand in for a key. */
@FunctionalInterface
public interface BearerTokens extends Authorization {

  /**
   * The token to send now.
   *
   * @return already completed where a token is at hand; fails with a {@link CredentialException} if
   *     there is none
   */
  CompletableFuture<Secret> token();

  @Override
  default CompletableFuture<Proof> proof() {
    return token().thenApply(Proof::bearer);
  }
}
