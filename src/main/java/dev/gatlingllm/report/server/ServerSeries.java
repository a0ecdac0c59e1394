package dev.gatlingllm.report.server;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One metric of the service's side, as its own monitoring has it.
 *
 * @param source the file it was read from
 * @param name the metric's name, such as {@code AzureOpenAITimeToResponse}
 * @param statistic what each value is of its period, such as {@code average}; empty if unknown
 * @param unit of the values, such as {@code ms}; empty if unknown
 * @param dimension what it was split by, such as {@code ModelDeploymentName=gpt-4o}; empty for all
 * @param points in ascending order of time
 */
public record ServerSeries(
    String source,
    String name,
    String statistic,
    String unit,
    String dimension,
    List<Point> points) {

  /**
   * One value.
   *
   * @param begin of the period that it stands for
   */
  public record Point(Instant begin, double value) {}

  /** Puts the points in order. */
  public ServerSeries {
    points = points.stream().sorted(Comparator.comparing(Point::begin)).toList();
  }
}
