package dev.gatlingllm.cost;

import java.math.BigDecimal;

/**
 * What a prompt cache cost, and saved.
 *
 * @param writing tokens written to the cache, at their price
 * @param surcharge what of that would not have been paid without a cache
 * @param saved what reading from the cache saved
 */
public record CacheCost(BigDecimal writing, BigDecimal surcharge, BigDecimal saved) {

  /** No token went through a cache. */
  static final CacheCost NONE = new CacheCost(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  /** The formulas, as they are printed in reports. */
  public static final String DEFINITION =
      "Writing: cache-write tokens × price of cacheWrite. Saved by reads: cached input tokens ×"
          + " (price of input − price of cachedInput). Net: saved by reads − cache-write tokens ×"
          + " (price of cacheWrite − price of input); below 0 the cache cost more than it saved.";

  static CacheCost of(Price price, TokenSums tokens) {
    return new CacheCost(
        Price.perMillion(price.cacheWrite(), tokens.cacheWrite()),
        Price.perMillion(price.cacheWrite().subtract(price.input()), tokens.cacheWrite()),
        Price.perMillion(price.input().subtract(price.cachedInput()), tokens.cachedInput()));
  }

  /** {@code saved − surcharge}: below 0 if the cache cost more than it saved. */
  public BigDecimal net() {
    return saved.subtract(surcharge);
  }

  CacheCost plus(CacheCost other) {
    return new CacheCost(
        writing.add(other.writing), surcharge.add(other.surcharge), saved.add(other.saved));
  }
}
