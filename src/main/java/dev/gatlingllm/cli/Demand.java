package dev.gatlingllm.cli;

import dev.gatlingllm.arrival.BusiestMinute;
import dev.gatlingllm.input.TraceFile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * What a load asks for in a minute.
 *
 * @param calls calls per minute, more than 0
 * @param tokens tokens per minute; absent if the size of the calls is not known
 */
record Demand(BigDecimal calls, Optional<Tokens> tokens) {

  /** Tokens per minute: of the input, of the output, and of both. */
  record Tokens(BigDecimal input, BigDecimal output, BigDecimal total) {}

  static Demand of(LoadModel model, Optional<UserDemand.CallSize> size) {
    BigDecimal calls = model.withMargin();
    return new Demand(
        calls,
        size.map(
            each ->
                new Tokens(
                    calls.multiply(each.input()),
                    calls.multiply(each.output()),
                    calls.multiply(each.total()))));
  }

  /** The busiest minute of a trace, each figure that of its own minute, with a margin on top. */
  static Demand of(TraceFile trace, BigDecimal marginPercent) {
    BusiestMinute busiest = new BusiestMinute(4);
    for (TraceFile.Row row : trace.rows()) {
      long input = row.contextTokens();
      long output = row.generatedTokens();
      busiest.add(row.offsetNanos(), 1, input, output, input + output);
    }
    BigDecimal factor =
        BigDecimal.ONE.add(marginPercent.divide(BigDecimal.valueOf(100), MathContext.DECIMAL64));
    BigDecimal[] most = new BigDecimal[4];
    for (int amount = 0; amount < most.length; amount++) {
      most[amount] = BigDecimal.valueOf(busiest.most(amount)).multiply(factor);
    }
    return new Demand(most[0], Optional.of(new Tokens(most[1], most[2], most[3])));
  }

  /** Input and output tokens of a call, on average. */
  Optional<BigDecimal> tokensPerCall() {
    return tokens.map(all -> all.total().divide(calls, MathContext.DECIMAL64));
  }
}
