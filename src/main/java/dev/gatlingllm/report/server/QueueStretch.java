package dev.gatlingllm.report.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When requests waited in the service's queue. A stretch begins with a reading in which some wait,
 * and ends with the last one before two in a row in which none does: a single empty reading is a
 * queue that was caught between two requests. Readings that failed neither begin nor end one. A
 * stretch has {@value #FEWEST} readings in which some wait at least. Of several, the one with the
 * most waiting in sum counts.
 *
 * @param from the first reading
 * @param to the last reading in which some wait
 * @param most that waited at once
 * @param mostAt when
 */
public record QueueStretch(Instant from, Instant to, double most, Instant mostAt) {

  static final int FEWEST = 3;
  private static final int EMPTY_IN_A_ROW = 2;

  /** The one that counts; empty if there is none. */
  static Optional<QueueStretch> of(ServerLine waiting) {
    List<List<ServerLine.Point>> stretches = new ArrayList<>();
    int empty = EMPTY_IN_A_ROW;
    for (ServerLine.Point point : waiting.known().toList()) {
      if (waiting(point) <= 0) {
        empty++;
        continue;
      }
      if (empty >= EMPTY_IN_A_ROW) {
        stretches.add(new ArrayList<>());
      }
      empty = 0;
      stretches.get(stretches.size() - 1).add(point);
    }
    return stretches.stream()
        .filter(stretch -> stretch.size() >= FEWEST)
        .max(Comparator.comparingDouble(QueueStretch::sum))
        .map(QueueStretch::of);
  }

  private static QueueStretch of(List<ServerLine.Point> stretch) {
    ServerLine.Point most = stretch.get(0);
    for (ServerLine.Point point : stretch) {
      most = waiting(point) > waiting(most) ? point : most;
    }
    return new QueueStretch(
        stretch.get(0).at(), stretch.get(stretch.size() - 1).at(), waiting(most), most.at());
  }

  private static double sum(List<ServerLine.Point> stretch) {
    return stretch.stream().mapToDouble(QueueStretch::waiting).sum();
  }

  private static double waiting(ServerLine.Point point) {
    return point.value().orElse(0);
  }
}
