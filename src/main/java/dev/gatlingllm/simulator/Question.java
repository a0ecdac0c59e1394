package dev.gatlingllm.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * What a question to the orchestrator asks for beside its text.
 *
 * @param conversationId the conversation it belongs to; empty for a new one
 * @param plainText whether the answer is to be streamed as plain text
 */
record Question(String conversationId, boolean plainText) {

  /** A request to another interface. */
  static final Question NONE = new Question("", false);

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|");

  /** Reads {@code conversation_id}: empty, or an id that an answer gave. */
  static Question read(JsonNode body, boolean plainText) throws InvalidRequestException {
    JsonNode id = body.path("conversation_id");
    String text = id.isMissingNode() || id.isNull() ? "" : id.asText();
    if (!ID.matcher(text).matches()) {
      throw new InvalidRequestException(
          "conversation_id must be one that an answer gave, or empty");
    }
    return new Question(text, plainText);
  }
}
