package dev.gatlingllm.report;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.decision.Growth;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.health.Trust;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.Exhausted;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.report.LimitedBy.Kind;
import dev.gatlingllm.stats.CallCounts;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.ErrorCount;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for the first thing that limited a run, in the order of {@link Kind}: what comes first can
 * cause what comes later. Calls that fail hold a place among {@code llm.load.clients}, so failures
 * are looked at before a load that was not sent.
 */
final class LimitSearch {

  /** Fewer failures are noise beside what else there is to say. */
  private static final double SHARE_THAT_LIMITS = 1;

  /** What a service answers to a call that it would answer so at any time. */
  private static final Set<Integer> REFUSED = Set.of(400, 401, 403, 404, 405, 422);

  private static final Pattern STOPPED =
      Pattern.compile("\\((llm\\.(?:stop|spend|slo\\.abort)\\b[^()]*)\\)$");

  private final RunReport report;
  private final CallStatistics calls;
  private final CallCounts counts;
  private final Verdict verdict;
  private final RunSettings settings;

  private LimitSearch(RunReport report) {
    this.report = report;
    this.calls = report.statistics().overall();
    this.counts = calls.counts();
    this.verdict = report.client().verdict();
    this.settings = RunSettings.of(report);
  }

  static LimitedBy in(RunReport report) {
    List<Function<LimitSearch, Optional<LimitedBy>>> order =
        List.of(
            LimitSearch::noCalls,
            LimitSearch::noSuccess,
            LimitSearch::refused,
            LimitSearch::client,
            LimitSearch::stopped,
            LimitSearch::throttling,
            LimitSearch::failures,
            LimitSearch::load,
            LimitSearch::latency,
            LimitSearch::queue,
            LimitSearch::degraded);
    LimitSearch search = new LimitSearch(report);
    return order.stream()
        .flatMap(rule -> rule.apply(search).stream())
        .findFirst()
        .orElseGet(search::nothing);
  }

  private LimitedBy nothing() {
    return new LimitedBy(
        Kind.NOTHING,
        report.completeness() == Completeness.COMPLETE
            ? "The service kept up with this load."
            : "The calls on record show nothing that limited them.",
        report.completeness() == Completeness.KILLED ? "Run it again, to its end." : "");
  }

  private Optional<LimitedBy> noCalls() {
    if (counts.ended() > 0) {
      return Optional.empty();
    }
    if (report.completeness() == Completeness.RUNNING) {
      return found(Kind.NO_CALLS, "No call has ended yet.", "");
    }
    String text =
        counts.started() == 0 ? "No call was sent." : "No call came to an end before the run did.";
    return found(
        Kind.NO_CALLS,
        text,
        counts.started() == 0
            ? "See the log for what kept the simulation from its first call."
            : "Give the run more time (-Dllm.load.duration), or calls less (-Dllm.timeout.total).");
  }

  private Optional<LimitedBy> noSuccess() {
    List<FailureView> failures = FailureView.of(report);
    if (counts.succeeded() > 0 || failures.isEmpty()) {
      return Optional.empty();
    }
    FailureView first = failures.get(0);
    if (first.error().text().startsWith(Exhausted.ERROR)) {
      return Optional.empty();
    }
    long same = first.error().count();
    String who =
        same == counts.failed()
            ? (same == 1 ? "the only one" : "all " + Figures.count(same))
            : Figures.count(same) + " of " + Figures.count(counts.failed());
    return found(
        Kind.NO_SUCCESS,
        "No call succeeded: " + who + " ended with " + first.error().text() + "." + said(first),
        advice(first));
  }

  /** A wrong key, model or address: no client would have had an answer. */
  private Optional<LimitedBy> refused() {
    return FailureView.of(report).stream().findFirst().map(FailureView::error).stream()
        .filter(LimitSearch::isRefused)
        .flatMap(first -> failures().stream())
        .findFirst();
  }

  private static boolean isRefused(ErrorCount first) {
    return first.outcome() == dev.gatlingllm.record.Outcome.REJECTED
        && REFUSED.contains(first.status().orElse(0));
  }

  private Optional<LimitedBy> client() {
    if (verdict.level() != Trust.INVALID) {
      return Optional.empty();
    }
    return found(
        Kind.CLIENT,
        "The client was the limit, so the numbers are not the service's. "
            + verdict.reasons().get(0),
        "Move the client to a machine with more to spare, or send less from it, and run again.");
  }

