package dev.gatlingllm.cost;

import dev.gatlingllm.record.CallRecord;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the calls of a model cost.
 *
 * @param model which models: their name, in which * stands for any text
 * @param provider which providers, likewise
 * @param input of a million input tokens that went through no cache
 * @param cachedInput of a million input tokens read from a cache
 * @param cacheWrite of a million input tokens written to a cache
 * @param output of a million output tokens that are not reasoning
 * @param reasoning of a million reasoning tokens
 * @param perRequest of each billed call, by what it is for
 * @param perHour of each hour of the run
 */
public record Price(
    String model,
    String provider,
    BigDecimal input,
    BigDecimal cachedInput,
    BigDecimal cacheWrite,
    BigDecimal output,
    BigDecimal reasoning,
    Map<String, BigDecimal> perRequest,
    BigDecimal perHour) {

  /** Copies the map. */
  public Price {
    perRequest = Collections.unmodifiableMap(new TreeMap<>(perRequest));
  }

  /** Whether it is the price of calls to this model. */
  boolean isOf(String calledProvider, String calledModel) {
    return matches(provider, calledProvider) && matches(model, calledModel);
  }

  private static boolean matches(String pattern, String name) {
    String expression =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return name.matches(expression);
  }

  /** The sum of what is charged for each billed call. */
  BigDecimal ofRequest() {
    return perRequest.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * What one call cost, without its share of the time; absent if it was not billed: it neither
   * succeeded nor has tokens.
   */
  public Optional<BigDecimal> of(CallRecord call) {
    if (!TokenSums.billed(call)) {
      return Optional.empty();
    }
    TokenSums tokens = new TokenSums();
    tokens.add(call);
    return Optional.of(of(tokens));
  }

  /** What these calls cost, without the time. */
  BigDecimal of(TokenSums tokens) {
    return perMillion(input, tokens.input())
        .add(perMillion(cachedInput, tokens.cachedInput()))
        .add(perMillion(cacheWrite, tokens.cacheWrite()))
        .add(perMillion(output, tokens.output()))
        .add(perMillion(reasoning, tokens.reasoning()))
        .add(ofRequest().multiply(BigDecimal.valueOf(tokens.calls())));
  }

  static BigDecimal perMillion(BigDecimal price, long tokens) {
    return price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
  }
}
