package dev.gatlingllm.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Conversations that a service of the Responses API keeps, by the id of their last answer; the
 * latest ones, up to a number. Safe for use by many threads.
 */
public final class StoredResponses {

  private static final int MOST = 10_000;

  private final Map<String, ArrayNode> conversations =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ArrayNode> eldest) {
          return size() > MOST;
        }
      };

  /** A body whose input is the conversation that it goes on with, and what is new. */
  JsonNode whole(JsonNode body) throws InvalidRequestException {
    JsonNode previous = body.path("previous_response_id");
    if (previous.isMissingNode() || previous.isNull()) {
      return body;
    }
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.setAll((ObjectNode) body);
    whole.set("input", conversation(previous.asText()).addAll(input(body)));
    return whole;
  }

  private synchronized ArrayNode conversation(String id) throws InvalidRequestException {
    ArrayNode kept = conversations.get(id);
    if (kept == null) {
      throw new InvalidRequestException("previous_response_id: no such response is stored");
    }
    return JsonNodeFactory.instance.arrayNode().addAll(kept);
  }

  private static ArrayNode input(JsonNode body) {
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    JsonNode input = body.path("input");
    if (input.isTextual()) {
      messages.addObject().put("role", "user").set("content", input);
    } else {
      messages.addAll((ArrayNode) input);
    }
    return messages;
  }

  /**
   * Keeps an answer.
   *
   * @param whole the body that it answers, with the whole conversation
   */
  void keep(String id, JsonNode whole, String answer) {
    ArrayNode messages = input(whole);
    messages.addObject().put("role", "assistant").put("content", answer);
    synchronized (this) {
      conversations.put(id, messages);
    }
  }
}
