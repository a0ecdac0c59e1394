package dev.gatlingllm.simulator.wire;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chat completions, at OpenAI's paths and at those of Azure's deployments. */
final class ChatCompletionsApi implements WireApi {

  private static final int MOST_CHOICES = 128;
  private static final Pattern PATH =
      Pattern.compile("(?:(?:/openai)?/v1|/openai/deployments/([^/]+))?/chat/completions");

  /** Azure's address needs an api-version. */
  @Override
  public Optional<Address> address(QueryStringDecoder target, String accept) {
    Matcher path = PATH.matcher(target.rawPath());
    if (!path.matches()) {
      return Optional.empty();
    }
    if (path.group(1) == null) {
      return Optional.of(new Address(this, new OpenAi(), "", false));
    }
    return target.parameters().containsKey("api-version")
        ? Optional.of(new Address(this, Azure.OPENAI, WireApi.decoded(path.group(1)), false))
        : Optional.empty();
  }

  @Override
  public CallRequest read(Address address, RequestBody body) throws InvalidRequestException {
    boolean recent = body.json().has("max_completion_tokens");
    String model = address.model().isEmpty() ? body.model() : address.model();
    boolean azure = address.service() == Azure.OPENAI;
    boolean usageEvent = body.get("stream_options").path("include_usage").asBoolean(false);
    var maxTokens = body.maxTokens(recent ? "/max_completion_tokens" : "/max_tokens");
    int choices = body.number("/n", MOST_CHOICES).orElse(1);
    return new CallRequest(
        body.streaming(),
        maxTokens,
        choices,
        PromptTokens.count(PromptTurns.messages("messages", body.get("messages"))),
        body.prefixes(true, model),
        (requestId, usage) ->
            new ChatCompletionsFormat(azure, usageEvent, choices, model, requestId));
  }
}
