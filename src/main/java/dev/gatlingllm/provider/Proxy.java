package dev.gatlingllm.provider;

import dev.gatlingllm.secret.Secret;
import java.util.Objects;
import java.util.Optional;

/**
 * An HTTP proxy that opens ways to a service by {@code CONNECT}.
 *
 * @param host its name or address
 * @param port 1 to 65535
 * @param user who calls, for {@code Proxy-Authorization}
 * @param password goes with the user
 */
public record Proxy(String host, int port, Optional<String> user, Optional<Secret> password) {

  /** Rejects an impossible port. */
  public Proxy {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the port of a proxy must be 1 to 65535, was " + port);
    }
  }
}
