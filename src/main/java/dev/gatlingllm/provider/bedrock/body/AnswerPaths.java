package dev.gatlingllm.provider.bedrock.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gatlingllm.provider.TokenUsage;
import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPath;
import io.burt.jmespath.JmesPathException;
import io.burt.jmespath.jackson.JacksonRuntime;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Where an answer keeps what, as JMESPath expressions; the same ones are asked of a whole answer
 * and of each chunk of a stream. Safe for use by many threads.
 */
public final class AnswerPaths {

  private static final JmesPath<JsonNode> LANGUAGE = new JacksonRuntime();

  private final Map<AnswerPart, Expression<JsonNode>> expressions;

  private AnswerPaths(Map<AnswerPart, Expression<JsonNode>> expressions) {
    this.expressions = expressions;
  }

  /**
   * These expressions; a part without one is never found.
   *
   * @throws IllegalArgumentException if one is no JMESPath; names its part
   */
  public static AnswerPaths of(Map<AnswerPart, String> expressions) {
    Map<AnswerPart, Expression<JsonNode>> compiled = new EnumMap<>(AnswerPart.class);
    expressions.forEach((part, text) -> compiled.put(part, compile(part, text)));
    return new AnswerPaths(compiled);
  }

  private static Expression<JsonNode> compile(AnswerPart part, String text) {
    try {
      return LANGUAGE.compile(text);
    } catch (JmesPathException e) {
      throw new IllegalArgumentException(
          part.key() + " must be a JMESPath expression, was \"" + text + "\"", e);
    }
  }

  /**
   * The text of a part: lists are joined, objects are written as JSON; empty if there is none, or
   * if the expression does not fit this JSON.
   */
  String text(AnswerPart part, JsonNode json) {
    StringBuilder text = new StringBuilder();
    append(text, find(part, json));
    return text.toString();
  }

  /** Whether a part is there, and is neither empty nor false; of a list, any element. */
  boolean holds(AnswerPart part, JsonNode json) {
    return says(find(part, json));
  }

  private static boolean says(JsonNode found) {
    if (found.isArray()) {
      return StreamSupport.stream(found.spliterator(), false).anyMatch(AnswerPaths::says);
    }
    return found.isObject()
        ? !found.isEmpty()
        : !found.isNull() && !found.asText("").isEmpty() && !found.equals(BooleanNode.FALSE);
  }

  /** The number of a part; -1 if there is none. */
  long count(AnswerPart part, JsonNode json) {
    JsonNode found = find(part, json);
    return found.isNumber() ? countOf(found) : -1;
  }

  /** A number as a count; {@link TokenUsage#NO_COUNT} if it cannot be one. */
  static long countOf(JsonNode number) {
    boolean finite = !number.isFloatingPointNumber() || Double.isFinite(number.doubleValue());
    return finite ? TokenUsage.count(number.decimalValue()) : TokenUsage.NO_COUNT;
  }

  private JsonNode find(AnswerPart part, JsonNode json) {
    Expression<JsonNode> expression = expressions.get(part);
    if (expression == null) {
      return MissingNode.getInstance();
    }
    try {
      return expression.search(json);
    } catch (JmesPathException ignored) {
      // a function that was given a value of another type: nothing is there
      return MissingNode.getInstance();
    }
  }

  private static void append(StringBuilder text, JsonNode found) {
    if (found.isArray()) {
      found.forEach(element -> append(text, element));
    } else if (found.isObject()) {
      text.append(found);
    } else if (!found.isNull()) {
      text.append(found.asText());
    }
  }
}
