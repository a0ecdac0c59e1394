package dev.gatlingllm.decision;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.record.Extension;
import dev.gatlingllm.record.Extension.Finding;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one rule by which limits are decided: a limit is met or missed if the calls show it, and
 * undecided otherwise. One without ground to stand on fails; one that too few calls decide does
 * what {@code llm.gate.undecided} says. Confined to the thread of the calls.
 */
public final class LimitJudge {

  private final StatisticsCollector calls;
  private final Ground ground;
  private final Undecided rule;
  private final Extension looks;

  /** Judges by these calls. */
  public LimitJudge(StatisticsCollector calls, Ground ground, Undecided rule) {
    this(calls, ground, rule, Extension.NONE);
  }

  /**
   * Judges by these calls.
   *
   * @param looks those that were made while the run went on: what they decided stays decided
   */
  public LimitJudge(StatisticsCollector calls, Ground ground, Undecided rule, Extension looks) {
    this.calls = calls;
    this.ground = ground;
    this.rule = rule;
    this.looks = looks;
  }

  /** The decision on each limit, in their order. */
  public List<LimitResult> judge(List<Limit> limits) {
    return limits.stream().map(limit -> judge(limit, title(limit, limits))).toList();
  }

  /** The name of a limit, and its row where the name alone is not enough. */
  static String title(Limit limit, List<Limit> all) {
    boolean alone =
        all.stream()
            .filter(other -> other.name().equals(limit.name()))
            .allMatch(other -> other.path().equals(limit.path()));
    return alone || limit.path().isEmpty() ? limit.name() : limit.name() + " (" + limit.row() + ")";
  }

  private LimitResult judge(Limit limit, String title) {
    LimitFinding found = finding(limit, calls);
    if (rule == Undecided.EXTEND && found.claimed().isPresent()) {
      return ofLooks(limit, title, found);
    }
    Evidence evidence = found.evidence();
    Optional<WhyUndecided.Because> noGround =
        found.actual().isEmpty()
            ? found.noGround()
            : noGround(ground, limit, evidence.outcome() == Outcome.MISSED).or(found::noGround);
    Outcome outcome = noGround.isPresent() ? Outcome.UNDECIDED : evidence.outcome();
    return new LimitResult(
        limit,
        title,
        outcome,
        noGround.isEmpty() && passes(limit, found),
        found.actual(),
        found.open(),
        unit(limit),
        evidence.calls(),
        evidence.worth(),
        noGround.map(because -> "undecided: " + because.text()).orElseGet(() -> reason(found)),
        noGround
            .map(WhyUndecided.Because::why)
            .or(() -> notShown(evidence.outcome(), evidence.wouldTell())),
        noGround.isPresent() ? OptionalLong.empty() : evidence.wouldTell());
  }

  private static Optional<WhyUndecided> notShown(Outcome outcome, OptionalLong wouldTell) {
    return outcome != Outcome.UNDECIDED
        ? Optional.empty()
        : Optional.of(wouldTell.isPresent() ? WhyUndecided.NOT_SHOWN : WhyUndecided.NEVER_SHOWN);
  }

  /** Without a look, since the run was cut before it, by what the first one would have found. */
  private LimitResult ofLooks(Limit limit, String title, LimitFinding found) {
    Finding last = looks.last(limit).orElseGet(() -> Looks.first(limit, found));
    Outcome outcome = Outcome.of(last.outcome());
    boolean neverLooked = looks.lastLook(limit) == 0;
    Optional<WhyUndecided.Because> noGround =
        noGround(ground, limit, outcome == Outcome.MISSED)
            .or(
                () ->
                    neverLooked && outcome == Outcome.UNDECIDED
                        ? found.noGround()
                        : Optional.empty());
    return new LimitResult(
        limit,
        title,
        noGround.isPresent() ? Outcome.UNDECIDED : outcome,
        noGround.isEmpty() && outcome == Outcome.MET,
        found.actual(),
        found.open(),
        unit(limit),
        last.calls(),
        last.worth(),
        noGround.map(because -> "undecided: " + because.text()).orElseGet(() -> reason(last)),
        noGround.map(WhyUndecided.Because::why).or(() -> notShown(outcome, last.wouldTell())),
        noGround.isPresent() ? OptionalLong.empty() : last.wouldTell());
  }

  private String reason(Finding last) {
    String found =
        last.outcome() + at(last.limit()) + ": " + Worth.text(last.calls(), last.worth());
    return Outcome.of(last.outcome()) == Outcome.UNDECIDED
        ? found + "; " + more(last.wouldTell())
        : found;
  }

  private String at(Limit limit) {
    int last = looks.lastLook(limit);
    int all = looks.looks().size();
    return last == 0 || all == 1 ? "" : " at look " + last + " of " + all;
  }

  private static String more(OptionalLong wouldTell) {
    return wouldTell.isPresent()
        ? Figures.count(wouldTell.getAsLong()) + " would tell"
        : "no number of calls like these would tell";
  }

  /** A load that was not sent would have been no faster; a client that is not trusted may have. */
  static Optional<WhyUndecided.Because> noGround(Ground ground, Limit limit, boolean missed) {
    boolean ofUsers =
        LimitFinding.measure(limit)
            .filter(m -> m == Measure.TTFT_FROM_ARRIVAL || m == Measure.E2E_FROM_ARRIVAL)
            .isPresent();
    Optional<String> load = ofUsers ? ground.users() : ground.load();
    WhyUndecided untrusted =
        ground.equals(Ground.TOGETHER)
            ? WhyUndecided.DECIDED_ALONE
            : WhyUndecided.CLIENT_NOT_TRUSTED;
    return because(untrusted, ground.client())
        .or(() -> missed ? Optional.empty() : because(WhyUndecided.LOAD_NOT_SENT, load));
  }

  private static Optional<WhyUndecided.Because> because(WhyUndecided why, Optional<String> text) {
    return text.map(known -> new WhyUndecided.Because(why, known));
  }

  private boolean passes(Limit limit, LimitFinding found) {
    return switch (found.evidence().outcome()) {
      case MET -> true;
      case MISSED -> false;
      case UNDECIDED ->
          switch (rule) {
            case PASS -> true;
            case FAIL, EXTEND -> false;
            case POINT ->
                !found.open()
                    && found.actual().isPresent()
                    && limit.bound().holds(found.actual().getAsDouble(), limit.value());
          };
    };
  }

  private static String reason(LimitFinding found) {
    Evidence evidence = found.evidence();
    String rest = Worth.text(evidence.calls(), evidence.worth());
    if (evidence.outcome() != Outcome.UNDECIDED) {
      return evidence.outcome().code() + (found.byValue() ? " by value: " : ": ") + rest;
    }
    return "not shown: " + rest + "; " + more(evidence.wouldTell());
  }

  private static String unit(Limit limit) {
    return switch (limit.statistic()) {
      case "count" -> "";
      case "percent" -> "%";
      default -> LimitFinding.measure(limit).map(Measure::unit).orElse("");
    };
  }

  /** What the calls of a limit say of it. */
  static LimitFinding finding(Limit limit, StatisticsCollector calls) {
    return LimitFinding.of(limit, calls.select(key -> isOf(limit, key)));
  }

  /** Whether a limit is one on the calls of a key. */
  public static boolean isOf(Limit limit, CallKey key) {
    if (limit.path().isEmpty()) {
      return !key.spilledOver();
    }
    List<String> path = new ArrayList<>(key.groups());
    path.add(key.spilledOver() ? key.name() + Limit.SPILLED_OVER : key.name());
    return path.equals(limit.path());
  }
}
