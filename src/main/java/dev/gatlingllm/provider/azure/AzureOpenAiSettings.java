package dev.gatlingllm.provider.azure;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.provider.chat.ChatBody;
import dev.gatlingllm.secret.Secret;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * How to reach an Azure OpenAI resource.
 *
 * @param endpoint the resource's address, https, or http on a loopback host, or where no key goes
 *     with the calls or the client's settings allow it; trailing slashes are taken off
 * @param deployment the deployment that is asked when a request names no model
 * @param apiVersion the {@code api-version} parameter, such as {@code 2024-10-21}
 * @param key the resource's key; without one the credential of the environment is used (Entra ID),
 *     or none on an http address
 * @param maxTokensField the field for the upper bound of the output, {@code max_tokens} or {@code
 *     max_completion_tokens}
 * @param client what all clients have in common
 */
public record AzureOpenAiSettings(
    URI endpoint,
    String deployment,
    String apiVersion,
    Optional<Secret> key,
    String maxTokensField,
    ClientSettings client) {

  /** Checks every component; a message names the setting. */
  public AzureOpenAiSettings {
    notBlank("llm.azure.deployment", deployment);
    notBlank("llm.azure.apiVersion", apiVersion);
    Objects.requireNonNull(key, "key");
    ChatBody.checkMaxTokensField("llm.azure.maxTokensField", maxTokensField);
    Objects.requireNonNull(client, "client");
    boolean nothingSecret = key.isEmpty() && !client.network().headers().holdSecret();
    endpoint =
        ServiceAddress.check(
            "llm.azure.endpoint",
            endpoint,
            new ServiceAddress.PlainHttp(
                "llm.azure.plainHttp", nothingSecret || client.network().plainHttp()));
  }

  private static void notBlank(String key, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(key + " must not be blank");
    }
  }

  /** Whether the endpoint is plain http. */
  boolean plainText() {
    return endpoint.getScheme().equalsIgnoreCase("http");
  }
}
