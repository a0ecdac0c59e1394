package dev.gatlingllm.config;

import dev.gatlingllm.call.CancelDraw;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code llm.cancel}: the calls that the client cancels.
 *
 * @param share of the calls, 0 to 1
 * @param after the start of a call
 * @param afterFirstToken of a streamed call
 * @param delay how both spread over calls
 * @param sigma of a lognormal delay
 */
public record CancelConfig(
    double share,
    Optional<Duration> after,
    Optional<Duration> afterFirstToken,
    CancelDraw.Delay delay,
    double sigma) {

  private static final String SHARE = "llm.cancel.share";
  private static final String AFTER = "llm.cancel.after";
  private static final String AFTER_FIRST_TOKEN = "llm.cancel.afterFirstToken";
  private static final Duration LONGEST = Duration.ofDays(1);

  static CancelConfig read(ConfigReader reader) {
    CancelConfig config =
        new CancelConfig(
            reader.isSet(SHARE) ? reader.share(SHARE) : 0,
            delay(reader, AFTER),
            delay(reader, AFTER_FIRST_TOKEN),
            reader.choice("llm.cancel.delay", CancelDraw.Delay.class),
            reader.decimal("llm.cancel.sigma", 0, 10, "a number from 0 to 10"));
    if (!reader.isSet(SHARE) && config.hasDelay()) {
      throw new ConfigurationException(
          SHARE
              + " must be a share from 0 to 1 where "
              + (config.after().isPresent() ? AFTER : AFTER_FIRST_TOKEN)
              + " is set, was not set");
    }
    if (config.share() > 0 && !config.hasDelay()) {
      throw new ConfigurationException(
          AFTER
              + " or "
              + AFTER_FIRST_TOKEN
              + " must be a duration, such as 500 ms or 2 s, where "
              + SHARE
              + " is "
              + reader.text(SHARE)
              + ", was not set");
    }
    return config;
  }

  private static Optional<Duration> delay(ConfigReader reader, String key) {
    return reader.isSet(key)
        ? Optional.of(
            reader.duration(
                key, Duration.ZERO, LONGEST, "a duration from 0 to 1 day, such as 500 ms or 2 s"))
        : Optional.empty();
  }

  private boolean hasDelay() {
    return after.isPresent() || afterFirstToken.isPresent();
  }

  /**
   * What a simulation says of the calls of one action.
   *
   * @param share of the calls, 0 to 1; absent for all if it says when, else that of the settings
   * @param after the start of the call
   * @param afterFirstToken of the call
   */
  public record OfAction(
      OptionalDouble share, Optional<Duration> after, Optional<Duration> afterFirstToken) {

    /** Nothing: the settings hold. */
    public static final OfAction NONE =
        new OfAction(OptionalDouble.empty(), Optional.empty(), Optional.empty());

    /** Refuses what no call can do. */
    public OfAction {
      if (!(share.orElse(0) >= 0 && share.orElse(0) <= 1)) {
        throw new IllegalArgumentException(
            "cancelShare must be a share from 0 to 1, was " + share.getAsDouble());
      }
      check("cancelAfter", after);
      check("cancelAfterFirstToken", afterFirstToken);
    }

    private static void check(String name, Optional<Duration> delay) {
      delay
          .filter(one -> one.isNegative() || one.compareTo(LONGEST) > 0)
          .ifPresent(
              one -> {
                throw new IllegalArgumentException(
                    name + " must be a duration from 0 to 1 day, was " + one);
              });
    }

    private boolean saysWhen() {
      return after.isPresent() || afterFirstToken.isPresent();
    }
  }

  /**
   * Which calls of an action are cancelled.
   *
   * @throws IllegalArgumentException if some are to be, and nothing says when
   */
  public CancelDraw draw(OfAction own, long seed) {
    double drawn = own.share().orElse(own.saysWhen() ? 1 : share);
    CancelConfig when =
        own.saysWhen()
            ? new CancelConfig(drawn, own.after(), own.afterFirstToken(), delay, sigma)
            : this;
    if (drawn > 0 && !when.hasDelay()) {
      throw new IllegalArgumentException(
          "cancelShare("
              + drawn
              + ") needs cancelAfter or cancelAfterFirstToken, "
              + AFTER
              + " or "
              + AFTER_FIRST_TOKEN);
    }
    return new CancelDraw(drawn, when.after(), when.afterFirstToken(), delay, sigma, seed);
  }
}
