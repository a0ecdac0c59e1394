package dev.gatlingllm.simulator.wire;

import dev.gatlingllm.simulator.wire.PromptTokens.Turn;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** OpenAI's Responses API, at OpenAI's paths and at Azure's. */
final class ResponsesApi implements WireApi {

  private static final Pattern PATH = Pattern.compile("(?:(?:/openai)?/v1)?/responses");

  /** Azure's address needs an api-version. */
  @Override
  public Optional<Address> address(QueryStringDecoder target, String accept) {
    boolean azure =
        target.rawPath().equals("/openai/responses")
            && target.parameters().containsKey("api-version");
    return azure || PATH.matcher(target.rawPath()).matches()
        ? Optional.of(new Address(this, azure ? Azure.OPENAI : new OpenAi(), "", false))
        : Optional.empty();
  }

  @Override
  public CallRequest read(Address address, RequestBody sent) throws InvalidRequestException {
    // What is new must be right by itself, before it is put to what is known.
    var unused = PromptTurns.input(sent.get("input"));
    RequestBody body = sent.whole();
    List<Turn> turns = PromptTurns.input(body.get("input"));
    if (body.get("instructions").isTextual()) {
      turns.add(new Turn("system", List.of(body.get("instructions").asText())));
    }
    String model = body.model();
    OptionalInt maxTokens = body.maxTokens("/max_output_tokens");
    return new CallRequest(
        body.streaming(),
        maxTokens,
        1,
        PromptTokens.count(turns),
        body.prefixes(true, model),
        (requestId, usage) ->
            new ResponsesFormat(
                model,
                maxTokens,
                requestId,
                (id, answer) -> {
                  if (body.get("store").asBoolean(true)) {
                    body.stored().keep(id, body.json(), answer);
                  }
                }));
  }
}
