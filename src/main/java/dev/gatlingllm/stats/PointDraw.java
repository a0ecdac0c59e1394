package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.stats.TokenPoints.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * Draws the {@link TokenPoints} while the calls come, every call as likely as any other: algorithm
 * R of J. S. Vitter, Random sampling with a reservoir, ACM TOMS 11 (1985). Confined to one thread.
 */
final class PointDraw {

  private final SplittableRandom random = new SplittableRandom(TokenPoints.MOST);
  private final List<Point> drawn = new ArrayList<>();
  private long total;

  void add(CallRecord call, int key) {
    OptionalDouble input = Measure.INPUT_TOKENS.of(call);
    if (input.isEmpty()) {
      return;
    }
    total++;
    if (drawn.size() < TokenPoints.MOST) {
      drawn.add(point(call, key, input.getAsDouble()));
      return;
    }
    long place = random.nextLong(total);
    if (place < TokenPoints.MOST) {
      drawn.set((int) place, point(call, key, input.getAsDouble()));
    }
  }

  private static Point point(CallRecord call, int key, double inputTokens) {
    return new Point(
        key,
        call.id(),
        inputTokens,
        Measure.OUTPUT_TOKENS.of(call),
        Measure.TTFT.of(call),
        Measure.E2E.of(call));
  }

  /**
   * The points, key by key.
   *
   * @param row the index of the row that the calls of a key are in
   */
  TokenPoints result(IntUnaryOperator row) {
    return new TokenPoints(
        drawn.stream()
            .map(point -> point.of(row.applyAsInt(point.key())))
            .sorted(Comparator.comparingInt(Point::key))
            .toList(),
        total);
  }
}
