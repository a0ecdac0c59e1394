package dev.gatlingllm.cost;

import dev.gatlingllm.stats.CallKey;
import java.util.List;
import java.util.Optional;

/**
 * What calls cost, by what they are told apart by.
 *
 * @param currency of all amounts
 * @param all calls together, but for those that a provisioned deployment handed over: each sum is
 *     that of the others in {@code byKey}
 * @param byKey in order of first appearance
 * @param hitsAndMisses calls together that differ in the label {@code cache} alone: there are none
 *     unless calls are told apart by it, and by more
 */
public record CallCosts(
    String currency, CallCost all, List<CallCost> byKey, List<CallCost> hitsAndMisses) {

  /** Copies the lists. */
  public CallCosts {
    byKey = List.copyOf(byKey);
    hitsAndMisses = List.copyOf(hitsAndMisses);
  }

  /** What the calls of this key cost, or all of them; absent if none was ever started. */
  public Optional<CallCost> of(CallKey key) {
    return key.equals(all.key())
        ? Optional.of(all)
        : byKey.stream().filter(cost -> cost.key().equals(key)).findFirst();
  }
}
