package dev.gatlingllm.report.server;

import dev.gatlingllm.text.Figures;

/**
 * A file of metrics that cannot be used. The message names the file, the place in it, the value and
 * what is accepted.
 */
public final class MetricsFileException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_VALUE = 60;

  MetricsFileException(String message) {
    super(message);
  }

  static MetricsFileException of(String place, String field, String accepted, String value) {
    String shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value;
    return new MetricsFileException(
        Figures.fill("%s: %s must be %s, was \"%s\"", place, field, accepted, shown));
  }
}
