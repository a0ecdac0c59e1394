package dev.gatlingllm.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Optional;

/** Arithmetic with amounts of money. */
final class Amounts {

  private static final int DECIMALS = 12;

  private Amounts() {}

  static BigDecimal sum(Collection<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The part of an amount that falls to so many of {@code count}; absent if there are none. */
  static Optional<BigDecimal> share(BigDecimal amount, long unit, long count) {
    return count == 0
        ? Optional.empty()
        : Optional.of(
            amount
                .multiply(BigDecimal.valueOf(unit))
                .divide(BigDecimal.valueOf(count), DECIMALS, RoundingMode.HALF_EVEN));
  }
}
