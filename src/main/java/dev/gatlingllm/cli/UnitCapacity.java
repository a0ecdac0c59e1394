package dev.gatlingllm.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * What one deployment, unit or replica carries within its limits.
 *
 * @param calls calls per minute, more than 0
 * @param calls low and high end of its interval, where they are known
 * @param tokens input and output tokens per minute at that rate, if known
 * @param atLeast whether the service may carry more, since something else was the limit
 * @param source where the figures come from, in words
 */
record UnitCapacity(
    BigDecimal calls,
    Optional<BigDecimal> low,
    Optional<BigDecimal> high,
    Optional<BigDecimal> tokens,
    boolean atLeast,
    String source) {

  /** Input and output tokens of a call in the measurement, on average. */
  Optional<BigDecimal> tokensPerCall() {
    return tokens.map(all -> all.divide(calls, MathContext.DECIMAL64));
  }
}
