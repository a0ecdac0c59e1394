package dev.gatlingllm.provider.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.gatlingllm.provider.AnswerLimits;
import dev.gatlingllm.provider.transport.Answer;
import io.burt.jmespath.Expression;
import io.burt.jmespath.jackson.JacksonRuntime;
import io.burt.jmespath.parser.ParseException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How to read the responses of an application's own HTTP interface: where the text of the answer
 * is, and where a value to be kept, such as the id of a conversation.
 */
public sealed interface AppFormat {

  /** As the other method, with the default limits. */
  default Answer.Factory answers(Consumer<String> keep) {
    return answers(keep, AnswerLimits.DEFAULT);
  }

  /**
   * The answers of this format; any status from 200 to 299 is a success.
   *
   * @param keep receives the value to be kept, if one comes
   */
  default Answer.Factory answers(Consumer<String> keep, AnswerLimits limits) {
    return AppAnswer.of(this, keep, limits);
  }

  /** Whether the text comes piece by piece. */
  boolean streaming();

  /** The media type of such a response. */
  String mediaType();

  /**
   * One JSON object.
   *
   * @param text where the answer's text is
   * @param kept where the value to be kept is
   */
  record Json(Path text, Path kept) implements AppFormat {
    @Override
    public boolean streaming() {
      return false;
    }

    @Override
    public String mediaType() {
      return "application/json";
    }
  }

  /**
   * Server-sent events, each with a JSON object, or with text if it does not begin with a brace.
   *
   * @param text where in an event's object a piece of the answer's text is
   * @param kept where in an event's object the value to be kept is
   */
  record Events(Path text, Path kept) implements AppFormat {
    @Override
    public boolean streaming() {
      return true;
    }

    @Override
    public String mediaType() {
      return "text/event-stream";
    }
  }

  /**
   * Plain text in UTF-8, sent as it is written.
   *
   * @param kept what the text begins with before the answer; its group is the value to be kept
   */
  record Text(Optional<Pattern> kept) implements AppFormat {

    /**
     * Plain text that begins with a value to be kept.
     *
     * @param key the setting the expression came from
     * @param expression a regular expression with one group; empty if there is no such value
     * @throws IllegalArgumentException if it is none; names the key
     */
    public static Text of(String key, String expression) {
      if (expression.isEmpty()) {
        return new Text(Optional.empty());
      }
      try {
        Pattern pattern = Pattern.compile(expression);
        if (pattern.matcher("").groupCount() == 1) {
          return new Text(Optional.of(pattern));
        }
      } catch (PatternSyntaxException ignored) {
        // refused below like one without a group
      }
      throw new IllegalArgumentException(
          key + " must be a regular expression with one group, was \"" + expression + '"');
    }

    @Override
    public boolean streaming() {
      return true;
    }

    @Override
    public String mediaType() {
      return "text/plain";
    }
  }

  /** Where in a JSON document a text is: a JMESPath expression. Safe for use by many threads. */
  final class Path {

    private static final JacksonRuntime JMESPATH = new JacksonRuntime();

    /** Nowhere. */
    public static final Path NONE = new Path(Optional.empty());

    private final Optional<Expression<JsonNode>> expression;

    private Path(Optional<Expression<JsonNode>> expression) {
      this.expression = expression;
    }

    /**
     * A place.
     *
     * @param key the setting the expression came from
     * @param expression in JMESPath; empty for {@link #NONE}
     * @throws IllegalArgumentException if it is not JMESPath; names the key
     */
    public static Path of(String key, String expression) {
      if (expression.isEmpty()) {
        return NONE;
      }
      try {
        return new Path(Optional.of(JMESPATH.compile(expression)));
      } catch (ParseException e) {
        throw new IllegalArgumentException(
            key + " must be a JMESPath expression, was \"" + expression + '"');
      }
    }

    /** The text at this place; empty if there is none. A number is as good as its digits. */
    Optional<String> in(JsonNode document) {
      return expression.map(place -> place.search(document)).flatMap(Path::text);
    }

    private static Optional<String> text(JsonNode found) {
      boolean scalar =
          found.getNodeType() == JsonNodeType.STRING || found.getNodeType() == JsonNodeType.NUMBER;
      return scalar ? Optional.of(found.asText()) : Optional.empty();
    }
  }
}
