package dev.gatlingllm.cost;

import dev.gatlingllm.record.CallRecord;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the calls of a model cost.
 *
 * @param model which models: their name, in which * stands for any text
 * @param provider which providers, likewise
 * @param tier which service tiers, likewise, as the response names them; {@code default} if it
 *     names none
 * @param latencyMode which latency modes, likewise; {@code standard} if the response names none
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
    String tier,
    String latencyMode,
    BigDecimal input,
    BigDecimal cachedInput,
    BigDecimal cacheWrite,
    BigDecimal output,
    BigDecimal reasoning,
    Map<String, BigDecimal> perRequest,
    BigDecimal perHour) {

  /** Stands for any text. */
  static final String ANY = "*";

  private static final String INPUT = "input";
  private static final String CACHED_INPUT = "cachedInput";
  private static final String CACHE_WRITE = "cacheWrite";
  private static final String OUTPUT = "output";
  private static final String REASONING = "reasoning";

  /** The names of amounts that are for tokens, as files of prices have them. */
  static final Set<String> TOKENS = Set.of(INPUT, CACHED_INPUT, CACHE_WRITE, OUTPUT, REASONING);

  /** Copies the map. */
  public Price {
    perRequest = Collections.unmodifiableMap(new TreeMap<>(perRequest));
  }

  /** Whether it is the price of calls to this model that were served so. */
  boolean isOf(String calledProvider, String calledModel, CallRecord.Served by) {
    return matches(provider, calledProvider)
        && matches(model, calledModel)
        && matches(tier, by.tier().isEmpty() ? "default" : by.tier())
        && matches(latencyMode, by.latencyMode().isEmpty() ? "standard" : by.latencyMode());
  }

  /** Whether it names models, and is not that of all others. */
  boolean namesModels() {
    return !model.matches("\\**");
  }

  /** The tier and the latency mode that it is of; empty if it is of any. */
  String servedAs() {
    return Stream.of(tier, latencyMode)
        .filter(one -> !one.equals(ANY))
        .collect(Collectors.joining(", "));
  }

  private static boolean matches(String pattern, String name) {
    String expression =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return name.matches(expression);
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

  /**
   * The most that one call with so many tokens costs, whatever of them a cache or reasoning takes,
   * without its share of the time.
   */
  public BigDecimal atMost(long inputTokens, long outputTokens) {
    BigDecimal dearestInput = input.max(cachedInput).max(cacheWrite);
    return perMillion(dearestInput, inputTokens)
        .add(perMillion(output.max(reasoning), outputTokens))
        .add(Amounts.sum(perRequest.values()));
  }

  /** What these calls cost, without the time. */
  BigDecimal of(TokenSums tokens) {
    return Amounts.sum(parts(tokens).values());
  }

  /**
   * The same by what it is for: amounts for tokens only if they are not 0, then those of each
   * billed call.
   */
  Map<String, BigDecimal> parts(TokenSums tokens) {
    Map<String, BigDecimal> parts = new LinkedHashMap<>();
    parts.put(INPUT, perMillion(input, tokens.input()));
    parts.put(CACHED_INPUT, perMillion(cachedInput, tokens.cachedInput()));
    parts.put(CACHE_WRITE, perMillion(cacheWrite, tokens.cacheWrite()));
    parts.put(OUTPUT, perMillion(output, tokens.output()));
    parts.put(REASONING, perMillion(reasoning, tokens.reasoning()));
    parts.values().removeIf(amount -> amount.signum() == 0);
    BigDecimal calls = BigDecimal.valueOf(tokens.calls());
    perRequest.forEach((name, amount) -> parts.put(name, amount.multiply(calls)));
    return parts;
  }

  static BigDecimal perMillion(BigDecimal price, long tokens) {
    return price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
  }
}
