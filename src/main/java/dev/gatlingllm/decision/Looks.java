package dev.gatlingllm.decision;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.record.Extension;
import dev.gatlingllm.record.Extension.Finding;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.ShareCount;
import dev.gatlingllm.stats.ShareLimits;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Limits that are decided in looks at a load which goes on until they are. The first look is at the
 * calls of the planned load, each further one at the first calls of the run, half as many again. A
 * look decides by the one-sided limits of {@link LimitDecision}, and all looks share the 5 % by
 * which a single decision may be wrong ({@link SharedRisk}): 2.5 % for the first, 0.83 % for the
 * second. What a look has decided stays decided.
 *
 * <p>How many calls a look takes depends on the planned load alone and on no latency: a look that
 * waited for a good moment would find one. A look therefore waits for the end of its calls, those
 * that take long included, or it counts the calls without an end against every decision. A limit
 * that its number decides, such as a maximum, is left to the end of the run. Confined to one thread
 * at a time.
 */
public final class Looks {

  private static final double GROWTH = 1.5;
  private static final long MOST_CALLS = 1_000_000_000;
  private static final SharedRisk RISK = new SharedRisk(Interval.RISK_OF_ONE_SIDE, 2);

  private final List<Limit> limits;
  private final Map<Limit, Double> callsPerIndependent = new HashMap<>();
  private List<Limit> open;
  private boolean looked;
  private Extension made = Extension.NONE;
  private Optional<String> noGround = Optional.empty();

  /** No look has been made. */
  public Looks(List<Limit> limits) {
    this.limits = List.copyOf(limits);
    this.open = this.limits;
  }

  /** How many calls the look takes that follows one at so many. */
  public static long callsAfter(long calls) {
    return (long) Math.ceil(GROWTH * calls);
  }

  /**
   * Looks at calls that have all ended.
   *
   * @param calls the first ones of the run
   * @param of how many these are
   */
  public void look(StatisticsCollector calls, long of, Ground ground) {
    List<Finding> found = findings(calls, of, 0);
    noGround =
        open.stream().flatMap(limit -> noGround(limit, calls, found, ground).stream()).findFirst();
    add(new Extension.Look(of, 0, riskPercent(), found));
  }

  /**
   * Looks at calls of which some have no end yet. A look that does not decide every limit, whatever
   * becomes of those, was none.
   *
   * @param withoutEnd how many have none
   * @return whether every limit is decided now
   */
  public boolean lookEarly(StatisticsCollector calls, long of, long withoutEnd, Ground ground) {
    List<Finding> found = findings(calls, of, withoutEnd);
    boolean decides =
        open.stream().allMatch(limit -> noGround(limit, calls, found, ground).isEmpty())
            && found.stream().noneMatch(Looks::isOpen);
    if (decides) {
      add(new Extension.Look(of, withoutEnd, riskPercent(), found));
    }
    return decides;
  }

  private void add(Extension.Look look) {
    List<Extension.Look> looks = new ArrayList<>(made.looks());
    looks.add(look);
    made = new Extension(looks, Optional.empty());
    look.limits()
        .forEach(found -> callsPerIndependent.put(found.limit(), found.calls() / found.worth()));
    open = look.limits().stream().filter(Looks::isOpen).map(Finding::limit).toList();
    looked = true;
  }

  /** The looks so far. */
  public Extension made() {
    return made;
  }

  /** Whether more calls would decide nothing: every limit is decided, or left to its number. */
  public boolean isDecided() {
    return limits.isEmpty() || (looked && open.isEmpty());
  }

  /** Why the last look was at no ground for a decision, in words; empty if it was. */
  public Optional<String> noGround() {
    return noGround;
  }

  /** What is undecided after the last look, and how much would tell, in words. */
  public String open() {
    Finding most =
        made.looks().get(made.looks().size() - 1).limits().stream()
            .filter(Looks::isOpen)
            .max(Comparator.comparingLong(found -> found.wouldTell().orElse(Long.MAX_VALUE)))
            .orElseThrow();
    long others = open.size() - 1L;
    return LimitJudge.title(most.limit(), limits)
        + (others == 0 ? " is" : " and " + others + " more are")
        + " undecided after "
        + calls(most)
        + "; "
        + (most.wouldTell().isPresent()
            ? "about " + Figures.count(most.wouldTell().getAsLong() - most.calls()) + " more"
            : "no number of calls like these would tell");
  }

