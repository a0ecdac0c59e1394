package dev.gatlingllm.config;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code llm.spend}: what a run may spend.
 *
 * @param maxTokens input and output tokens together; absent for any number
 * @param maxCost in the currency of {@code llm.cost.prices}, more than 0; absent for any amount
 */
public record SpendConfig(OptionalLong maxTokens, Optional<BigDecimal> maxCost) {

  /** The key of the tokens. */
  public static final String MAX_TOKENS = "llm.spend.maxTokens";

  /** The key of the amount. */
  public static final String MAX_COST = "llm.spend.maxCost";

  static SpendConfig read(ConfigReader reader) {
    Optional<BigDecimal> cost =
        reader.optionalPositive(MAX_COST).stream().mapToObj(BigDecimal::valueOf).findFirst();
    if (cost.isPresent() && reader.text("llm.cost.prices").isEmpty()) {
      throw new ConfigurationException(
          MAX_COST
              + " needs prices, and llm.cost.prices is unset: set it to a file of prices, or limit"
              + " the run by "
              + MAX_TOKENS);
    }
    return new SpendConfig(reader.optionalLong(MAX_TOKENS, 1), cost);
  }
}
