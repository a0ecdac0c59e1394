package dev.gatlingllm.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What is allowed in a minute.
 *
 * @param option the option that says it
 * @param perMinute more than 0
 * @param what calls or tokens
 */
record AccountQuota(String option, BigDecimal perMinute, String what) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  AccountQuota {
    if (perMinute.signum() <= 0) {
      throw new IllegalArgumentException(
          option + " must be > 0 " + what + " per minute, was " + perMinute.toPlainString());
    }
  }

  /** Whether the demand fits, in a line. */
  String line(BigDecimal asked) {
    BigDecimal share = asked.divide(perMinute, MathContext.DECIMAL64);
    String both =
        "quota: "
            + LoadModel.text(asked)
            + " of "
            + LoadModel.text(perMinute)
            + " "
            + what
            + "/min ("
            + LoadModel.text(share.multiply(HUNDRED).setScale(0, RoundingMode.HALF_UP))
            + " %)";
    return fits(asked)
        ? both + ": it fits"
        : both + ": " + LoadModel.text(share) + " times the quota; expect throttling (429)";
  }

  boolean fits(BigDecimal asked) {
    return asked.compareTo(perMinute) <= 0;
  }
}
