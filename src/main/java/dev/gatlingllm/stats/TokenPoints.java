package dev.gatlingllm.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

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

  static TokenPoints of(List<CallTable> tables) {
    long total = 0;
    for (CallTable table : tables) {
      for (int row = 0; row < table.size(); row++) {
        total += isPoint(table, row) ? 1 : 0;
      }
    }
    return new TokenPoints(draw(tables, total), total);
  }

  // Selection sampling, Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S: one pass,
  // keeps
  // the order, every call is as likely as any other.
  private static List<Point> draw(List<CallTable> tables, long total) {
    SplittableRandom random = new SplittableRandom(MOST);
    List<Point> drawn = new ArrayList<>();
    long left = total;
    for (int key = 0; key < tables.size(); key++) {
      CallTable table = tables.get(key);
      for (int row = 0; row < table.size(); row++) {
        if (isPoint(table, row) && random.nextLong(left--) < MOST - drawn.size()) {
          drawn.add(
              new Point(
                  key,
                  table.column(Measure.INPUT_TOKENS).get(row),
                  table.column(Measure.TTFT).get(row)));
        }
      }
    }
    return drawn;
  }

  private static boolean isPoint(CallTable table, int row) {
    return table.column(Measure.INPUT_TOKENS).has(row) && table.column(Measure.TTFT).has(row);
  }
}
