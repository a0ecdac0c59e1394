package dev.gatlingllm.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many units a demand takes: the demand divided by what one unit carries, rounded up, for calls
 * and, where they are known, for tokens; the larger number holds.
 *
 * @param demand what is asked for
 * @param unit what one unit carries
 * @param spare units on top, for those that fail or are renewed
 */
record Sizing(Demand demand, UnitCapacity unit, int spare) {

  /** Calls of another size than this, in percent, make a rate that was measured say little. */
  private static final BigDecimal ALIKE_PERCENT = BigDecimal.valueOf(20);

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** The units without the spare ones. */
  BigDecimal units() {
    return byCalls().max(byTokens().orElse(BigDecimal.ZERO));
  }

  private BigDecimal byCalls() {
    return unitsOf(demand.calls(), unit.calls());
  }

  private Optional<BigDecimal> byTokens() {
    return demand.tokens().flatMap(asked -> unit.tokens().map(one -> unitsOf(asked.total(), one)));
  }

  private static BigDecimal unitsOf(BigDecimal asked, BigDecimal one) {
    return asked.divide(one, 0, RoundingMode.CEILING);
  }

  /** The arithmetic and what follows from it, in lines. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "one unit carries "
            + (unit.atLeast() ? "at least " : "")
            + LoadModel.text(unit.calls())
            + " calls/min"
            + unit.tokens().map(each -> " of " + LoadModel.text(each) + " tokens/min").orElse("")
            + " ("
            + unit.source()
            + ')');
    lines.add(division(demand.calls(), unit.calls(), "calls/min", byCalls()));
    byTokens()
        .ifPresent(
            units ->
                lines.add(
                    division(
                        demand.tokens().orElseThrow().total(),
                        unit.tokens().orElseThrow(),
                        "tokens/min",
                        units)));
    lines.add(result());
    range().ifPresent(lines::add);
    otherSize().ifPresent(lines::add);
    return lines;
  }

  private static String division(BigDecimal asked, BigDecimal one, String what, BigDecimal units) {
    return LoadModel.text(asked)
        + " / "
        + LoadModel.text(one)
        + " "
        + what
        + " = "
        + LoadModel.text(asked.divide(one, MathContext.DECIMAL64))
        + " -> "
        + units.toPlainString();
  }

  private String result() {
    BigDecimal units = units();
    BigDecimal load =
        demand
            .calls()
            .divide(units.multiply(unit.calls()), MathContext.DECIMAL64)
            .max(
                demand
                    .tokens()
                    .flatMap(
                        asked ->
                            unit.tokens()
                                .map(
                                    one ->
                                        asked
                                            .total()
                                            .divide(units.multiply(one), MathContext.DECIMAL64)))
                    .orElse(BigDecimal.ZERO));
    return "units: "
        + units.add(BigDecimal.valueOf(spare)).toPlainString()
        + (spare > 0 ? " with " + spare + " to spare" : "")
        + "; "
        + units.toPlainString()
        + " run at "
        + LoadModel.text(load.multiply(HUNDRED).setScale(0, RoundingMode.HALF_UP))
        + " % of what they carry";
  }

  private Optional<String> range() {
    if (unit.low().isEmpty() || unit.low().get().signum() <= 0) {
      return Optional.empty();
    }
    BigDecimal most = unitsOf(demand.calls(), unit.low().get());
    Optional<BigDecimal> fewest = unit.high().map(high -> unitsOf(demand.calls(), high));
    boolean same = most.compareTo(byCalls()) == 0 && fewest.map(most::equals).orElse(true);
    return Optional.of(
        same
            ? "the whole interval of the measurement gives the same number"
            : "for the calls, the interval of the measurement gives "
                + fewest.map(few -> few.toPlainString() + " to ").orElse("up to ")
                + most.toPlainString());
  }

  private Optional<String> otherSize() {
    Optional<BigDecimal> asked = demand.tokensPerCall();
    Optional<BigDecimal> measured = unit.tokensPerCall();
    if (asked.isEmpty() || measured.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal ratio = asked.get().divide(measured.get(), MathContext.DECIMAL64);
    BigDecimal percent = ratio.subtract(BigDecimal.ONE).multiply(HUNDRED);
    if (percent.abs().compareTo(ALIKE_PERCENT) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        "mind: your calls have "
            + LoadModel.text(asked.get())
            + " tokens, those of the measurement "
            + LoadModel.text(measured.get())
            + "; neither calls nor tokens carry over exactly, so measure with your sizes");
  }
}
