package dev.gatlingllm.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One line of a Mooncake trace. */
record MooncakeRow(InputLines.Line line, JsonNode object) implements TraceRow {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LATEST_MILLIS = 1L << 52;

  static MooncakeRow of(InputLines.Line line) {
    try {
      JsonNode object = JSON.readTree(line.text());
      if (object.isObject()) {
        return new MooncakeRow(line, object);
      }
    } catch (JsonProcessingException ignored) {
      // refused below
    }
    throw line.wrong("row", "a JSON object", "another text");
  }

  @Override
  public Instant instant() {
    JsonNode millis = object.path("timestamp");
    boolean known =
        millis.isNumber() && millis.asDouble() >= 0 && millis.asDouble() <= LATEST_MILLIS;
    if (!known) {
      throw wrongTime("milliseconds, a number >= 0");
    }
    return Instant.EPOCH.plusNanos(Math.round(millis.asDouble() * 1e6));
  }

  @Override
  public InputException wrongTime(String accepted) {
    return line.wrong("timestamp", accepted, shown("timestamp"));
  }

  @Override
  public Optional<TraceFile.Row> row(Duration offset) {
    return Optional.of(
        new TraceFile.Row(
            offset.toNanos(),
            TraceRow.tokens(line, "input_length", object.path("input_length").asText(), 1),
            TraceRow.tokens(line, "output_length", object.path("output_length").asText(), 1),
            blocks()));
  }

  private List<Long> blocks() {
    List<Long> blocks = new ArrayList<>();
    JsonNode ids = object.path("hash_ids");
    boolean whole = ids.isArray() || ids.isMissingNode();
    for (JsonNode id : ids) {
      whole &= id.canConvertToExactIntegral() && id.canConvertToLong();
      blocks.add(id.asLong());
    }
    if (!whole) {
      throw line.wrong("hash_ids", "a list of integers", shown("hash_ids"));
    }
    return blocks;
  }

  private String shown(String field) {
    JsonNode value = object.path(field);
    return value.isMissingNode() ? "absent" : value.toString();
  }
}
