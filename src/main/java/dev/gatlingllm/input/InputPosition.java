package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A field of a file, from which other fields are read and complained about.
 *
 * @param line the file and line
 * @param field such as {@code messages[0].content[1].image_url}
 */
record InputPosition(InputLines.Line line, String field) {

  private static final Pattern WORD = Pattern.compile("[a-z]+");

  InputPosition at(String name) {
    return new InputPosition(line, field + "." + name);
  }

  InputException wrong(String accepted, String value) {
    return line.wrong(field, accepted, value);
  }

  /** A word in a field of the object here; empty if there is none. */
  String word(String name, JsonNode object) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual() || !WORD.matcher(value.textValue()).matches()) {
      throw at(name).wrong("a word such as low or high", JsonText.shown(value));
    }
    return value.textValue();
  }

  /** A text in a field of the object here; empty if there is none. */
  Optional<String> optional(String name, JsonNode object) {
    return object.path(name).isMissingNode() ? Optional.empty() : Optional.of(text(name, object));
  }

  /** A text that must be in a field of the object here. */
  String text(String name, JsonNode object) {
    JsonNode value = object.path(name);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw at(name).wrong("a text that is not blank", JsonText.shown(value));
    }
    return value.textValue();
  }

  /** Bytes that must be in a field of the object here. */
  byte[] base64(String name, JsonNode object) {
    return at(name).decoded(text(name, object));
  }

  byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException ignored) {
      // Its message quotes the data.
      throw wrong("base64", base64.length() + " characters of something else");
    }
  }
}
