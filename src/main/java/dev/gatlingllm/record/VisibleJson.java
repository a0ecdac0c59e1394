package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.JsonGeneratorDecorator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.text.PlainText;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * JSON in which every character can be seen: one that cannot, such as one that reverses the
 * direction of reading, is escaped. A reader gets the same text, but U+FFFD for half a surrogate
 * pair.
 */
public final class VisibleJson {

  static final CharacterEscapes ESCAPES = new Escapes();
  static final JsonGeneratorDecorator WHOLE_TEXTS = (factory, json) -> new WholeTextGenerator(json);

  private static final ObjectMapper MAPPER = new ObjectMapper(factory());
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

  private VisibleJson() {}

  /** The mapper that writes such JSON, shared; to be configured by none. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  static JsonFactory factory() {
    return new JsonFactoryBuilder().characterEscapes(ESCAPES).addDecorator(WHOLE_TEXTS).build();
  }

  /** The tree as text: a line for each field and each element of an array, and one end of line. */
  public static String indented(JsonNode tree) {
    return text(tree, printer().withArrayIndenter(INDENTER));
  }

  /** As {@link #indented}, but each array of plain values on one line. */
  public static String indentedObjects(JsonNode tree) {
    return text(tree, printer());
  }

  // The line separator of the machine must not decide what a file looks like.
  private static DefaultPrettyPrinter printer() {
    return new DefaultPrettyPrinter().withObjectIndenter(INDENTER);
  }

  private static String text(JsonNode tree, DefaultPrettyPrinter printer) {
    try {
      return MAPPER.writer(printer).writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of values could not be written as JSON", e);
    }
  }

  private static final class Escapes extends CharacterEscapes {

    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = Arrays.copyOf(standardAsciiEscapesForJSON(), 128);
      codes[0x7F] = ESCAPE_STANDARD;
      return codes;
    }

    // Half a surrogate pair is not visible: so both halves of each are escaped, or neither would
    // be.
    @Override
    public SerializableString getEscapeSequence(int unit) {
      return PlainText.isVisible(unit) ? null : escape(unit);
    }

    private static SerializableString escape(int unit) {
      return new SerializedString("\\u" + HexFormat.of().withUpperCase().toHexDigits((char) unit));
    }
  }
}
