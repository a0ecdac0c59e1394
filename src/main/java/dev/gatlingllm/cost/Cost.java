package dev.gatlingllm.cost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run cost.
 *
 * @param currency of all amounts
 * @param lines by model, in order of first appearance
 * @param calls billed calls with a price
 * @param succeeded succeeded calls with a price
 * @param outputTokens of billed calls with a price, reasoning included
 * @param withoutPrice billed calls of a model that has no price: they are in no amount
 * @param withoutTokens succeeded calls of which tokens are unknown: their tokens are in no amount
 * @param estimated billed calls whose tokens were counted by a tokenizer
 * @param leastOfCall the cheapest billed call, without its share of the time
 * @param mostOfCall the dearest
 * @param spilled what calls cost that a provisioned deployment handed over, by the deployment that
 *     took them: they are in no other number
 */
public record Cost(
    String currency,
    List<Line> lines,
    long calls,
    long succeeded,
    long outputTokens,
    long withoutPrice,
    long withoutTokens,
    long estimated,
    Optional<BigDecimal> leastOfCall,
    Optional<BigDecimal> mostOfCall,
    List<Line> spilled) {

  /** The name of the amount that is charged by the hour. */
  static final String TIME = "time";

  /**
   * The calls of one model.
   *
   * @param model provider and model
   * @param calls billed
   * @param parts amounts by what they are for: {@code input}, {@code cachedInput}, {@code
   *     cacheWrite}, {@code output}, {@code reasoning}, {@code time}, and the names under
   *     perRequest; only those with a price
   */
  public record Line(String model, long calls, Map<String, BigDecimal> parts) {

    /** Copies the map. */
    public Line {
      parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** The sum of the parts. */
    public BigDecimal total() {
      return Amounts.sum(parts.values());
    }
  }

  /** Copies the lists. */
  public Cost {
    lines = List.copyOf(lines);
    spilled = List.copyOf(spilled);
  }

  /** Everything together, without what handed-over calls cost. */
  public BigDecimal total() {
    return Amounts.sum(lines.stream().map(Line::total).toList());
  }

  /** What calls cost that a provisioned deployment handed over; not part of the total. */
  public BigDecimal ofSpilled() {
    return Amounts.sum(spilled.stream().map(Line::total).toList());
  }

  /** What of it is charged by the hour, and so belongs to no call. */
  public BigDecimal ofTime() {
    return Amounts.sum(
        lines.stream().map(line -> line.parts().getOrDefault(TIME, BigDecimal.ZERO)).toList());
  }

  /** Of a thousand succeeded calls, failures paid for; absent without one. */
  public Optional<BigDecimal> perThousandCalls() {
    return Amounts.share(total(), 1_000, succeeded);
  }

  /** Of a million output tokens, all else paid for; absent without one. */
  public Optional<BigDecimal> perMillionOutputTokens() {
    return Amounts.share(total(), 1_000_000, outputTokens);
  }

  /** Of a succeeded call, on average; absent without one. */
  public Optional<BigDecimal> perCall() {
    return Amounts.share(total(), 1, succeeded);
  }

  /** Two runs together. Their currencies must be the same. */
  public Cost plus(Cost other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "currencies must be the same, were " + currency + " and " + other.currency);
    }
    List<Line> all = new ArrayList<>(lines);
    all.addAll(other.lines);
    List<Line> allSpilled = new ArrayList<>(spilled);
    allSpilled.addAll(other.spilled);
    return new Cost(
        currency,
        all,
        calls + other.calls,
        succeeded + other.succeeded,
        outputTokens + other.outputTokens,
        withoutPrice + other.withoutPrice,
        withoutTokens + other.withoutTokens,
        estimated + other.estimated,
        one(leastOfCall, other.leastOfCall, true),
        one(mostOfCall, other.mostOfCall, false),
        allSpilled);
  }

  /** This, and so many billed calls that have no price. */
  public Cost plusUnpriced(long billed) {
    return new Cost(
        currency,
        lines,
        calls,
        succeeded,
        outputTokens,
        withoutPrice + billed,
        withoutTokens,
        estimated,
        leastOfCall,
        mostOfCall,
        spilled);
  }

  private static Optional<BigDecimal> one(
      Optional<BigDecimal> one, Optional<BigDecimal> other, boolean least) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return Optional.of(least ? one.get().min(other.get()) : one.get().max(other.get()));
  }
}
