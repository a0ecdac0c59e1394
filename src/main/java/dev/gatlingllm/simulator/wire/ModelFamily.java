package dev.gatlingllm.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.simulator.wire.PromptTokens.Turn;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A family of models behind InvokeModel: how its requests are read and answered.
 *
 * @param owns whether the body of a request is meant for it
 * @param maxTokens where the upper bound of the output stands, as a JSON pointer
 * @param turns finds the turns of the conversation
 * @param answer makes the body of an answer
 */
record ModelFamily(Predicate<JsonNode> owns, String maxTokens, Turns turns, Answer answer) {

  interface Turns {
    List<Turn> of(JsonNode body) throws InvalidRequestException;
  }

  interface Answer {
    /**
     * The body of one answer.
     *
     * @param model as it stands in JSON
     * @param usage what is known of its tokens before it begins; empty to say nothing of them
     */
    ModelAnswer of(String model, String requestId, Optional<Usage> usage);
  }
}
