package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of a trace of JSON objects, which says of each block of the prompt by a hash what it is.
 */
record HashedRow(InputLines.Line line, JsonNode object, Kind kind) implements TraceRow {

  /** The year 2255 since 1970: so that the nanoseconds of an instant fit into a long. */
  private static final double LATEST_NANOS = 9e18;

  private static final List<String> BAILIAN_ONLY = List.of("chat_id", "parent_chat_id", "turn");

  /** What tells the traces of this kind apart. */
  enum Kind {
    /** Mooncake's. */
    MOONCAKE("milliseconds", 1e6, 512),
    /** Those of Alibaba Cloud's Bailian. */
    BAILIAN("seconds", 1e9, 16);

    private final String unit;
    private final double nanos;
    private final int blockTokens;

    Kind(String unit, double nanos, int blockTokens) {
      this.unit = unit;
      this.nanos = nanos;
      this.blockTokens = blockTokens;
    }

    /** Whether so many hashes may stand for so many tokens: a hash for the last part of a block. */
    private boolean fits(int hashes, long tokens) {
      return hashes <= (tokens + blockTokens - 1) / blockTokens + 1;
    }
  }

  /**
   * The kind that a row is of.
   *
   * @return empty if it is a row of neither
   */
  static Optional<Kind> kindOf(JsonNode object) {
    boolean row =
        object.path("timestamp").isValueNode()
            && object.path("input_length").isValueNode()
            && object.path("output_length").isValueNode();
    if (!row) {
      return Optional.empty();
    }
    return Optional.of(BAILIAN_ONLY.stream().anyMatch(object::has) ? Kind.BAILIAN : Kind.MOONCAKE);
  }

  static HashedRow of(InputLines.Line line, JsonNode object, Kind kind) {
    if (!object.isObject()) {
      throw line.wrong("row", "a JSON object", "another text");
    }
    return new HashedRow(line, object, kind);
  }

  @Override
  public Instant instant() {
    JsonNode time = object.path("timestamp");
    if (!time.isNumber() || !(time.asDouble() >= 0)) {
      throw wrongTime(kind.unit + ", a number >= 0");
    }
    if (!(time.asDouble() * kind.nanos <= LATEST_NANOS)) {
      throw wrongTime(
          Figures.fill(
              "%s, a number from 0 to %d (counted from 1970: the year 2255)",
              kind.unit, Math.round(LATEST_NANOS / kind.nanos)));
    }
    return Instant.EPOCH.plusNanos(Math.round(time.asDouble() * kind.nanos));
  }

  @Override
  public InputException wrongTime(String accepted) {
    return line.wrong("timestamp", accepted, shown("timestamp"));
  }

  @Override
  public Optional<TraceFile.Row> row(Duration offset) {
    int input = TraceRow.tokens(line, "input_length", object.path("input_length").asText(), 0);
    int output = TraceRow.tokens(line, "output_length", object.path("output_length").asText(), 0);
    List<Long> blocks = blocks();
    if (!kind.fits(blocks.size(), input)) {
      throw line.wrong(
          "hash_ids",
          Figures.fill(
              "one for each %d tokens of input_length (%d), as in traces of %s",
              kind.blockTokens, input, kind.name().toLowerCase(Locale.ROOT)),
          String.valueOf(blocks.size()));
    }
    return input == 0 || output == 0
        ? Optional.empty()
        : Optional.of(new TraceFile.Row(offset.toNanos(), input, output, kind.blockTokens, blocks));
  }

  private List<Long> blocks() {
    List<Long> blocks = new ArrayList<>();
    JsonNode ids = object.path("hash_ids");
    boolean whole = ids.isArray() || ids.isMissingNode() || ids.isNull();
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