  private Optional<LimitedBy> stopped() {
    Optional<AssertionResult> rule =
        report.assertions().stream()
            .filter(result -> !result.passed())
            .filter(result -> stoppedBy(result).isPresent())
            .findFirst();
    if (rule.isPresent()) {
      return found(
          Kind.STOPPED,
          "The run was stopped by "
              + stoppedBy(rule.get()).orElseThrow()
              + ": "
              + rule.get().actual()
              + ".",
          failures()
              .or(this::latency)
              .map(LimitedBy::next)
              .orElse("Raise that setting if the run is to go on."));
    }
    return report.completeness() == Completeness.INTERRUPTED
        ? found(Kind.STOPPED, "A signal stopped the run before its load was done.", "Run it again.")
        : Optional.empty();
  }

  /** A run of an earlier version names the setting at the end of the text alone. */
  private static Optional<String> stoppedBy(AssertionResult result) {
    return result
        .stoppedBy()
        .or(
            () ->
                Optional.of(STOPPED.matcher(result.text()))
                    .filter(Matcher::find)
                    .map(setting -> setting.group(1)));
  }

  private Optional<LimitedBy> throttling() {
    if (orZero(counts.throttledPercent()) < SHARE_THAT_LIMITS) {
      return Optional.empty();
    }
    Optional<FailureView> words =
        FailureView.of(report).stream().filter(LimitSearch::isThrottled).findFirst();
    OptionalDouble rpm = calls.throughput().requestsPerMinute();
    String lower =
        rpm.isPresent() && settings.number("llm.load.rpm").isPresent()
            ? "lower -Dllm.load.rpm to " + Figures.plain(twoDigits(rpm.getAsDouble()))
            : "send less";
    return found(
        Kind.THROTTLING,
        "The service throttled "
            + share(counts.throttled())
            + "."
            + words.map(view -> said(view) + pause(view)).orElse(""),
        "Ask for more quota, or " + lower + "; llm.retry.mode lets calls wait and try again.");
  }

  private Optional<LimitedBy> failures() {
    boolean tooMany =
        report.limits().stream().anyMatch(l -> !l.passed() && l.limit().of().equals(Limit.FAILED));
    if (counts.failed() == 0 || (orZero(counts.errorPercent()) < SHARE_THAT_LIMITS && !tooMany)) {
      return Optional.empty();
    }
    FailureView first = FailureView.of(report).get(0);
    long same = first.error().count();
    String most =
        same == counts.failed() ? ", with " : ", " + Figures.count(same) + " of them with ";
    return found(
        Kind.FAILURES,
        "Calls failed: " + share(counts.failed()) + most + first.error().text() + "." + said(first),
        advice(first));
  }

  private Optional<LimitedBy> load() {
    if (!LoadSentence.isShort(report) || report.completeness() == Completeness.KILLED) {
      return Optional.empty();
    }
    OptionalDouble cap = settings.number("llm.load.clients");
    OptionalDouble rpm = settings.number("llm.load.rpm");
    OptionalDouble seconds = calls.of(Measure.E2E).mean();
    if (report.planned().late() == 0 && cap.isPresent() && rpm.isPresent() && seconds.isPresent()) {
      return Optional.of(ofCap(cap.getAsDouble(), rpm.getAsDouble(), seconds.getAsDouble() / 1e3));
    }
    return found(
        Kind.LOAD,
        "A part of the load was never sent, so the service was not tested at the planned load.",
        report.planned().late() > 0
            ? "Move the client to a machine with more to spare, or send less from it."
            : "Let more calls be in flight (-Dllm.load.clients), or lower the load that is"
                + " planned.");
  }

  /** Little's law: calls in flight = rate × time of a call. */
  private LimitedBy ofCap(double cap, double rpm, double seconds) {
    if (60 * cap / seconds >= rpm) {
      return ofStall(cap, rpm, seconds);
    }
    Optional<Growth> growth = report.steadyState().growth();
    long needed = Math.max((long) Math.ceil(1.2 * rpm / 60 * seconds), (long) cap + 1);
    String text =
        "llm.load.clients held the load back: a call took "
            + Figures.number(seconds)
            + " s on average, so "
            + Figures.count((long) cap)
            + " calls at once make "
            + Figures.number(60 * cap / seconds)
            + " per minute at most.";
    return growth
        .map(
            more ->
                new LimitedBy(
                    Kind.LOAD,
                    text + " The service was the cause: " + more.text() + ".",
                    "Lower -Dllm.load.rpm to what the service kept up with, or give the service"
                        + " more capacity."))
        .orElseGet(
            () ->
                new LimitedBy(
                    Kind.LOAD,
                    text,
                    "Raise -Dllm.load.clients to "
                        + needed
                        + " and run again. If the rate stays and calls get slower, the service is"
                        + " the limit."));
  }

