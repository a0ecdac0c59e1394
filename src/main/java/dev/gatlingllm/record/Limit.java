package dev.gatlingllm.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * A limit that a simulation puts on its calls, as {@code run.json} keeps it. It is decided when the
 * report is made, so that runs that are merged later are judged, too.
 *
 * @param name as the user wrote it: {@code llm.slo.ttft.p95}, or {@code
 *     ttft("chat").percentile(95).lt(500)}
 * @param path the groups around the calls, outermost first, and their name; empty for all calls of
 *     the run
 * @param of the measure by its name in machine-readable output, such as {@code ttftMillis}; {@link
 *     #FAILED} or {@link #GOOD}
 * @param statistic {@code min}, {@code mean}, {@code max} or a percentile such as {@code p95} of a
 *     measure; {@code percent} or {@code count} of calls
 * @param bound on which side of the value the statistic must be
 * @param value in the unit of the measure, in percent, or a number of calls
 */
public record Limit(
    String name, List<String> path, String of, String statistic, Bound bound, double value) {

  /** Calls that ended, and not well. */
  public static final String FAILED = "failed";

  /** Calls that kept every limit of {@code llm.slo.call}. */
  public static final String GOOD = "good";

  /** Follows the name of a call that a provisioned deployment handed over. */
  public static final String SPILLED_OVER = " (spilled over)";

  /** On which side of a value a number must be. */
  public enum Bound {
    @JsonProperty("at-most")
    AT_MOST,
    @JsonProperty("below")
    BELOW,
    @JsonProperty("at-least")
    AT_LEAST,
    @JsonProperty("above")
    ABOVE,
    @JsonProperty("exactly")
    EXACTLY;

    /** Whether a number is on the right side. */
    public boolean holds(double number, double value) {
      return switch (this) {
        case AT_MOST -> number <= value;
        case BELOW -> number < value;
        case AT_LEAST -> number >= value;
        case ABOVE -> number > value;
        case EXACTLY -> number == value;
      };
    }

    /** The word in records. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether greater numbers are the wrong ones. */
    public boolean isUpper() {
      return this == AT_MOST || this == BELOW;
    }
  }

  /** Copies the list. */
  public Limit {
    path = List.copyOf(path);
  }

  /** The path in one line, such as {@code level 4 / chat}; empty for all calls of the run. */
  public String row() {
    return String.join(" / ", path);
  }
}
