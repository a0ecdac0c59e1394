package dev.gatlingllm.report.export;

import dev.gatlingllm.text.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/** Milliseconds as seconds, to the nanosecond, without exponent. */
final class Seconds {

  private static final int DECIMALS = 9;

  private Seconds() {}

  static BigDecimal ofMillis(double millis) {
    return Figures.shortest(
        BigDecimal.valueOf(millis).movePointLeft(3).setScale(DECIMALS, RoundingMode.HALF_EVEN));
  }

  /** As text; empty if absent. */
  static String text(OptionalDouble millis) {
    return millis.isPresent() ? ofMillis(millis.getAsDouble()).toPlainString() : "";
  }
}