  private static String calls(Finding found) {
    String all = Figures.count(found.calls()) + (found.calls() == 1 ? " call" : " calls");
    return Worth.isLess(found.calls(), found.worth())
        ? all + " (worth " + Figures.count(Math.round(found.worth())) + ")"
        : all;
  }

  private static boolean isOpen(Finding finding) {
    return finding.outcome().equals(Outcome.UNDECIDED.code());
  }

  /** The risk of the next look. */
  private double risk() {
    return RISK.ofLook(made.looks().size() + 1);
  }

  private double riskPercent() {
    return Math.rint(risk() * 1e6) / 1e4;
  }

  private List<Finding> findings(StatisticsCollector calls, long all, long withoutEnd) {
    List<Finding> found = new ArrayList<>();
    for (Limit limit : open) {
      LimitFinding of = LimitJudge.finding(limit, calls);
      if (of.claimed().isPresent()) {
        found.add(finding(limit, of.evidence(), of.claimed().getAsDouble(), all, withoutEnd));
      }
    }
    return found;
  }

  /** A look at what is known of one limit, without its calls. */
  void lookAt(Limit limit, Evidence evidence, double claimed, long of) {
    add(
        new Extension.Look(
            of, 0, riskPercent(), List.of(finding(limit, evidence, claimed, of, 0))));
  }

  private Finding finding(
      Limit limit, Evidence evidence, double claimed, long all, long withoutEnd) {
    ShareCount seen = evidence.kept();
    double each = Math.max(seen.of() / seen.worth(), callsPerIndependent.getOrDefault(limit, 0.0));
    ShareCount kept = new ShareCount(seen.count(), seen.of(), seen.of() / each);
    Outcome outcome = outcome(kept, withoutEnd, claimed, risk());
    return new Finding(
        limit,
        outcome.code(),
        kept.of(),
        kept.worth(),
        OptionalDouble.of(100 * kept.share()),
        outcome == Outcome.UNDECIDED ? wouldTell(kept, claimed, all) : OptionalLong.empty());
  }

  /** The calls of the first look that would decide a claim, if they went on like these. */
  private OptionalLong wouldTell(ShareCount kept, double claimed, long all) {
    long calls = all;
    for (int look = made.looks().size() + 2; calls < MOST_CALLS; look++) {
      calls = callsAfter(calls);
      long counted = calls * kept.of() / all;
      OptionalLong needed = LimitDecision.wouldTell(kept, claimed, RISK.ofLook(look));
      if (needed.isEmpty() || needed.getAsLong() <= counted) {
        return needed.isEmpty() ? needed : OptionalLong.of(counted);
      }
    }
    return OptionalLong.empty();
  }

  /** What a first look would find of a limit that is a claim about a share of calls. */
  static Finding first(Limit limit, LimitFinding found) {
    Evidence evidence = found.evidence();
    return new Looks(List.of(limit))
        .finding(limit, evidence, found.claimed().orElseThrow(), evidence.calls(), 0);
  }

  /** Calls without an end keep the limit or do not, whichever decides nothing. */
  private static Outcome outcome(ShareCount kept, long withoutEnd, double claimed, double risk) {
    double all = kept.of() + withoutEnd;
    double worth = kept.worth() * all / kept.of();
    if (ShareLimits.low(kept.count() / all, worth, risk) > claimed) {
      return Outcome.MET;
    }
    return ShareLimits.high((kept.count() + withoutEnd) / all, worth, risk) < claimed
        ? Outcome.MISSED
        : Outcome.UNDECIDED;
  }

  /** Too few calls for a percentile are what more of them mend. */
  private static Optional<String> noGround(
      Limit limit, StatisticsCollector calls, List<Finding> found, Ground ground) {
    Optional<Finding> ofShare =
        found.stream().filter(finding -> finding.limit().equals(limit)).findFirst();
    LimitFinding finding = LimitJudge.finding(limit, calls);
    boolean missed =
        ofShare
            .map(one -> one.outcome().equals(Outcome.MISSED.code()))
            .orElse(finding.evidence().outcome() == Outcome.MISSED);
    return LimitJudge.noGround(ground, limit, missed)
        .or(() -> ofShare.isPresent() ? Optional.empty() : finding.noGround())
        .map(WhyUndecided.Because::text);
  }
}
