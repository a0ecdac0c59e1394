package dev.gatlingllm.cost;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Adds up the cost of the calls of one run, one call at a time, in memory for one line per model.
 * Confined to one thread.
 */
public final class CostTally {

  private static final BigDecimal NANOS_PER_HOUR = new BigDecimal("3600000000000");
  private static final int DECIMALS = 12;

  private final Prices prices;
  private final CallCostTally byKey;
  private final Map<Model, Sums> models = new HashMap<>();
  private final Map<Priced, Sums> lines = new LinkedHashMap<>();
  private long withoutTokens;
  private long firstStartNanos = Long.MAX_VALUE;
  private long lastEndNanos = Long.MIN_VALUE;

  /** What a call says of its price: found faster than that is. */
  private record Model(
      String provider,
      String name,
      String servedBy,
      String tier,
      String latencyMode,
      boolean spilledOver,
      String deployment) {
    static Model of(CallRecord call) {
      CallRecord.Served by = call.served();
      return new Model(
          call.provider(),
          call.model(),
          by.model(),
          by.tier(),
          by.latencyMode(),
          by.spilledOver(),
          by.spilledOver() ? by.deployment() : "");
    }
  }

  /** The calls of one line. */
  private record Priced(String name, Optional<Price> price, boolean spilledOver) {
    static Priced of(CallRecord call, Prices.Found found) {
      String served = found.price().map(Price::servedAs).orElse("");
      String model = call.provider() + " / " + found.model();
      return new Priced(
          served.isEmpty() ? model : model + " (" + served + ")",
          found.price(),
          call.served().spilledOver());
    }
  }

  private static final class Sums {
    private final Optional<Price> price;
    private final TokenSums tokens = new TokenSums();
    private long succeeded;
    private long estimated;
    private BigDecimal least;
    private BigDecimal most;

    Sums(Optional<Price> price) {
      this.price = price;
    }

    void add(CallRecord call, CallCostTally byKey) {
      tokens.add(call);
      succeeded += call.outcome() == Outcome.SUCCEEDED ? 1 : 0;
      estimated += call.tokens().estimated() ? 1 : 0;
      Optional<BigDecimal> amount = price.flatMap(known -> known.of(call));
      if (amount.isPresent()) {
        extremes(amount.get());
        byKey.add(call, price.get(), amount.get());
      } else {
        byKey.addUnpriced(call);
      }
    }

    private void extremes(BigDecimal cost) {
      least = least == null ? cost : least.min(cost);
      most = most == null ? cost : most.max(cost);
    }
  }

  /** Adds up with these prices, and hands what each call cost on to a tally by key. */
  public CostTally(Prices prices, CallCostTally byKey) {
    this.prices = prices;
    this.byKey = byKey;
  }

  /** Adds up without any price: every billed call is one without. */
  public static CostTally unpriced(CallCostTally byKey) {
    return new CostTally(new Prices("", List.of()), byKey);
  }

  /** Adds one call. */
  public void add(CallRecord call) {
    if (!call.outcome().started()) {
      return;
    }
    firstStartNanos =
        Math.min(firstStartNanos, call.times().start().orElse(call.times().arrival()));
    lastEndNanos = Math.max(lastEndNanos, call.times().end());
    if (call.outcome() == Outcome.SUCCEEDED && !call.served().spilledOver()) {
      withoutTokens +=
          call.tokens().input().isPresent() && call.tokens().output().isPresent() ? 0 : 1;
    }
    if (TokenSums.billed(call)) {
      models
          .computeIfAbsent(
              Model.of(call),
              any ->
                  lines.computeIfAbsent(
                      Priced.of(call, prices.find(call)), line -> new Sums(line.price())))
          .add(call, byKey);
    } else {
      byKey.addUnpriced(call);
    }
  }

  /**
   * The cost of all calls so far.
   *
   * @param runNanos how long the run was; if absent, from the first start to the last end of a call
   */
  public Cost result(OptionalLong runNanos) {
    List<Cost.Line> all = new ArrayList<>();
    List<Cost.Line> spilled = new ArrayList<>();
    long calls = 0;
    long succeeded = 0;
    long outputTokens = 0;
    long withoutPrice = 0;
    long estimated = 0;
    Optional<BigDecimal> least = Optional.empty();
    Optional<BigDecimal> most = Optional.empty();
    BigDecimal hours = hours(runNanos);
    Set<Price> charged = new HashSet<>();
    for (Map.Entry<Priced, Sums> entry : lines.entrySet()) {
      Sums sums = entry.getValue();
      if (sums.price.isEmpty()) {
        withoutPrice += sums.tokens.calls();
        continue;
      }
      if (entry.getKey().spilledOver()) {
        // The deployment that took them is not the one that is paid by the hour.
        spilled.add(line(entry.getKey().name(), sums.price.get(), sums.tokens, BigDecimal.ZERO));
        continue;
      }
      // An hour of the run is an hour, however many names its models have.
      boolean first = charged.add(sums.price.get());
      all.add(
          line(
              entry.getKey().name(),
              sums.price.get(),
              sums.tokens,
              first ? hours : BigDecimal.ZERO));
      calls += sums.tokens.calls();
      succeeded += sums.succeeded;
      outputTokens += sums.tokens.output() + sums.tokens.reasoning();
      estimated += sums.estimated;
      BigDecimal cheapest = sums.least;
      BigDecimal dearest = sums.most;
      least = Optional.of(least.map(known -> known.min(cheapest)).orElse(cheapest));
      most = Optional.of(most.map(known -> known.max(dearest)).orElse(dearest));
    }
    return new Cost(
        prices.currency(),
        all,
        calls,
        succeeded,
        outputTokens,
        withoutPrice,
        withoutTokens,
        estimated,
        least,
        most,
        spilled);
  }

  private BigDecimal hours(OptionalLong runNanos) {
    long nanos = runNanos.orElse(lines.isEmpty() ? 0 : lastEndNanos - firstStartNanos);
    return BigDecimal.valueOf(nanos).divide(NANOS_PER_HOUR, DECIMALS, RoundingMode.HALF_EVEN);
  }

  private static Cost.Line line(String name, Price price, TokenSums tokens, BigDecimal hours) {
    Map<String, BigDecimal> parts = price.parts(tokens);
    if (price.perHour().signum() > 0 && hours.signum() > 0) {
      parts.put(Cost.TIME, price.perHour().multiply(hours));
    }
    return new Cost.Line(name, tokens.calls(), parts);
  }
}
