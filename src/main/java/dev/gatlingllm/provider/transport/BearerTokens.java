package dev.gatlingllm.provider.transport;

import dev.gatlingllm.secret.Secret;
import java.util.concurrent.CompletableFuture;

/**
 * Where the tokens come from that stand in for a key. Safe for use by many threads, and never
 * blocks: an event loop may ask.
 */
@FunctionalInterface
public interface BearerTokens {

  /**
   * The token to send now.
   *
   * @return already completed where a token is at hand; fails with a {@link CredentialException} if
   *     none can be had
   */
  CompletableFuture<Secret> token();
}
