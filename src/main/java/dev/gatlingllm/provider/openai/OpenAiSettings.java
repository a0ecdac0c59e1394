package dev.gatlingllm.provider.openai;

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
 * How to reach OpenAI or a server that speaks its format.
 *
 * @param baseUrl the address before {@code /chat/completions}, such as {@code
 *     https://api.openai.com/v1}; https, or http on a loopback host; trailing slashes are taken off
 * @param model the model that is asked when a request names none
 * @param key the API key; without one no {@code Authorization} header is sent
 * @param connectTimeout how long a connection may take to be established
 * @param maxConnections most connections at once, so most calls at once
 * @param maxTokensField the field for the upper bound of the output, {@code max_tokens} or {@code
 *     max_completion_tokens}
 * @param clock stamps the events
 */
public record OpenAiSettings(
    URI baseUrl,
    String model,
    Optional<Secret> key,
    Duration connectTimeout,
    int maxConnections,
    String maxTokensField,
    NanoClock clock) {

  /** Checks every component; a message names the setting. */
  public OpenAiSettings {
    baseUrl = Endpoint.check("llm.openai.baseUrl", baseUrl);
    Setting.notBlank("llm.openai.model", model);
    Objects.requireNonNull(key, "key");
    Setting.connectTimeout("llm.openai.connectTimeout", connectTimeout);
    Setting.positive("llm.openai.maxConnections", maxConnections);
    ChatBody.checkMaxTokensField("llm.openai.maxTokensField", maxTokensField);
    Objects.requireNonNull(clock, "clock");
  }
}
