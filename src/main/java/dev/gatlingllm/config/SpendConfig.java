package dev.gatlingllm.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code llm.spend}: what a run may spend; of a share of a load, its part.
 *
 * @param maxTokens input and output tokens together; absent for any number
 * @param maxCost in the currency of {@code llm.cost.prices}, more than 0; absent for any amount
 */
public record SpendConfig(OptionalLong maxTokens, Optional<BigDecimal> maxCost) {

  /** The key of the tokens. */
  public static final String MAX_TOKENS = "llm.spend.maxTokens";

  /** The key of the amount. */
  public static final String MAX_COST = "llm.spend.maxCost";

  /** Of the currency's unit: an amount is not divided further. */
  private static final int DECIMALS = 9;

  static SpendConfig read(ConfigReader reader, LoadConfig load) {
    Optional<BigDecimal> cost =
        reader.optionalPositive(MAX_COST).stream().mapToObj(BigDecimal::valueOf).findFirst();
    if (cost.isPresent() && reader.text("llm.cost.prices").isEmpty()) {
      throw new ConfigurationException(
          MAX_COST
              + " needs prices, and llm.cost.prices is unset: set it to a file of prices, or limit"
              + " the run by "
              + MAX_TOKENS);
    }
    OptionalLong tokens = reader.optionalLong(MAX_TOKENS, 1);
    return new SpendConfig(
        tokens.isPresent()
            ? OptionalLong.of(load.ofShare(MAX_TOKENS, tokens.getAsLong(), "tokens"))
            : tokens,
        cost.map(
            all -> all.divide(BigDecimal.valueOf(load.part().of()), DECIMALS, RoundingMode.DOWN)));
  }
}
