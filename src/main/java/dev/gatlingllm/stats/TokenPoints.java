package dev.gatlingllm.stats;

import java.util.List;

/**
 * Calls as points of a chart: TTFT against input tokens, at most 5,000 of them drawn at random with
 * a fixed seed, so that the same records give the same chart.
 *
 * @param points the calls that were drawn
 * @param total how many calls have both values
 */
public record TokenPoints(List<Point> points, long total) {

  /** How many points a chart shows at most. */
  public static final int MOST = 5000;

  /**
   * One call.
   *
   * @param key index of its key among the keys of the run
   * @param inputTokens all input tokens
   * @param ttftMillis time to first token
   */
  public record Point(int key, double inputTokens, double ttftMillis) {}

  /** Copies the list. */
  public TokenPoints {
    points = List.copyOf(points);
  }
}
