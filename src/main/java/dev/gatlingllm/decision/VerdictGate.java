package dev.gatlingllm.decision;

import dev.gatlingllm.health.Trust;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.RecordFormatException;
import java.util.Map;
import java.util.Optional;

/**
 * {@code llm.gate.verdict}: what the verdict must be for the run not to fail.
 *
 * @param least the gravest level that passes; absent if every level does. An unknown verdict passes
 *     no gate
 */
public record VerdictGate(Optional<Trust> least) {

  /** The setting's key. */
  public static final String KEY = "llm.gate.verdict";

  private static final String NONE = "none";

  /**
   * The gate of a setting.
   *
   * @throws IllegalArgumentException unless it is {@code none}, {@code trusted} or {@code degraded}
   */
  public static VerdictGate of(String asked) {
    return switch (asked) {
      case NONE -> new VerdictGate(Optional.empty());
      case "trusted" -> new VerdictGate(Optional.of(Trust.TRUSTED));
      case "degraded" -> new VerdictGate(Optional.of(Trust.DEGRADED));
      default ->
          throw new IllegalArgumentException(
              KEY + " must be one of none, trusted, degraded, was \"" + asked + '"');
    };
  }

  /** The gate of a run's configuration; none in that of an older release. */
  public static VerdictGate ofConfiguration(Map<String, String> configuration) {
    try {
      return of(configuration.getOrDefault(KEY, NONE));
    } catch (IllegalArgumentException e) {
      throw new RecordFormatException("run.json: " + e.getMessage());
    }
  }

  /** What the gate says of a verdict; nothing without a gate. */
  public Optional<AssertionResult> judge(Verdict verdict) {
    return least.map(
        level ->
            new AssertionResult(
                level == Trust.TRUSTED ? "verdict is trusted" : "verdict is trusted or degraded",
                verdict.level().passes(level),
                verdict.line()));
  }
}
