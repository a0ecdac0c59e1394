package dev.gatlingllm.simulator.wire;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Anthropic's Messages API, at its own path and at that of Foundry and Bedrock. */
final class MessagesApi implements WireApi {

  private static final Pattern PATH = Pattern.compile("(?:/anthropic)?/v1/messages");

  @Override
  public Optional<Address> address(QueryStringDecoder target, String accept) {
    return PATH.matcher(target.rawPath()).matches()
        ? Optional.of(new Address(this, new Anthropic(), "", false))
        : Optional.empty();
  }

  @Override
  public CallRequest read(Address address, RequestBody body) throws InvalidRequestException {
    String model = body.model();
    OptionalInt maxTokens = body.maxTokens("/max_tokens");
    if (maxTokens.isEmpty()) {
      throw new InvalidRequestException("max_tokens: Field required");
    }
    return new CallRequest(
        body.streaming(),
        maxTokens,
        1,
        PromptTokens.count(PromptTurns.withSystem(body.json())),
        body.prefixes(false, model),
        (requestId, usage) ->
            new MessagesFormat(new AnthropicAnswer("msg_", Json.quoted(model), requestId, usage)));
  }
}
