package dev.gatlingllm.provider.openai;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.chat.ChatBody;
import dev.gatlingllm.provider.transport.Authorization;
import dev.gatlingllm.secret.Secret;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * How to reach OpenAI or a server that speaks its format.
 *
 * @param baseUrl the address before {@code /chat/completions} or {@code /responses}, such as {@code
 *     https://api.openai.com/v1}; https, or http on a loopback host, or where no key goes with the
 *     calls or the client's settings allow it; trailing slashes are taken off
 * @param model the model that is asked when a request names none; may be empty, to find it out
 * @param key the API key; without one no {@code Authorization} header is sent
 * @param keyHeader the header that carries the key
 * @param authorization shows who calls, where there is no key
 * @param api which of the APIs is called
 * @param maxTokensField for chat completions, the field for the upper bound of the output, {@code
 *     max_tokens} or {@code max_completion_tokens}
 * @param client what all clients have in common
 */
public record OpenAiSettings(
    URI baseUrl,
    String model,
    Optional<Secret> key,
    KeyHeader keyHeader,
    Optional<Authorization> authorization,
    AnswerFormat api,
    String maxTokensField,
    ClientSettings client) {

  /** Checks every component; a message names the setting. */
  public OpenAiSettings {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(keyHeader, "keyHeader");
    Objects.requireNonNull(api, "api");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(authorization, "authorization");
    ChatBody.checkMaxTokensField("llm.openai.maxTokensField", maxTokensField);
    Objects.requireNonNull(client, "client");
    baseUrl =
        ServiceAddress.check(
            "llm.openai.baseUrl",
            baseUrl,
            plainHttp(client, key.isEmpty() && authorization.isEmpty()));
  }

  private static ServiceAddress.PlainHttp plainHttp(ClientSettings client, boolean noKey) {
    boolean nothingSecret = noKey && !client.network().headers().holdSecret();
    return new ServiceAddress.PlainHttp(
        "llm.openai.plainHttp", nothingSecret || client.network().plainHttp());
  }

  /** Settings with a key, or without any credential. */
  public OpenAiSettings(
      URI baseUrl,
      String model,
      Optional<Secret> key,
      KeyHeader keyHeader,
      AnswerFormat api,
      String maxTokensField,
      ClientSettings client) {
    this(baseUrl, model, key, keyHeader, Optional.empty(), api, maxTokensField, client);
  }

  /** The same settings with another model. */
  public OpenAiSettings withModel(String newModel) {
    return new OpenAiSettings(
        baseUrl, newModel, key, keyHeader, authorization, api, maxTokensField, client);
  }

  /** The same settings with what shows who calls, if there is no key. */
  public OpenAiSettings with(Authorization newAuthorization) {
    return new OpenAiSettings(
        baseUrl, model, key, keyHeader, Optional.of(newAuthorization), api, maxTokensField, client);
  }
}
