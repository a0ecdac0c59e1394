package dev.gatlingllm.provider.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

  private static final JsonFactory JACKSON = new JsonFactory();

  @Test
  void readsTheStringsThatAreAskedForAndPassesOverTheRest() {
    assertThat(strings("{\"a\":1,\"s\":\"x\",\"b\":[true,{\"s\":\"no\"}],\"s\":\"y\"}"))
        .containsExactly("x", "y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " { } ",
        "{\"s\":\"\"}",
        "{\"a\":-0.5e+3,\"b\":0,\"c\":12E9,\"d\":[],\"e\":[1,2],\"f\":null,\"g\":false}",
        "{\"s\":\"\\n\\t\\\"\\\\\\/\\b\\f\\r\\u00e9\\ud83d\\ude00\"}",
        "{\"s\":\"é€😀\"}",
        "\t{\n\"s\" : \"x\" ,\r\"t\" : [ 1 , \"\\\\\" ] }\n",
      })
  void readsWhatARealParserReads(String json) {
    assertThat(strings(json)).isEqualTo(jackson(json.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}x",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":+1}",
        "{\"a\":tru}",
        "{\"a\":nul}",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":[}",
        "{\"a\":{\"b\":1}",
        "{\"s\":\"x}",
        "{\"s\":\"\\x\"}",
        "{\"s\":\"\\u12g4\"}",
        "{\"s\":\"\\u12\"}",
        "{\"s\":\"a\tb\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"a\nb\"}",
        "{'a':1}",
      })
  void givesUpOnWhatIsMalformed(String json) {
    assertThat(strings(json)).isNull();
    assertThat(jackson(json.getBytes(StandardCharsets.UTF_8))).isNull();
  }

  @Test
  void givesUpOnBytesThatAreNoText() {
    byte[] json = "{\"s\":\"a?b\"}".getBytes(StandardCharsets.UTF_8);
    json[7] = (byte) 0xff;

    assertThat(strings(json)).isNull();
  }

  @Test
  void givesUpOnDepthWithoutOverflowingTheStack() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(strings(deep)).isNull();
  }

  @Test
  void canBeUsedAgainAfterGivingUp() {
    JsonScanner scanner = new JsonScanner();
    byte[] bad = {'{', 'x'};
    byte[] good = {'{', '}'};
    scanner.start(bad, 0, 2);
    assertThat(scanner.beginObject()).isFalse();
    assertThat(scanner.finished()).isFalse();

    scanner.start(good, 0, 2);
    assertThat(scanner.beginObject()).isFalse();
    assertThat(scanner.finished()).isTrue();
  }

  /** Whatever is done to a text: if the scanner does not give up, it read what Jackson reads. */
  @Test
  void neverReadsWhatARealParserWouldReadOtherwise() {
    String[] texts = {
      "{\"id\":\"a\",\"s\":\"Hello \\u00e9 \\\"x\\\"\",\"c\":[{\"i\":0,\"d\":{\"s\":\"t\"}}],\"n\":null}",
      "{\"s\":\"€uro\",\"n\":-12.5e3,\"t\":true,\"f\":[false,[],{}]}"
    };
    SplittableRandom random = new SplittableRandom(20_261_122);
    int accepted = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] json = texts[i % 2].getBytes(StandardCharsets.UTF_8);
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        json[random.nextInt(json.length)] =
            random.nextBoolean() ? (byte) random.nextInt(256) : json[random.nextInt(json.length)];
      }
      List<String> read = strings(json);
      if (read != null) {
        accepted++;
        assertThat(read).as(new String(json, StandardCharsets.UTF_8)).isEqualTo(jackson(json));
      }
    }
    assertThat(accepted).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | true",
        "'\"\"' | true",
        "[] | true",
        "[ ] | true",
        "{} | true",
        "{ } | true",
        "'\"x\"' | false",
        "[0] | false",
        "'{\"a\":null}' | false",
        "0 | false",
        "false | false",
        "nul | false",
        "[ | false"
      })
  void nothingIsNullOrAnEmptyValue(String value, boolean nothing) {
    JsonScanner scanner = new JsonScanner();
    byte[] json = ("{\"s\":" + value + "}").getBytes(StandardCharsets.UTF_8);
    scanner.start(json, 0, json.length);
    assertThat(scanner.beginObject()).isTrue();
    scanner.onlyNothing();

    assertThat(!scanner.nextField() && scanner.finished()).isEqualTo(nothing);
  }

  private static List<String> strings(String json) {
    return strings(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The string values of the fields "s" of the root; null if the scanner gives up. */
  private static List<String> strings(byte[] json) {
    byte[] within = new byte[json.length + 4];
    System.arraycopy(json, 0, within, 2, json.length);
    JsonScanner scanner = new JsonScanner();
    scanner.start(within, 2, json.length);
    List<String> found = new ArrayList<>();
    for (boolean more = scanner.beginObject(); more; more = scanner.nextField()) {
      if (scanner.named("s")) {
        found.add(scanner.string());
      } else {
        scanner.skip();
      }
    }
    return scanner.finished() ? found : null;
  }

  private static List<String> jackson(byte[] json) {
    List<String> found = new ArrayList<>();
    try (JsonParser parser = JACKSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (name.equals("s") && value == JsonToken.VALUE_STRING) {
          found.add(parser.getText());
        } else if (name.equals("s")) {
          return null;
        } else {
          parser.skipChildren();
          parser.getText();
        }
      }
      return parser.nextToken() == null ? found : null;
    } catch (IOException e) {
      return null;
    }
  }
}
