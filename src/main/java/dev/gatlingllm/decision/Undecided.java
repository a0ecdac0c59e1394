package dev.gatlingllm.decision;

import dev.gatlingllm.record.RecordFormatException;
import java.util.Map;

/** {@code llm.gate.undecided}: what becomes of a limit that too few calls decide. */
public enum Undecided {
  /** The number that was measured decides. */
  POINT,
  /** It fails. */
  FAIL,
  /** It passes. */
  PASS,
  /** The load goes on until it is decided, or a bound is reached; then it fails. */
  EXTEND;

  /** The setting's key. */
  public static final String KEY = "llm.gate.undecided";

  /**
   * The rule of a run's configuration; the number that was measured in that of an older release.
   *
   * @throws RecordFormatException if it is no such rule
   */
  public static Undecided ofConfiguration(Map<String, String> configuration) {
    String asked = configuration.getOrDefault(KEY, "point");
    return switch (asked) {
      case "point" -> POINT;
      case "fail" -> FAIL;
      case "pass" -> PASS;
      case "extend" -> EXTEND;
      default ->
          throw new RecordFormatException(
              "run.json: "
                  + KEY
                  + " must be one of point, fail, pass, extend, was \""
                  + asked
                  + '"');
    };
  }
}
