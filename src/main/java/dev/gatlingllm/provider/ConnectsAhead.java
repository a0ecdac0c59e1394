package dev.gatlingllm.provider;

import java.util.concurrent.CompletableFuture;

/** A client that can open connections before its first call needs them. */
public interface ConnectsAhead {

  /**
   * Opens connections, TLS included, without sending a request, and keeps them for the next calls.
   *
   * @param connections how many, at least 1
   * @return how many were opened; fails if one could not be
   */
  CompletableFuture<Integer> connect(int connections);
}
