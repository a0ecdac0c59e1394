package dev.gatlingllm.experiment.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.input.InputLines;
import dev.gatlingllm.input.JsonText;
import dev.gatlingllm.provider.CachePoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the fields of one line of a scenario file. */
record BedrockScenarioLine(InputLines.Line line, JsonNode fields, BedrockPlaces given) {

  private static final String PROMPT = "text_prompt";
  private static final String OUTPUT_TOKENS = "expected_output_tokens";
  private static final String TASK = "task_type";

  /** An object that holds the task's type, as in files of the 360-degree evaluation. */
  private static final String TASK_OBJECT = "task";

  private static final String MODEL = "model_id";
  private static final String REGION = "region";
  private static final String PROFILE = "inference_profile";
  private static final String PERFORMANCE = "performance_config";
  private static final String CACHING = "prompt_caching";
  private static final String CACHE_TTL = "cache_ttl";
  private static final String CONTEXT = "cached_context";
  private static final Set<String> FIELDS =
      Set.of(
          PROMPT,
          OUTPUT_TOKENS,
          TASK,
          TASK_OBJECT,
          MODEL,
          REGION,
          PROFILE,
          PERFORMANCE,
          CACHING,
          CACHE_TTL,
          CONTEXT);
  private static final Set<String> TEXTS = Set.of(PROMPT, CONTEXT);

  static BedrockScenarioLine parse(InputLines.Line line, BedrockPlaces given) {
    return new BedrockScenarioLine(line, JsonText.object(line), given);
  }

  BedrockScenario scenario() {
    return new BedrockScenario(
        text(PROMPT),
        outputTokens(),
        task(),
        place(MODEL, given.models(), "llm.scenarios.models"),
        place(REGION, given.regions(), "llm.scenarios.regions"),
        latencyMode(),
        fields.has(CONTEXT) ? text(CONTEXT) : "",
        cachePoint(),
        columns());
  }

  Set<String> unknownFields() {
    Set<String> unknown = new TreeSet<>();
    fields.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(FIELDS);
    return unknown;
  }

  private String task() {
    JsonNode task = fields.path(TASK_OBJECT);
    if (fields.has(TASK)) {
      return text(TASK);
    }
    return task.isObject()
        ? new BedrockScenarioLine(line, task, given).text(TASK)
        : text(task.isMissingNode() ? TASK : TASK_OBJECT);
  }

  /** A field that older files lack: the settings' list takes its place. */
  private String place(String field, List<String> instead, String key) {
    if (!fields.has(field) && !instead.isEmpty()) {
      return "";
    }
    if (!fields.has(field)) {
      throw line.wrong(field, "a text that is not blank, unless " + key + " is set", "absent");
    }
    return text(field);
  }

  private Map<String, String> columns() {
    Map<String, String> columns = new TreeMap<>();
    for (String name : unknownFields()) {
      JsonNode value = fields.path(name);
      if (value.isValueNode() && !value.isNull()) {
        columns.put(name, value.asText());
      }
    }
    return columns;
  }

  private CachePoint cachePoint() {
    JsonNode caching = fields.path(CACHING);
    if (!caching.isMissingNode() && !caching.isBoolean()) {
      throw line.wrong(CACHING, "true or false, or absent", shown(CACHING, caching));
    }
    CachePoint asked =
        switch (fields.path(CACHE_TTL).asText("default")) {
          case "default" -> CachePoint.DEFAULT;
          case "5m" -> CachePoint.FIVE_MINUTES;
          case "1h" -> CachePoint.ONE_HOUR;
          default ->
              throw line.wrong(
                  CACHE_TTL,
                  "default, 5m or 1h, or absent",
                  shown(CACHE_TTL, fields.get(CACHE_TTL)));
        };
    return caching.asBoolean(false) ? asked : CachePoint.NONE;
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
    if (value.isTextual() && TEXTS.contains(field)) {
      return "a blank text";
    }
    return value.isContainerNode() ? JsonText.kind(value) : valueOrAbsent(value);
  }

  private static String valueOrAbsent(JsonNode value) {
    return value.isMissingNode() ? "absent" : value.toString();
  }
}
