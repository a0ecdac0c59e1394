package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.OwnHeaders;
import dev.gatlingllm.provider.RequestHeaders;
import dev.gatlingllm.provider.ServiceAddress;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

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
 *     machine, or where the client's settings allow it
 * @param apiKey a Bedrock API key
 * @param accessKey fixed AWS credentials
 * @param protocol the protocol towards the service
 * @param options what all calls have in common
 * @param client what all clients have in common: its connect timeout bounds one TCP connect and one
 *     TLS handshake, its connections are the calls in flight per region
 */
public record BedrockSettings(
    String region,
    String modelId,
    Optional<URI> endpoint,
    Optional<BedrockApiKey> apiKey,
    Optional<AccessKey> accessKey,
    Protocol protocol,
    BedrockOptions options,
    ClientSettings client) {

  /** The protocols that the service speaks. */
  public enum Protocol {
    /** HTTP/2, by ALPN over TLS and by prior knowledge without. The SDK's default for Bedrock. */
    HTTP2,
    /** HTTP/1.1, one connection for each call in flight. */
    HTTP1_1
  }

  private static final URI REGIONS_OWN = URI.create("https://the.regions.own");

  /**
   * Rejects settings that cannot work.
   *
   * @throws IllegalArgumentException naming the key, the value and what is accepted
   */
  public BedrockSettings {
    Objects.requireNonNull(modelId, "modelId");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(client, "client");
    if (!region.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "llm.bedrock.region must be a region such as us-east-1, was '" + region + "'");
    }
    ServiceAddress.PlainHttp plainHttp =
        new ServiceAddress.PlainHttp("llm.bedrock.plainHttp", client.network().plainHttp());
    endpoint =
        endpoint.map(address -> ServiceAddress.check("llm.bedrock.endpoint", address, plainHttp));
    if (apiKey.isPresent() && accessKey.isPresent()) {
      throw new IllegalArgumentException(
          "llm.bedrock takes an API key or an access key, both were given");
    }
  }

  /**
   * Whether calls go out without TLS, as it may to this machine, or where the settings allow it.
   */
  boolean plainText() {
    return endpoint.map(uri -> uri.getScheme().equalsIgnoreCase("http")).orElse(false);
  }

  /** The headers of one attempt of a call. */
  RequestHeaders headersOf(OwnHeaders own) {
    return client.network().headersOf(own, endpoint.orElse(REGIONS_OWN));
  }

  /** Refuses an endpoint that is not on this machine. */
  void checkLoopback() {
    ServiceAddress.checkLoopback("llm.bedrock.endpoint", endpoint.orElse(REGIONS_OWN));
  }
}
