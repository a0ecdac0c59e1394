package dev.gatlingllm.cost;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CacheUse;
import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.ServedRows;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.stats.ValueTally;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up what calls cost by their key, one call at a time, of one run or of several. Totals are
 * exact. What single calls cost is kept up to {@link StatisticsCollector#EXACT_CALLS} calls and
 * counted in histograms beyond. Confined to one thread.
 */
public final class CallCostTally {

  private final ServedRows<Sums> keys = new ServedRows<>();
  private final Map<ServedRows.Words, Sums> places = new HashMap<>();
  private final long exactCalls;
  private long billed;

  /** The calls of one key. */
  private static final class Sums {
    private final Map<Price, TokenSums> tokens = new LinkedHashMap<>();
    private final ValueTally amounts = new ValueTally();
    private long succeeded;
    private long withoutPrice;
  }

  /** A tally of nothing. */
  public CallCostTally() {
    this(StatisticsCollector.EXACT_CALLS);
  }

  CallCostTally(long exactCalls) {
    this.exactCalls = exactCalls;
  }

  /** Adds a started call that was not billed, or has no price. */
  void addUnpriced(CallRecord call) {
    sums(call).withoutPrice += TokenSums.billed(call) ? 1 : 0;
  }

  /** Adds a billed call with its price and what that comes to. */
  void add(CallRecord call, Price price, BigDecimal amount) {
    Sums sums = sums(call);
    sums.tokens.computeIfAbsent(price, any -> new TokenSums()).add(call);
    sums.succeeded += call.outcome() == Outcome.SUCCEEDED ? 1 : 0;
    sums.amounts.add(amount.doubleValue());
    if (++billed == exactCalls + 1) {
      keys.all().forEach(key -> key.amounts.condense());
    }
  }

  private Sums sums(CallRecord call) {
    return places.computeIfAbsent(
        ServedRows.Words.of(call), any -> keys.of(call, key -> newSums()));
  }

  private Sums newSums() {
    Sums sums = new Sums();
    if (billed > exactCalls) {
      sums.amounts.condense();
    }
    return sums;
  }

  /** What the calls so far cost, in the currency of their prices. */
  public CallCosts result(String currency, PercentileRule rule) {
    List<CallCost> byKey = new ArrayList<>();
    Map<CallKey, List<Sums>> hitsAndMisses = new LinkedHashMap<>();
    Map<CallKey, List<Sums>> rows = keys.rows();
    List<Sums> all = new ArrayList<>();
    Map<CallKey, Integer> rowsTogether = new HashMap<>();
    rows.forEach(
        (key, sums) -> {
          byKey.add(cost(key, sums, currency, rule));
          CallKey either = key.without(CacheUse.LABEL);
          rowsTogether.merge(either, 1, Integer::sum);
          hitsAndMisses.computeIfAbsent(either, any -> new ArrayList<>()).addAll(sums);
          if (!key.spilledOver()) {
            all.addAll(sums);
          }
        });
    rowsTogether.values().removeIf(count -> count < 2 || count == rows.size());
    hitsAndMisses.keySet().retainAll(rowsTogether.keySet());
    List<CallCost> together = new ArrayList<>();
    hitsAndMisses.forEach((key, sums) -> together.add(cost(key, sums, currency, rule)));
    boolean spilled = rows.keySet().stream().anyMatch(CallKey::spilledOver);
    CallKey key = spilled ? CallKey.ALL_BUT_SPILLED : CallKey.ALL;
    return new CallCosts(currency, cost(key, all, currency, rule), byKey, together);
  }

  private static CallCost cost(
      CallKey key, Collection<Sums> members, String currency, PercentileRule rule) {
    Map<String, BigDecimal> parts = new LinkedHashMap<>();
    Optional<CacheCost> cache = Optional.empty();
    long calls = 0;
    long outputTokens = 0;
    for (Sums sums : members) {
      for (Map.Entry<Price, TokenSums> priced : sums.tokens.entrySet()) {
        TokenSums tokens = priced.getValue();
        priced
            .getKey()
            .parts(tokens)
            .forEach((part, amount) -> parts.merge(part, amount, BigDecimal::add));
        calls += tokens.calls();
        outputTokens += tokens.output() + tokens.reasoning();
        if (tokens.tellsOfCache()) {
          cache =
              Optional.of(cache.orElse(CacheCost.NONE).plus(CacheCost.of(priced.getKey(), tokens)));
        }
      }
    }
    return new CallCost(
        key,
        calls,
        members.stream().mapToLong(sums -> sums.succeeded).sum(),
        outputTokens,
        members.stream().mapToLong(sums -> sums.withoutPrice).sum(),
        parts,
        ValueTally.together(currency, members.stream().map(sums -> sums.amounts).toList(), rule),
        cache);
  }
}
