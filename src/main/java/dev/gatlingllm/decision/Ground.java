package dev.gatlingllm.decision;

import dev.gatlingllm.health.Trust;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.stats.CallCounts;
import dev.gatlingllm.text.Figures;
import java.util.Optional;

/**
 * Why a run is no ground for a decision, whatever its numbers are.
 *
 * @param client why its client is not trusted; empty if it is
 * @param load how much of the load was not sent; empty if all of it was, but for 1 %
 * @param users how many calls never started, while an arrival that was dropped counts as a long
 *     wait of its user; empty if all did, but for 1 %
 */
public record Ground(Optional<String> client, Optional<String> load, Optional<String> users) {

  /** A run that is one. */
  public static final Ground FIRM =
      new Ground(Optional.empty(), Optional.empty(), Optional.empty());

  /** Several runs, each of which went on until its limits were decided. */
  public static final Ground TOGETHER =
      none(
          "runs that went on until their limits were decided are decided one by one, and not"
              + " together (llm.gate.undecided = extend)");

  private static final double MOST_NOT_SENT = 0.01;

  /**
   * Looks at a run.
   *
   * @param calls all of them
   * @param notReached calls of a planned load that never started
   */
  public static Ground of(CallCounts calls, long notReached, Verdict verdict) {
    return new Ground(
        verdict.level() == Trust.INVALID
            ? Optional.of("the client is not trusted, its verdict is invalid")
            : Optional.empty(),
        notSent(calls.started(), calls.dropped(), notReached),
        notSent(calls.started() + calls.dropped(), 0, notReached));
  }

  /** The same of a load of which a part is known to be missing, whatever the counts say. */
  public Ground without(String missing) {
    String why = "the load was not sent: " + missing;
    return new Ground(client, Optional.of(why), Optional.of(why));
  }

  /** No ground to stand on, for any reason. */
  static Ground none(String why) {
    return new Ground(Optional.of(why), Optional.of(why), Optional.of(why));
  }

  /** Whether more than 1 % of a load was not sent. */
  public static boolean isShort(long sent, long notSent) {
    return notSent > MOST_NOT_SENT * (sent + notSent);
  }

  private static Optional<String> notSent(long sent, long dropped, long notReached) {
    long asked = sent + dropped + notReached;
    if (!isShort(sent, dropped + notReached)) {
      return Optional.empty();
    }
    String text =
        "the load was not sent: " + Figures.count(sent) + " of " + Figures.count(asked) + " calls";
    String drops = dropped == 0 ? "" : ", " + Figures.count(dropped) + " dropped or held back";
    String waits = notReached == 0 ? "" : ", " + Figures.count(notReached) + " never started";
    return Optional.of(text + drops + waits);
  }
}
