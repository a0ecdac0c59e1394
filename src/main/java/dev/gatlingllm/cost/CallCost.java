package dev.gatlingllm.cost;

import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.Distribution;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the calls of one key cost, or all calls. What is charged by the hour belongs to the run and
 * is in no number.
 *
 * @param key what the calls have in common
 * @param billed billed calls with a price
 * @param succeeded those of them that succeeded
 * @param outputTokens of billed calls with a price, reasoning included
 * @param withoutPrice billed calls of a model that has no price: they are in no number
 * @param parts amounts by what they are for: {@code input}, {@code cachedInput}, {@code
 *     cacheWrite}, {@code output}, {@code reasoning}, and the names under perRequest; only those
 *     with a price
 * @param ofOneCall what a billed call cost
 * @param cache absent if no billed call with a price says anything of a prompt cache
 */
public record CallCost(
    CallKey key,
    long billed,
    long succeeded,
    long outputTokens,
    long withoutPrice,
    Map<String, BigDecimal> parts,
    Distribution ofOneCall,
    Optional<CacheCost> cache) {

  /** Copies the map. */
  public CallCost {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** The sum of the parts, which is the sum of what its calls cost; absent if unknown. */
  public Optional<BigDecimal> total() {
    return billed == 0 && withoutPrice > 0
        ? Optional.empty()
        : Optional.of(Amounts.sum(parts.values()));
  }

  /** Of a succeeded call, failures paid for; absent without one. */
  public Optional<BigDecimal> perCall() {
    return share(1, succeeded);
  }

  /** Of a thousand succeeded calls, failures paid for; absent without one. */
  public Optional<BigDecimal> perThousandCalls() {
    return share(1_000, succeeded);
  }

  /** Of a million output tokens, all else paid for; absent without one. */
  public Optional<BigDecimal> perMillionOutputTokens() {
    return share(1_000_000, outputTokens);
  }

  /** Of a billed call; absent without one. */
  public Optional<BigDecimal> mean() {
    return share(1, billed);
  }

  /** What is charged for each billed call, whatever its tokens; absent if nothing is. */
  public Optional<BigDecimal> perRequest() {
    return parts.keySet().stream()
        .filter(part -> !Price.TOKENS.contains(part))
        .map(parts::get)
        .reduce(BigDecimal::add);
  }

  private Optional<BigDecimal> share(long unit, long count) {
    return total().flatMap(amount -> Amounts.share(amount, unit, count));
  }
}
