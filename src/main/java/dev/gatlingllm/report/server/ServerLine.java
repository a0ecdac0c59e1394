package dev.gatlingllm.report.server;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One metric that was read of the service while the run went on.
 *
 * @param name as reports call it, or the server's own name
 * @param unit of the values
 * @param dimension what it is of, such as {@code pool="a"}; empty for all of the service
 * @param points in the order of time
 */
public record ServerLine(String name, String unit, String dimension, List<Point> points) {

  /** Copies the list. */
  public ServerLine {
    points = List.copyOf(points);
  }

  /**
   * One reading.
   *
   * @param value absent if nothing was read, or nothing happened that it could be a mean of
   */
  public record Point(Instant at, OptionalDouble value) {}

  /** Those that have a value. */
  Stream<Point> known() {
    return points.stream().filter(point -> point.value().isPresent());
  }
}
