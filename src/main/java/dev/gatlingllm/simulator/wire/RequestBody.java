package dev.gatlingllm.simulator.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;

/**
 * The body of a request.
 *
 * @param json a JSON object
 * @param cacheMinTokens the smallest prefix that a prompt cache keeps; empty if there is no cache
 * @param stored the conversations that the service keeps
 */
record RequestBody(JsonNode json, OptionalInt cacheMinTokens, StoredResponses stored) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static RequestBody parse(InputStream body, OptionalInt cacheMinTokens, StoredResponses stored)
      throws InvalidRequestException {
    try {
      JsonNode json = MAPPER.readTree(body);
      if (json == null || !json.isObject()) {
        throw new InvalidRequestException("the body must be a JSON object");
      }
      return new RequestBody(json, cacheMinTokens, stored);
    } catch (JsonProcessingException notJson) {
      throw new InvalidRequestException(
          "the body is not valid JSON at line "
              + notJson.getLocation().getLineNr()
              + ", column "
              + notJson.getLocation().getColumnNr());
    } catch (IOException unreadable) {
      throw new InvalidRequestException("the body cannot be read");
    }
  }

  /** This body with all of the conversation that it goes on with. */
  RequestBody whole() throws InvalidRequestException {
    return new RequestBody(stored.whole(json), cacheMinTokens, stored);
  }

  JsonNode get(String field) {
    return json.path(field);
  }

  /** The model that a body names. */
  String model() {
    return get("model").asText("unnamed");
  }

  boolean streaming() {
    return get("stream").asBoolean(false);
  }

  /** The upper bound of the output, at a JSON pointer; empty if it is not given. */
  OptionalInt maxTokens(String pointer) throws InvalidRequestException {
    return number(pointer, CallRequest.MAX_OUTPUT_TOKENS);
  }

  /** A whole number from 1 on, at a JSON pointer; empty if it is not given. */
  OptionalInt number(String pointer, int most) throws InvalidRequestException {
    JsonNode value = json.at(pointer);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.canConvertToInt()
        || !value.canConvertToExactIntegral()
        || value.asInt() < 1
        || value.asInt() > most) {
      String name = pointer.substring(1).replace('/', '.');
      throw new InvalidRequestException(name + " must be a whole number between 1 and " + most);
    }
    return OptionalInt.of(value.asInt());
  }

  /**
   * What a prompt cache may know of the conversation, ascending; nothing if there is none.
   *
   * @param automatic whether the service caches by itself, rather than up to cache points
   */
  List<CachePrefix> prefixes(boolean automatic, String model) {
    return cacheMinTokens.isPresent()
        ? CachePrefixes.of(cacheMinTokens.getAsInt(), automatic, model, json)
        : List.of();
  }
}
