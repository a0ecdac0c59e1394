package dev.gatlingllm.gatling;

import static io.gatling.javaapi.core.CoreDsl.details;

import dev.gatlingllm.config.SloConfig;
import dev.gatlingllm.gatling.call.MetricNames;
import io.gatling.javaapi.core.Assertion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Assertions on what was measured, without the paths under which Gatling keeps it. A path is the
 * groups around a call, outermost first, and the call's name: {@code ttft("level 4", "chat")}.
 *
 * <p>Gatling keeps whole numbers: milliseconds, tokens per second. A measure that no call has fails
 * its assertion.
 *
 * <p>A call that a provisioned deployment handed over to another one is not at its path but at one
 * whose name ends in {@code (spilled over)}: {@code ttft("chat (spilled over)")}.
 */
public final class LlmAssertions {

  private LlmAssertions() {}

  /** Time to first token, ms, of calls that succeeded. */
  public static Assertion.WithPathAndTimeMetric ttft(String... path) {
    return measure(path, MetricNames.TTFT);
  }

  /** End-to-end time, ms, of calls that succeeded. */
  public static Assertion.WithPathAndTimeMetric e2e(String... path) {
    return measure(path);
  }

  /** Decode rate of each call, tokens per second. Its bad tail is the low one: percentile(5). */
  public static Assertion.WithPathAndTimeMetric tokensPerSecond(String... path) {
    return measure(path, MetricNames.TTFT, MetricNames.TOKENS_PER_SECOND);
  }

  /** Time per output token, microseconds. */
  public static Assertion.WithPathAndTimeMetric tpotMicros(String... path) {
    return measure(path, MetricNames.TPOT_MICROS);
  }

  /** Longest time between two chunks of each call, ms. */
  public static Assertion.WithPathAndTimeMetric maxInterChunk(String... path) {
    return measure(path, MetricNames.MAX_INTER_CHUNK);
  }

  /** Actual start minus intended start of each call, ms: the client's own delay. */
  public static Assertion.WithPathAndTimeMetric scheduleDelay(String... path) {
    return measure(path, MetricNames.SCHEDULE_DELAY);
  }

  /** Percentage of started calls that succeeded and met every limit of {@code llm.slo.call}. */
  public static Assertion.WithPathAndTarget<Double> goodput(String... path) {
    // Gatling rounds a mean to a whole number; the share of its OK entries it does not round.
    return details(longer(path, MetricNames.GOODPUT)).successfulRequests().percent();
  }

  /** Calls that failed: {@code failed("chat").percent().lt(1.0)}. */
  public static Assertion.WithPathAndCountMetric failed(String... path) {
    return details(longer(path, MetricNames.TTFT, MetricNames.TOKENS_PER_SECOND, MetricNames.CALL))
        .failedRequests();
  }

  /** The assertions of {@code llm.slo} for calls at a path. */
  public static List<Assertion> slo(SloConfig slo, String... path) {
    List<Assertion> assertions = new ArrayList<>();
    slo.ttft()
        .forEach((name, most) -> assertions.add(statistic(ttft(path), name).lte(floor(most))));
    slo.e2e().forEach((name, most) -> assertions.add(statistic(e2e(path), name).lte(floor(most))));
    slo.tokensPerSecond()
        .forEach(
            (name, least) ->
                assertions.add(statistic(tokensPerSecond(path), name).gte(ceil(least))));
    slo.failures().ifPresent(most -> assertions.add(failed(path).percent().lte(most)));
    slo.goodput().ifPresent(least -> assertions.add(goodput(path).gte(least)));
    boolean timed = !slo.ttft().isEmpty() || !slo.e2e().isEmpty();
    if (timed && slo.failures().isEmpty()) {
      // Gatling takes a percentile of no values for 0, which is below every limit.
      assertions.add(failed(path).percent().lt(100.0));
    }
    return assertions;
  }

  private static Assertion.WithPathAndTarget<Integer> statistic(
      Assertion.WithPathAndTimeMetric measure, String name) {
    return switch (name) {
      case "min" -> measure.min();
      case "mean" -> measure.mean();
      case "max" -> measure.max();
      default -> measure.percentile(Double.parseDouble(name.substring(1)));
    };
  }

  private static Assertion.WithPathAndTimeMetric measure(String[] path, String... more) {
    return details(longer(path, more)).responseTime();
  }

  private static int floor(double limit) {
    return (int) Math.floor(limit);
  }

  private static int ceil(double limit) {
    return (int) Math.ceil(limit);
  }

  private static String[] longer(String[] path, String... more) {
    String[] all = Arrays.copyOf(path, path.length + more.length);
    System.arraycopy(more, 0, all, path.length, more.length);
    return all;
  }
}
