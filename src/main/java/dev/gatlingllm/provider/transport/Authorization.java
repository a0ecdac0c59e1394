package dev.gatlingllm.provider.transport;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What shows who calls, where there is no key. Safe for use by many threads, and never blocks: an
 * event loop may ask.
 */
public interface Authorization {

  /**
   * The proof for requests that are sent now.
   *
   * @return already completed where credentials are at hand; fails with a {@link
   *     CredentialException} if there are none
   */
  CompletableFuture<Proof> proof();

  /**
   * A response came.
   *
   * @param date its {@code Date} header, by which a refusal may say that this machine's clock is
   *     wrong
   */
  default void answered(int status, Optional<String> date) {}
}
