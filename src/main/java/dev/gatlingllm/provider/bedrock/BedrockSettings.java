package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How to reach Amazon Bedrock.
 *
 * <p>Who calls: {@code apiKey} if given; else {@code accessKey} if given; else what the SDK finds
 * by itself, which is the environment variable {@code AWS_BEARER_TOKEN_BEDROCK} or its default
 * credentials chain.
 *
 * @param region the region of calls that name none, such as {@code us-east-1}
 * @param modelId model or inference profile (id or ARN) of calls that name none; may be empty
 * @param endpoint where to send instead of the region's own endpoint; {@code http} only to this
 *     machine
 * @param apiKey a Bedrock API key
 * @param accessKey fixed AWS credentials
 * @param connectTimeout upper bound of one TCP connect and of one TLS handshake
 * @param maxConnections how many calls may be in flight at once, per region; more wait for a place
 * @param protocol the protocol towards the service
 * @param clock stamps the events
 */
public record BedrockSettings(
    String region,
    String modelId,
    Optional<URI> endpoint,
    Optional<ApiKey> apiKey,
    Optional<AccessKey> accessKey,
    Duration connectTimeout,
    int maxConnections,
    Protocol protocol,
    NanoClock clock) {

  /** The protocols that the service speaks. */
  public enum Protocol {
    /** HTTP/2, by ALPN over TLS and by prior knowledge without. The SDK's default for Bedrock. */
    HTTP2,
    /** HTTP/1.1, one connection for each call in flight. */
    HTTP1_1
  }

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  /**
   * Rejects settings that cannot work.
   *
   * @throws IllegalArgumentException naming the key, the value and what is accepted
   */
  public BedrockSettings {
    Objects.requireNonNull(modelId, "modelId");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(clock, "clock");
    if (!region.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "llm.bedrock.region must be a region such as us-east-1, was '" + region + "'");
    }
    endpoint.ifPresent(BedrockSettings::checkEndpoint);
    if (apiKey.isPresent() && accessKey.isPresent()) {
      throw new IllegalArgumentException(
          "llm.bedrock takes an API key or an access key, both were given");
    }
    if (connectTimeout.isZero() || connectTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "llm.bedrock connect timeout must be > 0, was " + connectTimeout);
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "llm.bedrock connections must be >= 1, was " + maxConnections);
    }
  }

  /**
   * Settings with the defaults: the region's own endpoint, credentials as the SDK finds them, 10 s
   * to connect, 1,000 calls in flight, HTTP/2, the clock of the JVM.
   */
  public static BedrockSettings of(String region, String modelId) {
    return new BedrockSettings(
        region,
        modelId,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(10),
        1_000,
        Protocol.HTTP2,
        NanoClock.SYSTEM);
  }

  /** Whether calls go out without TLS, which is allowed to this machine only. */
  boolean plainText() {
    return endpoint.map(uri -> uri.getScheme().equalsIgnoreCase("http")).orElse(false);
  }

  /** Refuses an endpoint that is not on this machine. */
  void checkLoopback() {
    if (endpoint.isEmpty() || !isLoopback(endpoint.get())) {
      throw new IllegalArgumentException(
          "llm.bedrock.endpoint must be on a loopback host, was "
              + endpoint.map(URI::getHost).orElse("the region's own"));
    }
  }

  private static boolean isLoopback(URI endpoint) {
    String host = endpoint.getHost() == null ? "" : endpoint.getHost();
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  private static void checkEndpoint(URI endpoint) {
    String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme();
    String host = endpoint.getHost() == null ? "" : endpoint.getHost();
    boolean accepted =
        switch (scheme.toLowerCase(Locale.ROOT)) {
          case "https" -> !host.isEmpty();
          case "http" -> isLoopback(endpoint);
          default -> false;
        };
    if (!accepted || endpoint.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "llm.bedrock.endpoint must be https://host[:port], or http:// on localhost, 127.x.x.x or"
              + " [::1], and without a user; was '"
              + scheme
              + "' on host '"
              + host
              + "'");
    }
  }
}
