package dev.gatlingllm.forge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a gate found. */
public enum GateOutcome {
  MET("✅", "within the limits"),
  MISSED("❌", "a limit is missed"),
  UNDECIDED("❔", "undecided: this run cannot tell"),
  FAILED("❌", "the run has failed"),
  NOT_STARTED("⛔", "the run did not start"),
  NOT_SENT("➖", "nothing was sent");

  private static final String VERDICT = "verdict is ";

  private final String sign;
  private final String words;

  GateOutcome(String sign, String words) {
    this.sign = sign;
    this.words = words;
  }

  /** As a heading shows it. */
  String heading() {
    return sign + " ";
  }

  /** In words. */
  String words() {
    return words;
  }

  /** As scripts read it: {@code met}, {@code not-sent}, …. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * That of a run.
   *
   * @param status its exit status
   * @param summary its {@code summary.json}
   */
  static GateOutcome of(int status, JsonNode summary) {
    if (status == 0) {
      return MET;
    }
    if (any(summary.path("limits"), "outcome", "missed")) {
      return MISSED;
    }
    boolean undecided = any(summary.path("limits"), "outcome", "undecided");
    boolean untrusted =
        failed(summary).anyMatch(result -> result.path("text").asText().startsWith(VERDICT));
    boolean other =
        failed(summary)
            .anyMatch(
                result ->
                    !result.path("text").asText().startsWith(VERDICT)
                        && !isUndecided(result, summary.path("limits")));
    return (undecided || untrusted) && !other ? UNDECIDED : FAILED;
  }

  private static boolean isUndecided(JsonNode result, JsonNode limits) {
    return StreamSupport.stream(limits.spliterator(), false)
        .filter(limit -> limit.path("outcome").asText().equals("undecided"))
        .anyMatch(limit -> result.path("text").asText().contains(limit.path("name").asText()));
  }

  /** The results that a run failed by. */
  static Stream<JsonNode> failed(JsonNode summary) {
    return StreamSupport.stream(summary.path("assertions").spliterator(), false)
        .filter(result -> !result.path("passed").asBoolean());
  }

  private static boolean any(JsonNode array, String field, String value) {
    return StreamSupport.stream(array.spliterator(), false)
        .anyMatch(element -> element.path(field).asText().equals(value));
  }
}