  /** Enough places for calls as they are on average, and yet they were all taken. */
  private LimitedBy ofStall(double cap, double rpm, double seconds) {
    double longest = calls.of(Measure.E2E).max().orElse(1e3 * seconds) / 1e3;
    return new LimitedBy(
        Kind.LOAD,
        "The service stopped for a while, and llm.load.clients held the load back: a call took "
            + Figures.number(seconds)
            + " s on average, for which "
            + Figures.count((long) cap)
            + " calls at once are enough, but up to "
            + Figures.number(longest)
            + " s.",
        "See on the page when calls were slow. To send the load all the same, raise"
            + " -Dllm.load.clients to "
            + Figures.plain(Math.ceil(rpm / 60 * longest))
            + ".");
  }

  private Optional<LimitedBy> latency() {
    Optional<LimitResult> missed =
        report.limits().stream()
            .filter(limit -> !limit.passed() && limit.actual().isPresent())
            .filter(limit -> !limit.limit().of().equals(Limit.FAILED))
            .filter(limit -> limit.outcome() == Outcome.MISSED || isBeyond(limit))
            .findFirst();
    return missed.map(
        limit ->
            new LimitedBy(
                Kind.LATENCY,
                "The service did not keep " + limit.title() + part() + ".",
                report.steadyState().growth().isPresent()
                    ? "Lower the load until the wait no longer grows, or give the service more"
                        + " capacity."
                    : "Run it at a lower load to see whether the load or the service itself is the"
                        + " reason."));
  }

  /** Not shown, but on the wrong side as far as it goes. */
  private static boolean isBeyond(LimitResult limit) {
    return limit.wouldTell().isPresent()
        && !limit.limit().bound().holds(limit.actual().orElseThrow(), limit.limit().value());
  }

  private String part() {
    Optional<Growth> growth = report.steadyState().growth();
    if (growth.isPresent()) {
      return ": " + growth.get().text();
    }
    OptionalDouble ttft = calls.of(Measure.TTFT).mean();
    OptionalDouble e2e = calls.of(Measure.E2E).mean();
    return ttft.isPresent() && e2e.isPresent()
        ? ": "
            + Figures.number(Math.rint(100 * ttft.getAsDouble() / e2e.getAsDouble()))
            + " % of the time of a call is the wait for the first token, and the rest is the answer"
            + " coming"
        : "";
  }

  private Optional<LimitedBy> queue() {
    return report
        .steadyState()
        .growth()
        .map(
            growth ->
                new LimitedBy(
                    Kind.QUEUE,
                    "The service did not keep up with this load: " + growth.text() + ".",
                    ServerSentence.clears(report.serverView())
                        ? ServerSentence.WHERE_ELSE
                        : "Lower the load until the wait no longer grows, or give the service more"
                            + " capacity."))
        .or(this::serverQueue);
  }

  private Optional<LimitedBy> serverQueue() {
    return report.serverView().untilEnd()
        ? found(
            Kind.QUEUE,
            "The service was at its limit: calls waited in its queue until the load ended.",
            "Lower the load until none waits, or give the service more capacity.")
        : Optional.empty();
  }

  private Optional<LimitedBy> degraded() {
    if (verdict.level() != Trust.DEGRADED) {
      return Optional.empty();
    }
    return found(
        Kind.DEGRADED,
        "The service kept up with this load, but the client distorted the numbers. "
            + verdict.reasons().get(0),
        "");
  }

  private String share(long some) {
    return Figures.count(some)
        + " of "
        + Figures.count(counts.ended())
        + " calls ("
        + Figures.number(Math.round(1000.0 * some / counts.ended()) / 10.0)
        + " %)";
  }

  private static String said(FailureView view) {
    return view.said().isEmpty() || view.error().text().contains(view.said())
        ? ""
        : " It said: “" + shortened(view.said()).replaceFirst("[.]$", "") + "”.";
  }

  private static String shortened(String text) {
    return text.length() <= 120 ? text : text.substring(0, text.offsetByCodePoints(0, 60)) + "…";
  }

  private static String pause(FailureView view) {
    return view.pause().isEmpty() ? "" : " It asked to wait " + view.pause() + ".";
  }

  private static String advice(FailureView view) {
    return view.advice().isEmpty() ? "See what the service's own log says." : view.advice();
  }

  private static boolean isThrottled(FailureView view) {
    return view.error().outcome() == dev.gatlingllm.record.Outcome.THROTTLED;
  }

  private static double twoDigits(double value) {
    double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
    return Math.floor(value / unit) * unit;
  }

  private static double orZero(OptionalDouble value) {
    return value.orElse(0);
  }

  private static Optional<LimitedBy> found(Kind kind, String text, String next) {
    return Optional.of(new LimitedBy(kind, text, next));
  }
}
