package dev.gatlingllm.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Reads the fields of one line of a scenario file. */
final class BedrockScenarioLine {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String PROMPT = "text_prompt";
  private static final String OUTPUT_TOKENS = "expected_output_tokens";
  private static final String TASK = "task_type";
  private static final String MODEL = "model_id";
  private static final String REGION = "region";
  private static final String PROFILE = "inference_profile";
  private static final String PERFORMANCE = "performance_config";
  private static final Set<String> FIELDS =
      Set.of(PROMPT, OUTPUT_TOKENS, TASK, MODEL, REGION, PROFILE, PERFORMANCE);

  private final InputLines.Line line;
  private final JsonNode fields;

  private BedrockScenarioLine(InputLines.Line line, JsonNode fields) {
    this.line = line;
    this.fields = fields;
  }

  static BedrockScenarioLine parse(InputLines.Line line) {
    JsonNode fields = json(line);
    if (!fields.isObject()) {
      throw line.wrong("line", "a JSON object", kind(fields));
    }
    return new BedrockScenarioLine(line, fields);
  }

  private static JsonNode json(InputLines.Line line) {
    try {
      return JSON.readTree(line.text());
    } catch (JsonProcessingException e) {
      // Neither its message nor the exception is passed on: they quote the line, and so the prompt.
      throw line.wrong(
          "line",
          "a JSON object with each field once",
          "malformed at column " + e.getLocation().getColumnNr());
    }
  }

  BedrockScenario scenario() {
    return new BedrockScenario(
        text(PROMPT), outputTokens(), text(TASK), text(MODEL), text(REGION), latencyMode());
  }

  Set<String> unknownFields() {
    Set<String> unknown = new TreeSet<>();
    fields.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(FIELDS);
    return unknown;
  }

  private String text(String field) {
    JsonNode value = fields.path(field);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw line.wrong(field, "a text that is not blank", shown(field, value));
    }
    return value.textValue();
  }

  private int outputTokens() {
    JsonNode value = fields.path(OUTPUT_TOKENS);
    if (value.isMissingNode()) {
      return BedrockScenario.DEFAULT_OUTPUT_TOKENS;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
      throw line.wrong(OUTPUT_TOKENS, "an integer >= 1", shown(OUTPUT_TOKENS, value));
    }
    return value.intValue();
  }

  private String latencyMode() {
    String profile = latencyMode(PROFILE);
    String performance = latencyMode(PERFORMANCE);
    if (!profile.isEmpty() && !performance.isEmpty() && !profile.equals(performance)) {
      throw line.wrong(PERFORMANCE, "absent or the same as " + PROFILE, performance);
    }
    return profile.isEmpty() ? performance : profile;
  }

  private String latencyMode(String field) {
    JsonNode value = fields.path(field);
    if (value.isMissingNode()) {
      return "";
    }
    String mode = value.asText();
    if (!value.isTextual() || !(mode.equals("standard") || mode.equals("optimized"))) {
      throw line.wrong(field, "standard or optimized, or absent", shown(field, value));
    }
    return mode;
  }

  private static String shown(String field, JsonNode value) {
    return field.equals(PROMPT) || value.isContainerNode() ? kind(value) : valueOrAbsent(value);
  }

  private static String valueOrAbsent(JsonNode value) {
    return value.isMissingNode() ? "absent" : value.toString();
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING -> "absent";
      case STRING -> "a blank text";
      case ARRAY, BINARY, BOOLEAN, NULL, NUMBER, OBJECT, POJO ->
          value.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }
}
