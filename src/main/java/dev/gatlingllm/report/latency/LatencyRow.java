package dev.gatlingllm.report.latency;

import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.Distribution;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One row of the table: the calls of one deployment and size. All distributions are of calls that
 * succeeded.
 *
 * @param calls the groups around the calls, their name and labels
 * @param model deployment, model or inference profile
 * @param streaming whether the answers were streamed
 * @param servedRegion the region that served these calls, if this is the row of one of several
 * @param maxTokens the upper bound of the output; absent if the calls had different ones or none
 * @param regions the regions that answered
 * @param successes calls that succeeded
 * @param failures calls that failed, throttled ones included
 * @param throttled calls that were throttled
 * @param errors how often each error came
 * @param errorStatuses the HTTP statuses of failed calls
 * @param seconds end to end
 * @param ttftSeconds time to first token
 * @param tokensPerSecond decode rate
 * @param promptTokens input tokens
 * @param completionTokens output tokens
 * @param millisPerOutputToken end to end for each output token
 * @param best the fastest call
 * @param worst the slowest call
 * @param bestPerToken the call that took least for each output token
 * @param worstPerToken the call that took most for each output token
 */
public record LatencyRow(
    CallKey calls,
    String model,
    boolean streaming,
    Optional<String> servedRegion,
    OptionalInt maxTokens,
    SortedSet<String> regions,
    long successes,
    long failures,
    long throttled,
    SortedMap<String, Integer> errors,
    SortedSet<Integer> errorStatuses,
    Distribution seconds,
    Distribution ttftSeconds,
    Distribution tokensPerSecond,
    Distribution promptTokens,
    Distribution completionTokens,
    Distribution millisPerOutputToken,
    Optional<LatencyRun> best,
    Optional<LatencyRun> worst,
    Optional<LatencyRun> bestPerToken,
    Optional<LatencyRun> worstPerToken) {

  /** Copies the collections. */
  public LatencyRow {
    regions = Collections.unmodifiableSortedSet(new TreeSet<>(regions));
    errors = Collections.unmodifiableSortedMap(new TreeMap<>(errors));
    errorStatuses = Collections.unmodifiableSortedSet(new TreeSet<>(errorStatuses));
  }

  /** Calls that ended. */
  public long iterations() {
    return successes + failures;
  }

  /** Failed calls ÷ calls, 0 to 1; absent if there is none. */
  public OptionalDouble errorRate() {
    return share(failures);
  }

  /** Throttled calls ÷ calls, 0 to 1; absent if there is none. */
  public OptionalDouble throttleRate() {
    return share(throttled);
  }

  private OptionalDouble share(long part) {
    return iterations() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) part / iterations());
  }

  /** Such as {@code gpt-4_500}: deployment and size, as far as the calls have one. */
  public String modelMaxTokens() {
    return maxTokens.isPresent() ? model + "_" + maxTokens.getAsInt() : model;
  }
}
