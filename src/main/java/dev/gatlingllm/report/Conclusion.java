package dev.gatlingllm.report;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.report.LimitedBy.Kind;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.PlainText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run found, in words: each part is whole sentences, and empty where there is nothing to
 * say. The same in every format, and made from the run folder alone.
 *
 * @param compared which target of an A/B run is slower
 * @param missing what is not known, or not there, of the records
 * @param load what was planned and what was sent
 * @param limits which limits held
 * @param limitedBy the first thing that limited the run
 * @param server what the service's own metrics say of it
 * @param sure how many independent calls that rests on, and how many would tell more
 * @param baseline whether it is worse than before
 * @param cost what it cost
 * @param next what to do
 */
public record Conclusion(
    String compared,
    String missing,
    String load,
    String limits,
    LimitedBy limitedBy,
    String server,
    String sure,
    String baseline,
    String cost,
    String next) {

  /** The text of an assertion on a load in shares. */
  public static final String ALL_SHARES = "every share of the load has ended";

  static Conclusion of(RunReport report) {
    if (report.capacity().isPresent()) {
      return ofSearch(report, report.capacity().get());
    }
    LimitedBy limitedBy = LimitSearch.in(report);
    return new Conclusion(
        AbSentence.of(report.ab()),
        missing(report),
        LoadSentence.of(report) + spilled(report),
        LimitsSentence.of(report.limits()),
        limitedBy,
        ServerSentence.of(report),
        SureSentence.of(report),
        BaselineSentence.of(report),
        cost(report),
        limitedBy.next().isEmpty() ? NextStep.of(report) : limitedBy.next());
  }

  /** The limits are those of the search, and no number is of all of its loads together. */
  private static Conclusion ofSearch(RunReport report, CapacityResult capacity) {
    return new Conclusion(
        "",
        missing(report),
        "",
        "",
        new LimitedBy(Kind.CAPACITY, CapacityText.found(capacity), CapacityText.next(capacity)),
        ServerSentence.of(report),
        knee(report) + CapacityText.sure(capacity) + spilled(report),
        "",
        cost(report),
        CapacityText.next(capacity));
  }

  private static String knee(RunReport report) {
    return LoadCurveView.of(report)
        .map(curve -> (curve.kneeInShort() + " ").stripLeading())
        .orElse("");
  }

  private static String missing(RunReport report) {
    Optional<AssertionResult> shares =
        report.assertions().stream()
            .filter(result -> result.text().equals(ALL_SHARES) && !result.passed())
            .findFirst();
    if (shares.isPresent()) {
      return "A part of the load is missing: " + shares.get().actual() + ".";
    }
    List<String> gaps = report.missingShares();
    if (!gaps.isEmpty()) {
      return "A part of the load is missing: " + String.join(", ", gaps) + ".";
    }
    return switch (report.completeness()) {
      case COMPLETE -> "";
      case RUNNING -> "The run goes on: this is of the calls that have ended so far.";
      case UNKNOWN -> "There is no readable run.json, so the plan of the run is unknown.";
      case INTERRUPTED -> "The run was interrupted, so a part of its load is missing.";
      case CRASHED -> "The run crashed, so a part of its load may be missing.";
      case KILLED ->
          "The run was killed: "
              + report
                  .planned()
                  .cut()
                  .map(CutShort::words)
                  .orElse("calls are missing and its plan is unknown")
              + ".";
    };
  }

  private static String spilled(RunReport report) {
    long calls = report.statistics().spillover().calls();
    return calls == 0
        ? ""
        : " Another deployment answered "
            + Figures.count(calls)
            + " of them, and no other number counts those.";
  }

  private static String cost(RunReport report) {
    return report
        .cost()
        .map(
            cost ->
                "It cost "
                    + Figures.amount(cost.total())
                    + " "
                    + cost.currency()
                    + (cost.withoutPrice() > 0 ? ", without calls that have no price." : "."))
        .orElse("What it cost is unknown: no prices are set (llm.cost.prices).");
  }

  /** All that is to say, in the order in which it is read; the next step comes last. */
  public List<String> sentences() {
    return Stream.of(
            missing,
            compared,
            limitedBy.text(),
            server,
            load,
            limits,
            sure,
            baseline,
            cost,
            "Next: " + next)
        .filter(part -> !part.isEmpty())
        .map(PlainText::line)
        .toList();
  }

  /** The same for where the limits stand in a list of their own. */
  Conclusion noLimits() {
    return new Conclusion(
        compared, missing, load, "", limitedBy, server, sure, baseline, cost, next);
  }

  /** All that is to say in one paragraph. */
  public String text() {
    return String.join(" ", sentences());
  }
}
