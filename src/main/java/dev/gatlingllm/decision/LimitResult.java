package dev.gatlingllm.decision;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.text.Figures;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The decision on a limit, as every report prints it.
 *
 * @param limit that was decided
 * @param title its name, and the row where the name alone is not enough
 * @param outcome what is shown, at 95 % confidence, or by value where the limit is no claim about a
 *     share of calls
 * @param passed whether it leaves the run green
 * @param actual the number that was measured, also where tables withhold it; absent if nothing was
 * @param open whether the number is a lower bound
 * @param unit of the number and of the limit
 * @param calls that it rests on
 * @param worth how many independent calls these are worth
 * @param reason in words, without a full stop
 * @param why it is undecided; absent if it is decided
 * @param wouldTell how many calls like these would decide it; absent if it is decided, or if no
 *     number of them would
 */
public record LimitResult(
    Limit limit,
    String title,
    Outcome outcome,
    boolean passed,
    OptionalDouble actual,
    boolean open,
    String unit,
    long calls,
    double worth,
    String reason,
    Optional<WhyUndecided> why,
    OptionalLong wouldTell) {

  private static final double WHOLE_FROM = 9.95;

  /** The number less the limit, percent of the limit; absent if either is not known or is 0. */
  public OptionalDouble marginPercent() {
    return actual.isEmpty() || open || limit.value() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(100 * (actual.getAsDouble() - limit.value()) / limit.value());
  }

  /** How far the number is on the right side of the limit, percent of it; negative if it is not. */
  public OptionalDouble roomPercent() {
    OptionalDouble margin = marginPercent();
    return margin.isPresent() && limit.bound().isUpper()
        ? OptionalDouble.of(-margin.getAsDouble())
        : margin;
  }

  /** Such as {@code 266 ms, limit 100 ms, +166 % (missed: 120 calls, worth 80)}. */
  public String words() {
    return amounts() + " (" + reason + ")";
  }

  /**
   * Title and numbers without the reason: {@code llm.slo.ttft.p95: 266 ms, limit 100 ms, +166 %}.
   */
  public String figures() {
    return title + ": " + amounts();
  }

  /** Such as {@code 266 ms}, {@code > 266 ms} of a lower bound, or {@code nothing measured}. */
  public String valueText() {
    String number = actual.isPresent() ? amount(actual.getAsDouble()) : "nothing measured";
    return (open ? "> " : "") + number;
  }

  /** Such as {@code ≤ 500 ms}. */
  public String limitText() {
    String sign =
        switch (limit.bound()) {
          case AT_MOST -> "≤ ";
          case BELOW -> "< ";
          case AT_LEAST -> "≥ ";
          case ABOVE -> "> ";
          case EXACTLY -> "= ";
        };
    return sign + amount(limit.value());
  }

  /** Such as {@code +166 %}; absent if there is no {@linkplain #marginPercent() margin}. */
  public Optional<String> marginText() {
    OptionalDouble margin = marginPercent();
    return margin.isPresent() ? Optional.of(signed(margin.getAsDouble())) : Optional.empty();
  }

  private String amounts() {
    String asked =
        switch (limit.bound()) {
          case AT_MOST -> ", limit ";
          case BELOW -> ", limit below ";
          case AT_LEAST -> ", at least ";
          case ABOVE -> ", above ";
          case EXACTLY -> ", must be ";
        };
    return valueText()
        + asked
        + amount(limit.value())
        + marginText().map(margin -> ", " + margin).orElse("");
  }

  /** Title and words in one line. */
  public String line() {
    return title + ": " + words();
  }

  /** As it stands among the assertions of the run. */
  public AssertionResult asAssertion() {
    return new AssertionResult(title, passed, words());
  }

  private String amount(double value) {
    return Figures.number(value) + (unit.isEmpty() ? "" : " " + unit);
  }

  private static String signed(double percent) {
    return Figures.fill(Math.abs(percent) < WHOLE_FROM ? "%+.1f %%" : "%+,.0f %%", percent);
  }
}
