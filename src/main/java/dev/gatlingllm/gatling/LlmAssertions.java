package dev.gatlingllm.gatling;

import dev.gatlingllm.config.SloConfig;
import dev.gatlingllm.gatling.LimitTarget.Declaration;
import dev.gatlingllm.gatling.engine.DeclaredLimits;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.stats.Measure;
import io.gatling.javaapi.core.Assertion;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Limits on what was measured. A path is the groups around a call, outermost first, and the call's
 * name: {@code ttft("level 4", "chat")}. They are decided from the records when the report is made;
 * see {@link dev.gatlingllm.decision.LimitJudge}. A limit that no call counts for is not met.
 *
 * <p>A limit counts from the moment it is written, whether or not its assertion is handed to {@code
 * setUp(…).assertions(…)}.
 *
 * <p>A call that a provisioned deployment handed over to another one is not at its path but at one
 * whose name ends in {@code (spilled over)}: {@code ttft("chat (spilled over)")}.
 */
public final class LlmAssertions {

  private static final double MILLIS_PER_MICRO = 1e-3;

  private LlmAssertions() {}

  /** Time to first token, ms, of calls that succeeded. */
  public static MeasureLimit ttft(String... path) {
    return measure("ttft", Measure.TTFT, path);
  }

  /** End-to-end time, ms, of calls that succeeded. */
  public static MeasureLimit e2e(String... path) {
    return measure("e2e", Measure.E2E, path);
  }

  /** Decode rate of each call, tokens per second. Its bad tail is the low one: percentile(5). */
  public static MeasureLimit tokensPerSecond(String... path) {
    return measure("tokensPerSecond", Measure.TOKENS_PER_SECOND, path);
  }

  /** Time per output token, microseconds. */
  public static MeasureLimit tpotMicros(String... path) {
    return new MeasureLimit(
        declaration("tpotMicros", Measure.TPOT.field(), MILLIS_PER_MICRO, path));
  }

  /** Longest time between two chunks of each call, ms. */
  public static MeasureLimit maxInterChunk(String... path) {
    return measure("maxInterChunk", Measure.MAX_INTER_CHUNK, path);
  }

  /** Actual start minus intended start of each call, ms: the client's own delay. */
  public static MeasureLimit scheduleDelay(String... path) {
    return measure("scheduleDelay", Measure.SCHEDULE_DELAY, path);
  }

  /** Percentage of started calls that succeeded and met every limit of {@code llm.slo.call}. */
  public static LimitTarget<Double> goodput(String... path) {
    return new LimitTarget<>(declaration("goodput", Limit.GOOD, 1, path), "percent");
  }

  /** Calls that failed: {@code failed("chat").percent().lt(1.0)}. */
  public static CallLimit failed(String... path) {
    return new CallLimit(declaration("failed", Limit.FAILED, 1, path));
  }

  /**
   * Declares the limits of {@code llm.slo} for calls at a path.
   *
   * @return nothing for Gatling to decide
   */
  public static List<Assertion> slo(SloConfig slo, String... path) {
    DeclaredLimits.of(slo, List.of(path)).forEach(DeclaredLimits::add);
    return List.of();
  }

  private static MeasureLimit measure(String method, Measure measure, String... path) {
    return new MeasureLimit(declaration(method, measure.field(), 1, path));
  }

  private static Declaration declaration(String method, String of, double unit, String... path) {
    String names = Stream.of(path).map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    return new Declaration(method + "(" + names + ")", List.of(path), of, unit);
  }
}
