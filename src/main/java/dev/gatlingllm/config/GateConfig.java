package dev.gatlingllm.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code llm.gate}: what fails a run beside a limit that is missed.
 *
 * @param verdict the worst verdict with which the run passes: none (any), trusted or degraded
 * @param undecided what becomes of a limit that too few calls decide: point, fail, pass or extend
 * @param atMost how far the load goes on; no bound unless {@code undecided} is extend
 */
public record GateConfig(String verdict, String undecided, AtMost atMost) {

  /** The key of what becomes of a limit that too few calls decide. */
  public static final String UNDECIDED = "llm.gate.undecided";

  private static final String EXTEND = "extend";

  /**
   * {@code llm.gate.atMost}: the whole load, the planned one included. The first bound that is
   * reached ends it.
   *
   * @param duration from the first arrival
   * @param calls that are made
   * @param tokens input and output together
   */
  public record AtMost(Optional<Duration> duration, OptionalLong calls, OptionalLong tokens) {

    /** The section of the settings. */
    public static final String SECTION = "llm.gate.atMost";

    /** The key of the time. */
    public static final String DURATION = SECTION + ".duration";

    /** The key of the calls. */
    public static final String CALLS = SECTION + ".calls";

    /** The key of the tokens. */
    public static final String TOKENS = SECTION + ".tokens";

    static AtMost read(ConfigReader reader) {
      return new AtMost(
          reader.optionalDuration(DURATION),
          reader.optionalLong(CALLS, 1),
          reader.optionalLong(TOKENS, 1));
    }

    /**
     * Refuses a bound that the planned load reaches.
     *
     * @param planned calls; empty if they are not known
     * @param time that it takes; empty if that is not known
     * @return true
     * @throws ConfigurationException if the load could not go on
     */
    public boolean requireMoreThan(OptionalLong planned, Optional<Duration> time) {
      if (calls.isPresent() && calls.getAsLong() <= planned.orElse(0)) {
        throw new ConfigurationException(
            CALLS
                + " must be more than the planned "
                + planned.getAsLong()
                + " calls, was "
                + calls.getAsLong());
      }
      if (duration.isPresent() && time.isPresent() && duration.get().compareTo(time.get()) <= 0) {
        throw new ConfigurationException(
            DURATION
                + " must be more than the planned "
                + seconds(time.get())
                + ", was "
                + seconds(duration.get()));
      }
      return true;
    }

    private static String seconds(Duration time) {
      return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    private boolean isEmpty() {
      return duration.isEmpty() && calls.isEmpty() && tokens.isEmpty();
    }
  }

  static GateConfig read(ConfigReader reader) {
    GateConfig gate =
        new GateConfig(
            reader.choice("llm.gate.verdict", List.of("none", "trusted", "degraded")),
            reader.choice(UNDECIDED, List.of("point", "fail", "pass", EXTEND)),
            AtMost.read(reader));
    if (gate.extend() && gate.atMost().isEmpty()) {
      throw new ConfigurationException(
          UNDECIDED
              + " = extend needs a bound, and "
              + AtMost.SECTION
              + " has none: set duration (10 min), calls (5000) or tokens (2000000)");
    }
    if (!gate.extend() && !gate.atMost().isEmpty()) {
      throw new ConfigurationException(
          AtMost.SECTION
              + " bounds a load that goes on until its limits are decided, and "
              + UNDECIDED
              + " is "
              + gate.undecided()
              + ": set it to extend, or leave "
              + AtMost.SECTION
              + " unset");
    }
    return gate;
  }

  /** Whether the load goes on beyond its plan until the limits are decided. */
  public boolean extend() {
    return undecided.equals(EXTEND);
  }
}
