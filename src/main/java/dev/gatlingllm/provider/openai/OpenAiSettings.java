package dev.gatlingllm.provider.openai;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.Endpoint;
import dev.gatlingllm.provider.http.ChatBody;
import dev.gatlingllm.provider.http.Secret;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * How to reach OpenAI or a server that speaks its format.
 *
 * @param baseUrl the address before {@code /chat/completions}, such as {@code
 *     https://api.openai.com/v1}; https, or http on a loopback host; trailing slashes are taken off
 * @param model the model that is asked when a request names none
 * @param key the API key; without one no {@code Authorization} header is sent
 * @param maxTokensField the field for the upper bound of the output, {@code max_tokens} or {@code
 *     max_completion_tokens}
 * @param client what all clients have in common
 */
public record OpenAiSettings(
    URI baseUrl, String model, Optional<Secret> key, String maxTokensField, ClientSettings client) {

  /** Checks every component; a message names the setting. */
  public OpenAiSettings {
    baseUrl = Endpoint.check("llm.openai.baseUrl", baseUrl);
    if (model.isBlank()) {
      throw new IllegalArgumentException("llm.openai.model must not be blank");
    }
    Objects.requireNonNull(key, "key");
    ChatBody.checkMaxTokensField("llm.openai.maxTokensField", maxTokensField);
    Objects.requireNonNull(client, "client");
  }
}
