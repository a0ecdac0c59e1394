package dev.gatlingllm.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * How many calls per minute a number of users makes: {@code users × active share × sessions ×
 * interactions × calls ÷ hours ÷ 60}, and a margin on top.
 *
 * @param users all users, above 0
 * @param activeShare share of them who use the application in the peak hours, above 0, at most 1
 * @param sessions sessions of each active user in that time, above 0
 * @param interactions interactions of each session, above 0
 * @param calls model calls of each interaction, above 0
 * @param hours length of the peak, above 0
 * @param marginPercent what is added, at least 0
 */
public record LoadModel(
    BigDecimal users,
    BigDecimal activeShare,
    BigDecimal sessions,
    BigDecimal interactions,
    BigDecimal calls,
    BigDecimal hours,
    BigDecimal marginPercent) {

  private static final BigDecimal MINUTES = BigDecimal.valueOf(60);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Rejects a number that is out of its range. */
  public LoadModel {
    positive("users", users);
    positive("active", activeShare);
    positive("sessions", sessions);
    positive("interactions", interactions);
    positive("calls", calls);
    positive("hours", hours);
    if (activeShare.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("active must be a share of at most 1, was " + activeShare);
    }
    if (marginPercent.signum() < 0) {
      throw new IllegalArgumentException("margin must be >= 0 percent, was " + marginPercent);
    }
  }

  private static void positive(String name, BigDecimal value) {
    if (value.signum() <= 0) {
      throw new IllegalArgumentException(name + " must be > 0, was " + value);
    }
  }

  /** Calls in the whole peak. */
  public BigDecimal callsInPeak() {
    return users.multiply(activeShare).multiply(sessions).multiply(interactions).multiply(calls);
  }

  /** Calls per minute without the margin. */
  public BigDecimal requestsPerMinute() {
    return callsInPeak().divide(hours.multiply(MINUTES), MathContext.DECIMAL64);
  }

  /** Calls per minute with the margin. */
  public BigDecimal withMargin() {
    return requestsPerMinute()
        .multiply(BigDecimal.ONE.add(marginPercent.divide(HUNDRED, MathContext.DECIMAL64)));
  }

  /** How the calls come from the users, in lines. */
  List<String> arithmetic() {
    return List.of(
        "users x active x sessions x interactions x calls = calls in the peak",
        String.join(
                " x ",
                text(users),
                activeShare.toPlainString(),
                text(sessions),
                text(interactions),
                text(calls))
            + " = "
            + text(callsInPeak()),
        text(callsInPeak())
            + " calls / ("
            + text(hours)
            + " h x 60 min) = "
            + text(requestsPerMinute())
            + " calls/min; with "
            + text(marginPercent)
            + " % margin "
            + text(withMargin())
            + " calls/min");
  }

  /** A number as it is printed: at most two decimals, none that say nothing. */
  public static String text(BigDecimal value) {
    BigDecimal rounded = value.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.toPlainString();
  }
}
