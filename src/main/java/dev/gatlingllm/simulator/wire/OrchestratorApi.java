package dev.gatlingllm.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.simulator.wire.PromptTokens.Turn;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The API of a RAG orchestrator. It streams if the {@code Accept} header or the body says so.
 *
 * @param plainText whether a stream is plain text rather than server-sent events
 */
record OrchestratorApi(boolean plainText) implements WireApi {

  private static final Pattern CONVERSATION_ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|");

  @Override
  public Optional<Address> address(QueryStringDecoder target, String accept) {
    if (!target.rawPath().equals("/api/orc")) {
      return Optional.empty();
    }
    boolean text = accept.equals("text/plain");
    boolean streaming = text || accept.equals("text/event-stream");
    return Optional.of(
        new Address(new OrchestratorApi(text), Azure.ORCHESTRATOR, "orchestrator", streaming));
  }

  @Override
  public CallRequest read(Address address, RequestBody body) throws InvalidRequestException {
    JsonNode question = body.get("question");
    if (!question.isTextual() || question.asText().isBlank()) {
      throw new InvalidRequestException("question must be a text");
    }
    String conversation = conversationId(body.get("conversation_id"));
    return new CallRequest(
        address.streaming() || body.streaming(),
        OptionalInt.empty(),
        1,
        PromptTokens.count(List.of(new Turn("user", List.of(question.asText())))),
        List.of(),
        (requestId, usage) ->
            new OrchestratorFormat(plainText, conversation.isEmpty() ? requestId : conversation));
  }

  /** Empty for a new conversation, or an id that an answer gave. */
  private static String conversationId(JsonNode id) throws InvalidRequestException {
    String text = id.isMissingNode() || id.isNull() ? "" : id.asText();
    if (!CONVERSATION_ID.matcher(text).matches()) {
      throw new InvalidRequestException(
          "conversation_id must be one that an answer gave, or empty");
    }
    return text;
  }
}
