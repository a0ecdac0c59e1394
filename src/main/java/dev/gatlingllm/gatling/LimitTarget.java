package dev.gatlingllm.gatling;

import dev.gatlingllm.gatling.engine.DeclaredLimits;
import dev.gatlingllm.record.Limit;
import io.gatling.javaapi.core.Assertion;
import java.math.BigDecimal;
import java.util.List;

/**
 * A statistic that waits for its limit: {@code ttft("chat").percentile(95).lt(500)}. The limit is
 * decided from the records when the report is made, by the same rule as those of {@code llm.slo}.
 * The assertion that each method returns holds in Gatling's eyes whatever comes; it is for {@code
 * setUp(…).assertions(…)}.
 *
 * @param <T> the type of the limit
 */
public final class LimitTarget<T extends Number> {

  private final Declaration declaration;
  private final String statistic;

  LimitTarget(Declaration declaration, String statistic) {
    this.declaration = declaration;
    this.statistic = statistic;
  }

  /**
   * What is limited, and how the user wrote it.
   *
   * @param text such as {@code ttft("chat").percentile(95)}
   * @param unit what one of the user's units is in that of the records
   */
  record Declaration(String text, List<String> path, String of, double unit) {

    Declaration and(String call) {
      return new Declaration(text + "." + call, path, of, unit);
    }
  }

  /** Below a value. */
  public Assertion lt(T value) {
    return declare("lt(" + text(value) + ")", Limit.Bound.BELOW, value);
  }

  /** At most a value. */
  public Assertion lte(T value) {
    return declare("lte(" + text(value) + ")", Limit.Bound.AT_MOST, value);
  }

  /** Above a value. */
  public Assertion gt(T value) {
    return declare("gt(" + text(value) + ")", Limit.Bound.ABOVE, value);
  }

  /** At least a value. */
  public Assertion gte(T value) {
    return declare("gte(" + text(value) + ")", Limit.Bound.AT_LEAST, value);
  }

  /** Exactly a value; decided by the number that was measured. */
  public Assertion is(T value) {
    return declare("is(" + text(value) + ")", Limit.Bound.EXACTLY, value);
  }

  /** From one value to another, both included: two limits. */
  public Assertion between(T least, T most) {
    var unused = gte(least);
    return lte(most);
  }

  private Assertion declare(String call, Limit.Bound bound, T value) {
    DeclaredLimits.add(
        new Limit(
            declaration.and(call).text(),
            declaration.path(),
            declaration.of(),
            statistic,
            bound,
            value.doubleValue() * declaration.unit()));
    return DeclaredLimits.alwaysHolds();
  }

  private static String text(Number value) {
    return new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
  }
}
