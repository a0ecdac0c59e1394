package dev.gatlingllm.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of a request, a JSON object in whose strings <code>#{name}</code> stands for a value. A
 * value is escaped as JSON wants it, whatever it holds. Immutable.
 */
public final class BodyTemplate {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Pattern PLACE = Pattern.compile("#\\{(\\w+)}");

  private final JsonNode template;

  private BodyTemplate(JsonNode template) {
    this.template = template;
  }

  /**
   * Reads a template.
   *
   * @param key the setting it came from
   * @param names the names that there will be values for
   * @throws InputException if it is no JSON object, or asks for another name
   */
  public static BodyTemplate parse(String key, String text, Set<String> names) {
    JsonNode template = object(key, text);
    PLACE
        .matcher(text)
        .results()
        .map(place -> place.group(1))
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw InputException.of(
                  key, "a name", "one of " + String.join(", ", new TreeSet<>(names)), name);
            });
    return new BodyTemplate(template);
  }

  private static JsonNode object(String key, String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node.isObject()) {
        return node;
      }
      throw new InputException(key + " must be a JSON object, was another value");
    } catch (JsonProcessingException e) {
      throw new InputException(
          key
              + " must be one JSON object with each field once, is not near column "
              + e.getLocation().getColumnNr());
    }
  }

  /** The body with these values. */
  public String fill(Map<String, String> values) {
    return filled(template, values).toString();
  }

  private static JsonNode filled(JsonNode node, Map<String, String> values) {
    if (node.isTextual()) {
      return JSON.getNodeFactory().textNode(filled(node.textValue(), values));
    }
    if (node.isArray()) {
      ArrayNode array = JSON.createArrayNode();
      node.forEach(element -> array.add(filled(element, values)));
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = JSON.createObjectNode();
      node.properties().forEach(e -> object.set(e.getKey(), filled(e.getValue(), values)));
      return object;
    }
    return node;
  }

  private static String filled(String text, Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll((MatchResult place) -> Matcher.quoteReplacement(values.get(place.group(1))));
  }
}
