package dev.gatlingllm.provider.anthropic;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.provider.transport.Authorization;
import dev.gatlingllm.secret.Secret;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How to reach a service that speaks Anthropic's Messages API.
 *
 * @param baseUrl the address before {@code /v1/messages}, such as {@code
 *     https://api.anthropic.com}; https, or http on a loopback host; trailing slashes are taken off
 * @param model the model or deployment that is asked when a request names none
 * @param version the version of the API, a date such as {@code 2023-06-01}
 * @param key the API key, sent as {@code x-api-key}
 * @param authorization shows who calls, where there is no key
 * @param client what all clients have in common
 */
public record AnthropicSettings(
    URI baseUrl,
    String model,
    String version,
    Optional<Secret> key,
    Optional<Authorization> authorization,
    ClientSettings client) {

  private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  /** Checks every component; a message names the setting. */
  public AnthropicSettings {
    Objects.requireNonNull(model, "model");
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          "llm.anthropic.version must be a date such as 2023-06-01, was " + version);
    }
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(authorization, "authorization");
    Objects.requireNonNull(client, "client");
    boolean secret =
        key.isPresent() || authorization.isPresent() || client.network().headers().holdSecret();
    baseUrl =
        ServiceAddress.check(
            "llm.anthropic.baseUrl",
            baseUrl,
            new ServiceAddress.PlainHttp(
                "llm.anthropic.plainHttp", !secret || client.network().plainHttp()));
  }
}
