package dev.gatlingllm.record;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How a load went on until its limits were decided: {@code llm.gate.undecided = extend}.
 *
 * @param looks in their order, the first of them at the planned load
 * @param end why it went on no longer: {@link #DECIDED}, {@link #NO_GROUND}, {@link #CUT}, or the
 *     key of the bound that was reached, such as {@code llm.gate.atMost.calls}; absent while the
 *     run goes on, and of a run that was killed
 */
public record Extension(List<Look> looks, Optional<String> end) {

  /** Every limit was decided. */
  public static final String DECIDED = "decided";

  /** More calls would not have helped: nothing measured, load not sent, client not trusted. */
  public static final String NO_GROUND = "noGround";

  /** The load was ended by something else, such as a signal or a cap on what the run may spend. */
  public static final String CUT = "cut";

  /** A run that has not looked yet. */
  public static final Extension NONE = new Extension(List.of(), Optional.empty());

  /** Copies the list. */
  public Extension {
    looks = List.copyOf(looks);
  }

  /**
   * One look.
   *
   * @param calls the first so many calls of the run, which it looked at
   * @param withoutEnd those of them that had no end yet: they counted against every decision
   * @param riskPercent how often a decision of this look may be wrong
   * @param limits what it found of the limits that no earlier look had decided
   */
  public record Look(long calls, long withoutEnd, double riskPercent, List<Finding> limits) {

    /** Copies the list. */
    public Look {
      limits = List.copyOf(limits);
    }
  }

  /**
   * What a look found of a limit.
   *
   * @param limit that is meant
   * @param outcome met, missed or undecided
   * @param calls that count for it
   * @param worth how many independent calls these are worth
   * @param keepPercent how many of them keep the limit
   * @param wouldTell how many calls the look takes that would decide it, if they are like these;
   *     absent if it is decided, or if no number of them would
   */
  public record Finding(
      Limit limit,
      String outcome,
      long calls,
      double worth,
      OptionalDouble keepPercent,
      OptionalLong wouldTell) {}

  /** What was found of a limit last: its decision, if there is one. */
  public Optional<Finding> last(Limit limit) {
    return looks.stream()
        .flatMap(look -> look.limits().stream())
        .filter(finding -> finding.limit().equals(limit))
        .reduce((earlier, later) -> later);
  }

  /** The number of the look that found something of a limit last, from 1; 0 if none did. */
  public int lastLook(Limit limit) {
    int number = 0;
    for (int i = 0; i < looks.size(); i++) {
      boolean found =
          looks.get(i).limits().stream().anyMatch(finding -> finding.limit().equals(limit));
      number = found ? i + 1 : number;
    }
    return number;
  }
}
