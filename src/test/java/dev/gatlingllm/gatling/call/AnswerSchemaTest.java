package dev.gatlingllm.gatling.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerSchemaTest {

  private static final String RIVER =
      """
      {
        "type": "object",
        "required": ["name"],
        "properties": {
          "name": {"type": "string"},
          "km": {"$ref": "#/$defs/length"}
        },
        "additionalProperties": false,
        "$defs": {"length": {"type": "integer", "minimum": 1}}
      }
      """;

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"{\"name\":\"Aare\"}", " {\"name\":\"Aare\",\"km\":288}\n"})
  void anAnswerThatTheSchemaAllowsIsValid(String answer) {
    assertThat(river().violation(answer)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|#/required",
        "{\"name\":7}|#/properties/name/type",
        "{\"name\":\"Aare\",\"km\":0}|#/$defs/length/minimum",
        "{\"name\":\"Aare\",\"secret-word\":0}|#/additionalProperties",
        "[]|#/type",
      })
  void aViolationNamesThePlaceInTheSchemaAndNothingOfTheAnswer(String answer, String place) {
    assertThat(river().violation(answer)).contains(AnswerSchema.BROKEN_AT + place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", "A river.", "{\"name\":\"Aare\"", "{\"name\":\"Aare\"} That is all."})
  void whatIsNotOneJsonValueIsNotValid(String answer) {
    assertThat(river().violation(answer)).contains(AnswerSchema.NOT_JSON);
  }

  @Test
  void theDraftThatASchemaNamesApplies() {
    String draft4 =
        """
        {"$schema": "http://json-schema.org/draft-04/schema#", "type": "integer", "minimum": 3,
         "exclusiveMinimum": true}
        """;
    assertThat(AnswerSchema.of(draft4, "it").violation("3")).isPresent();
    assertThat(AnswerSchema.of(draft4, "it").violation("4")).isEmpty();
  }

  @Test
  void aSchemaThatIsNotJsonIsRefusedWithThePlace() {
    assertThatThrownBy(() -> AnswerSchema.of("{\n \"type\": string}", "the schema"))
        .hasMessage("the schema is not JSON, line 2, column 10");
    assertThatThrownBy(() -> AnswerSchema.of("", "the schema"))
        .hasMessage("the schema is empty; a JSON schema is expected");
    assertThatThrownBy(() -> AnswerSchema.of("[1]", "the schema"))
        .hasMessage("the schema must be a JSON object, true or false, was ARRAY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$ref\": \"#/$defs/missing\"}",
        "{\"$ref\": \"http://127.0.0.1:9/river.json\"}",
        "{\"properties\": {\"a\": {\"$ref\": \"file:///etc/hostname\"}}}",
        "{\"$schema\": \"urn:unheard-of\"}",
        "{\"pattern\": \"(\"}",
        "{\"type\": 7}"
      })
  void aSchemaThatCannotBeUsedIsRefusedBeforeAnythingIsSent(String schema) {
    assertThatThrownBy(() -> AnswerSchema.of(schema, "the schema"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the schema is no JSON schema that can be used: ");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    Path missing = temp.resolve("missing.json");
    assertThatThrownBy(() -> AnswerSchema.read(missing)).hasMessageContaining(missing.toString());
    Path broken = Files.writeString(temp.resolve("broken.json"), "{");
    assertThatThrownBy(() -> AnswerSchema.read(broken))
        .hasMessageStartingWith(broken + " is not JSON");
  }

  private static AnswerSchema river() {
    return AnswerSchema.of(RIVER, "the schema");
  }
}
