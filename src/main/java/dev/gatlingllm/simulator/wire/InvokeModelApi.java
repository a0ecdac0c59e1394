package dev.gatlingllm.simulator.wire;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Bedrock's InvokeModel, with the body of each family of models. Bedrock knows the family by the
 * model; here the body says it, so that any model id will do.
 */
final class InvokeModelApi implements WireApi {

  private static final Pattern PATH =
      Pattern.compile("/model/([^/]+)/invoke(-with-response-stream)?");

  /** The first whose body it is answers. */
  private static final List<ModelFamily> FAMILIES =
      List.of(
          AnthropicAnswer.FAMILY,
          TextAnswer.TITAN,
          TextAnswer.LLAMA,
          NovaAnswer.FAMILY,
          ChatAnswer.FAMILY);

  @Override
  public Optional<Address> address(QueryStringDecoder target, String accept) {
    return Bedrock.address(this, PATH, target);
  }

  @Override
  public CallRequest read(Address address, RequestBody body) throws InvalidRequestException {
    ModelFamily family =
        FAMILIES.stream()
            .filter(one -> one.owns().test(body.json()))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        "the body must have anthropic_version, messages, prompt or inputText"));
    String model = Json.quoted(address.model());
    return new CallRequest(
        address.streaming(),
        body.maxTokens(family.maxTokens()),
        1,
        PromptTokens.count(family.turns().of(body.json())),
        body.prefixes(false, address.model()),
        (requestId, usage) -> new InvokeFormat(family.answer().of(model, requestId, usage)));
  }
}
