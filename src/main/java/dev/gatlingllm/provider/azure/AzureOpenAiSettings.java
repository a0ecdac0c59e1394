package dev.gatlingllm.provider.azure;

import dev.gatlingllm.provider.http.ChatBody;
import dev.gatlingllm.provider.http.Endpoint;
import dev.gatlingllm.provider.http.Secret;
import dev.gatlingllm.provider.http.Setting;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How to reach an Azure OpenAI resource.
 *
 * @param endpoint the resource's address, https, or http on a loopback host; trailing slashes are
 *     taken off
 * @param deployment the deployment that is asked when a request names no model
 * @param apiVersion the {@code api-version} parameter, such as {@code 2024-10-21}
 * @param key the resource's key; without one the credential of the environment is used (Entra ID),
 *     or none on a loopback http address
 * @param connectTimeout how long a connection may take to be established
 * @param maxConnections most connections at once, so most calls at once
 * @param maxTokensField the field for the upper bound of the output, {@code max_tokens} or {@code
 *     max_completion_tokens}
 * @param clock stamps the events
 */
public record AzureOpenAiSettings(
    URI endpoint,
    String deployment,
    String apiVersion,
    Optional<Secret> key,
    Duration connectTimeout,
    int maxConnections,
    String maxTokensField,
    NanoClock clock) {

  /** Checks every component; a message names the setting. */
  public AzureOpenAiSettings {
    endpoint = Endpoint.check("llm.azure.endpoint", endpoint);
    Setting.notBlank("llm.azure.deployment", deployment);
    Setting.notBlank("llm.azure.apiVersion", apiVersion);
    Objects.requireNonNull(key, "key");
    Setting.connectTimeout("llm.azure.connectTimeout", connectTimeout);
    Setting.positive("llm.azure.maxConnections", maxConnections);
    ChatBody.checkMaxTokensField("llm.azure.maxTokensField", maxTokensField);
    Objects.requireNonNull(clock, "clock");
  }

  /** Whether the endpoint is plain http, which only a loopback host may be. */
  boolean plainText() {
    return endpoint.getScheme().equalsIgnoreCase("http");
  }
}
