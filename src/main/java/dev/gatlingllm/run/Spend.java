package dev.gatlingllm.run;

import dev.gatlingllm.config.SpendConfig;
import dev.gatlingllm.cost.Price;
import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.record.Attempt;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.WarmUpResult;
import dev.gatlingllm.text.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * {@code llm.spend}: what the calls of a run take, tokens and money. A call in flight counts with
 * its upper bound, an ended one with what its record says. What a record leaves open counts with
 * the bound, since the service may bill it; an attempt that the service refused, or that did not
 * reach it, counts nothing. A call that the client cancelled counts with its bound: the service may
 * have gone on. What is charged by the hour is not counted.
 *
 * <p>Safe for use by many threads, without a lock; without a cap it does nothing.
 */
final class Spend {

  /** Decimals of the currency's unit in which money is counted. */
  private static final int DECIMALS = 9;

  private static final Set<Outcome> UNBILLED =
      Set.of(Outcome.REJECTED, Outcome.THROTTLED, Outcome.UNREACHABLE, Outcome.DROPPED);

  private record Target(String provider, String model) {}

  private record Hold(long input, long output, Optional<Price> price) {
    long tokens() {
      return Math.addExact(input, output);
    }

    long cost() {
      return price.map(of -> units(of.atMost(input, output))).orElse(0L);
    }
  }

  private final Optional<SpendCap> tokens;
  private final Optional<SpendCap> cost;
  private final Optional<Prices> prices;
  private final Map<Target, Optional<Price>> found = new ConcurrentHashMap<>();
  private final Map<Long, Hold> holds = new ConcurrentHashMap<>();
  private final AtomicLong mostOutput = new AtomicLong();

  /**
   * Nothing spent.
   *
   * @param prices those of the run; needed for {@code maxCost} only
   */
  Spend(SpendConfig config, Optional<Prices> prices) {
    this.prices = prices;
    this.tokens =
        config.maxTokens().stream()
            .mapToObj(
                most ->
                    new SpendCap(
                        SpendConfig.MAX_TOKENS, most, all -> Figures.count(all) + " tokens"))
            .findFirst();
    this.cost =
        config.maxCost().map(most -> new SpendCap(SpendConfig.MAX_COST, units(most), this::amount));
  }

  private static long units(BigDecimal amount) {
    return amount.movePointRight(DECIMALS).setScale(0, RoundingMode.CEILING).longValueExact();
  }

  private String amount(long units) {
    return Figures.amount(BigDecimal.valueOf(units, DECIMALS))
        + prices.map(all -> " " + all.currency()).orElse("");
  }

  /** The caps that are set. */
  List<SpendCap> caps() {
    return Stream.of(tokens, cost).flatMap(Optional::stream).toList();
  }

  /**
   * Takes the upper bound of a call that is about to be sent.
   *
   * @return empty if it may be sent, or else the cap that it does not fit into
   */
  Optional<Refusal> take(CallRecords.Caller caller, String provider, CallBound bound) {
    if (tokens.isEmpty() && cost.isEmpty()) {
      return Optional.empty();
    }
    Hold hold =
        new Hold(
            bound.input(),
            bound.output().orElseGet(mostOutput::get),
            price(provider, caller.model()));
    if (cost.isPresent() && hold.price().isEmpty()) {
      return Optional.of(new Refusal(cost.get(), cost.get().end(unpriced(caller.model()))));
    }
    if (tokens.isPresent() && !tokens.get().take(hold.tokens())) {
      return Optional.of(new Refusal(tokens.get(), tokens.get().refuse(hold.tokens())));
    }
    if (cost.isPresent() && !cost.get().take(hold.cost())) {
      tokens.ifPresent(cap -> cap.giveBack(hold.tokens()));
      return Optional.of(new Refusal(cost.get(), cost.get().refuse(hold.cost())));
    }
    holds.put(caller.id(), hold);
    return Optional.empty();
  }

  /**
   * A call that is not sent.
   *
   * @param cap into which it does not fit
   * @param first whether it is the first such call, which ends the load
   */
  record Refusal(SpendCap cap, boolean first) {}

  private static String unpriced(String model) {
    return "a call asks the model " + model + ", of which llm.cost.prices has no price";
  }

  private Optional<Price> price(String provider, String model) {
    return prices.flatMap(
        all ->
            found.computeIfAbsent(
                new Target(provider, model), one -> all.of(one.provider(), one.model())));
  }

  /** Puts what an ended call took in the place of its bound. */
  void ended(CallRecord call) {
    Hold hold = holds.remove(call.id());
    if (hold == null) {
      return;
    }
    boolean open = !UNBILLED.contains(call.outcome());
    long input = call.tokens().input().orElse(open ? hold.input() : 0);
    long output =
        call.outcome() == Outcome.CANCELLED
            ? hold.output()
            : call.tokens().output().orElse(open ? hold.output() : 0);
    mostOutput.accumulateAndGet(output, Math::max);
    long again = call.attempts().stream().limit(lastOf(call)).filter(Spend::mayBeBilled).count();
    tokens.ifPresent(cap -> cap.giveBack(hold.tokens() - input - output - again * hold.tokens()));
    cost.ifPresent(
        cap -> cap.giveBack(hold.cost() - cost(call, hold, input, output) - again * hold.cost()));
  }

  /** Its record's, at the price of what served it, if the record is complete. */
  private long cost(CallRecord call, Hold hold, long input, long output) {
    boolean whole = call.tokens().input().isPresent() && call.tokens().output().isPresent();
    Optional<BigDecimal> told = whole ? prices.flatMap(all -> all.of(call)) : Optional.empty();
    boolean nothing = input == 0 && output == 0 && UNBILLED.contains(call.outcome());
    return nothing
        ? 0
        : units(
            told.or(() -> hold.price().map(price -> price.atMost(input, output)))
                .orElse(BigDecimal.ZERO));
  }

  private static int lastOf(CallRecord call) {
    return Math.max(0, call.attempts().size() - 1);
  }

  private static boolean mayBeBilled(Attempt attempt) {
    return !UNBILLED.contains(attempt.outcome());
  }

  /** Adds the calls to the target that were made before the load. */
  void warmedUp(WarmUpResult.TargetCalls made, String provider, String model) {
    tokens.ifPresent(cap -> cap.giveBack(-made.inputTokens() - made.outputTokens()));
    cost.ifPresent(
        cap ->
            price(provider, model)
                .ifPresent(
                    price ->
                        cap.giveBack(
                            -units(price.atMost(made.inputTokens(), made.outputTokens())))));
  }
}
