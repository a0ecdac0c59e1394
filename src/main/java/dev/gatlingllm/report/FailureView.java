package dev.gatlingllm.report;

import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.ErrorCount;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.PlainText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One kind of failure as reports show it, all text.
 *
 * @param error what was counted
 * @param firstAt the first time by the clock; absent if the start of the run is unknown
 * @param lastAt the last time by the clock
 * @param said an example of what the service said, at most 300 characters; may be empty
 * @param pause how long the service asked to wait; may be empty
 * @param advice what to do, one line; may be empty
 */
record FailureView(
    ErrorCount error,
    Optional<Instant> firstAt,
    Optional<Instant> lastAt,
    String said,
    String pause,
    String advice) {

  private static final int LONGEST_EXAMPLE = 300;
  private static final int DATE = "2026-01-31 ".length();

  /** Those of all calls, the most frequent first. */
  static List<FailureView> of(RunReport report) {
    return of(report.statistics().overall(), report);
  }

  /** Those of some of the report's calls, the most frequent first. */
  static List<FailureView> of(CallStatistics calls, RunReport report) {
    Map<String, String> settings = report.info().map(RunInfo::configuration).orElse(Map.of());
    FailureAdvice advice = FailureAdvice.of(settings);
    Optional<Instant> start = report.info().map(RunInfo::start);
    return calls.errors().stream()
        .map(
            error ->
                new FailureView(
                    error,
                    start.map(run -> at(error.firstSeconds(), run)),
                    start.map(run -> at(error.lastSeconds(), run)),
                    shortened(PlainText.line(error.example()).strip()),
                    pause(error),
                    advice.on(error)))
        .toList();
  }

  /** The first and the last time, since the start of the run and by the clock. */
  String time() {
    String first = Figures.number(error.firstSeconds());
    String last = Figures.number(error.lastSeconds());
    String seconds = (first.equals(last) ? first : first + " to " + last) + " s";
    return firstAt
        .map(from -> seconds + " (" + clock(from, lastAt.orElse(from)) + ")")
        .orElse(seconds);
  }

  private static String clock(Instant from, Instant to) {
    String first = Figures.instant(from);
    String last = Figures.instant(to);
    if (first.equals(last)) {
      return first;
    }
    boolean sameDay = first.substring(0, DATE).equals(last.substring(0, DATE));
    return first.replace(" UTC", "") + " to " + (sameDay ? last.substring(DATE) : last);
  }

  private static Instant at(double seconds, Instant start) {
    return start.plusNanos(Math.round(seconds * 1e9));
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST_EXAMPLE) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(LONGEST_EXAMPLE - 1))
            ? LONGEST_EXAMPLE - 1
            : LONGEST_EXAMPLE;
    return text.substring(0, end) + "…";
  }

  private static String pause(ErrorCount error) {
    return error.retryAfterMillis().isPresent()
        ? Figures.number(error.retryAfterMillis().getAsLong() / 1e3) + " s"
        : "";
  }

  /** The table of a page and of Markdown. */
  static Table table(List<FailureView> failures) {
    return Columns.of(Kind.NUMBER, "Calls")
        .and(Kind.TEXT, "Outcome", "Error")
        .numbers("Status")
        .and(Kind.TEXT, "First and last", "What the service said (one call)", "What to do")
        .and(Kind.IDS, "First request ids")
        .with(failures.stream().map(FailureView::row).toList());
  }

  private List<Cell> row() {
    return Cell.row(
        Figures.count(error.count()),
        error.outcome().code(),
        error.text(),
        error.status().isPresent() ? Integer.toString(error.status().getAsInt()) : Figures.DASH,
        time(),
        orDash(words()),
        orDash(advice),
        String.join(", ", error.requestIds()));
  }

  /** What the service said, and how long it asked to wait. */
  String words() {
    List<String> words = new ArrayList<>();
    if (!said.isEmpty()) {
      words.add(said);
    }
    if (!pause.isEmpty()) {
      words.add("(asked to wait " + pause + ")");
    }
    return String.join(" ", words);
  }

  private static String orDash(String text) {
    return text.isEmpty() ? Figures.DASH : text;
  }
}
