package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.stats.TokenPoints.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * Draws the {@link TokenPoints} while the calls come: of every key as many as of any other, or all
 * of its calls if they are fewer, and within a key every call as likely as any other. A call has a
 * random number, and the calls with the least numbers of a key are kept (bottom-k sampling). What a
 * key may keep never grows again once a call of it was let go, so none that is let go is missed
 * later. Confined to one thread.
 */
final class PointDraw {

  private final SplittableRandom random = new SplittableRandom(TokenPoints.MOST);
  private final Map<Integer, Share> shares = new HashMap<>();
  private int kept;

  /** A point and the random number of its call. */
  private record Drawn(double number, Point point) {}

  /** What is kept of a key, the greatest number first. */
  private static final class Share {
    private final PriorityQueue<Drawn> drawn =
        new PriorityQueue<>(Comparator.comparingDouble(Drawn::number).reversed());
    private long calls;
    private boolean full;

    int size() {
      return drawn.size();
    }

    void letGo() {
      drawn.remove();
      full = true;
    }
  }

  void add(CallRecord call, int key) {
    OptionalDouble input = Measure.INPUT_TOKENS.of(call);
    if (input.isEmpty()) {
      return;
    }
    Share share = shares.computeIfAbsent(key, any -> new Share());
    share.calls++;
    double number = random.nextDouble();
    if (share.full) {
      if (share.size() > 0 && number < share.drawn.element().number()) {
        share.drawn.remove();
        share.drawn.add(new Drawn(number, point(call, key, input.getAsDouble())));
      }
      return;
    }
    share.drawn.add(new Drawn(number, point(call, key, input.getAsDouble())));
    if (kept < TokenPoints.MOST) {
      kept++;
    } else {
      shares.values().stream().max(Comparator.comparingInt(Share::size)).orElseThrow().letGo();
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
   * The points, key by key, those of a key in the order of their calls.
   *
   * @param row the index of the row that the calls of a key are in
   */
  TokenPoints result(IntUnaryOperator row) {
    List<Point> points = new ArrayList<>();
    Map<Integer, Long> calls = new HashMap<>();
    shares.forEach(
        (key, share) -> {
          int ofRow = row.applyAsInt(key);
          share.drawn.forEach(drawn -> points.add(drawn.point().of(ofRow)));
          calls.merge(ofRow, share.calls, Long::sum);
        });
    points.sort(Comparator.comparingInt(Point::key).thenComparingLong(Point::id));
    return new TokenPoints(points, calls);
  }
}
