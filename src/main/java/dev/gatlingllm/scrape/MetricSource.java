package dev.gatlingllm.scrape;

import java.util.stream.Stream;

/**
 * How a metric follows from the values of an answer.
 *
 * @param kind what the values are
 * @param name of the value, or of what is above the line
 * @param per of what is below the line; empty if nothing is
 * @param factor from the server's unit to ours
 */
public record MetricSource(Kind kind, String name, String per, double factor) {

  /** What values are. */
  public enum Kind {
    /** A number of things; those of several engines are added. */
    LEVEL,
    /** A part of a whole, 0 to 1, shown in percent; of several engines the greatest counts. */
    SHARE,
    /** A counter, whose increase counts by the second. */
    RATE,
    /** Two counters: the increase of one for each of the other. */
    QUOTIENT
  }

  static MetricSource level(String name) {
    return new MetricSource(Kind.LEVEL, name, "", 1);
  }

  static MetricSource share(String name) {
    return new MetricSource(Kind.SHARE, name, "", 100);
  }

  static MetricSource rate(String name, double factor) {
    return new MetricSource(Kind.RATE, name, "", factor);
  }

  static MetricSource ratio(String name, String per, double factor) {
    return new MetricSource(Kind.QUOTIENT, name, per, factor);
  }

  static MetricSource mean(String histogram, double factor) {
    return ratio(histogram + "_sum", histogram + "_count", factor);
  }

  /** The source of a value that was asked for by name. */
  public static MetricSource ofType(String name, String type) {
    return switch (type) {
      case "counter" -> rate(name, 1);
      case "histogram", "summary" -> mean(name, 1);
      default -> level(name);
    };
  }

  /** The names of the values that it needs. */
  public Stream<String> names() {
    return Stream.of(name, per).filter(one -> !one.isEmpty());
  }
}
