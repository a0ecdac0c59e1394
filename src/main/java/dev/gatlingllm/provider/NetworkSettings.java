package dev.gatlingllm.provider;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * How the clients of all services use the network.
 *
 * @param idle how long a connection may be idle and still be used; above 0. A server that names a
 *     shorter time in its {@code Keep-Alive} header gets that one
 * @param headers sent with every request, beside those of the API
 * @param proxies the way to addresses that are not reached directly
 * @param plainHttp whether a key may be sent without TLS to another machine
 */
public record NetworkSettings(
    Duration idle, RequestHeaders headers, Proxies proxies, boolean plainHttp) {

  /** Below the 5 s of uvicorn, which most servers of open models run on. */
  public static final Duration DEFAULT_IDLE = Duration.ofSeconds(4);

  /** Direct connections, no header more, and keys over TLS only. */
  public static final NetworkSettings DEFAULT =
      new NetworkSettings(DEFAULT_IDLE, RequestHeaders.NONE, Proxies.NONE, false);

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException naming the setting, its value and what is accepted
   */
  public NetworkSettings {
    if (idle.isZero() || idle.isNegative()) {
      throw new IllegalArgumentException("llm.timeout.idle must be above 0, was " + idle);
    }
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(proxies, "proxies");
  }

  /**
   * The headers of one attempt of a call: its own, and those of all calls.
   *
   * @param address where they go
   * @throws IllegalArgumentException if one of the call's own, by its name, is a secret that
   *     another machine would get without TLS
   */
  public RequestHeaders headersOf(OwnHeaders own, URI address) {
    boolean readable =
        "http".equalsIgnoreCase(address.getScheme()) && !ServiceAddress.isLoopback(address);
    if (readable && !plainHttp) {
      own.secret()
          .ifPresent(
              name -> {
                throw new IllegalArgumentException(
                    "header "
                        + name
                        + " is a secret and would go to another machine without TLS; to send it in"
                        + " plain text, set plainHttp = allow in the section of the provider");
              });
    }
    return headers.with(own.ofAttempt());
  }

  /** The same for a service whose own setting says whether a key may go without TLS. */
  public NetworkSettings withPlainHttp(boolean allowed) {
    return new NetworkSettings(idle, headers, proxies, allowed);
  }
}
