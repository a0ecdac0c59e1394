package dev.gatlingllm.stats;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Calls as points of charts: latencies against tokens, at most 5,000 of them, of every key as many
 * as of any other, drawn at random with a fixed seed, so that the same records give the same chart.
 *
 * @param points the calls that were drawn
 * @param calls how many succeeded calls have input tokens, by the index of their key; a key without
 *     any has no entry
 */
public record TokenPoints(List<Point> points, Map<Integer, Long> calls) {

  /** How many points a chart shows at most. */
  public static final int MOST = 5000;

  /**
   * One call.
   *
   * @param key index of its key among the keys of the run
   * @param id number of the call within its run
   * @param inputTokens all input tokens
   * @param outputTokens all output tokens
   * @param ttftMillis time to first token; absent if the answer was not streamed
   * @param e2eMillis end to end
   */
  public record Point(
      int key,
      long id,
      double inputTokens,
      OptionalDouble outputTokens,
      OptionalDouble ttftMillis,
      OptionalDouble e2eMillis) {

    /** The same call, of another key. */
    Point of(int newKey) {
      return new Point(newKey, id, inputTokens, outputTokens, ttftMillis, e2eMillis);
    }
  }

  /** Copies the collections. */
  public TokenPoints {
    points = List.copyOf(points);
    calls = Map.copyOf(calls);
  }

  /** How many succeeded calls have input tokens. */
  public long total() {
    return calls.values().stream().mapToLong(Long::longValue).sum();
  }
}
