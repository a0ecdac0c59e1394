package dev.gatlingllm.simulator.wire;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Optional;
import java.util.regex.Pattern;

/** Bedrock's Converse. */
final class ConverseApi implements WireApi {

  private static final Pattern PATH = Pattern.compile("/model/([^/]+)/converse(-stream)?");

  @Override
  public Optional<Address> address(QueryStringDecoder target, String accept) {
    return Bedrock.address(this, PATH, target);
  }

  @Override
  public CallRequest read(Address address, RequestBody body) throws InvalidRequestException {
    return new CallRequest(
        address.streaming(),
        body.maxTokens("/inferenceConfig/maxTokens"),
        1,
        PromptTokens.count(PromptTurns.withSystem(body.json())),
        body.prefixes(false, address.model()),
        (requestId, usage) -> new ConverseFormat());
  }
}
