package dev.gatlingllm.report;

import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.Throughput;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.PlainText;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code summary.txt}: the report for a terminal, in at most 110 columns. Its own characters are
 * all ASCII, since a console's encoding is anybody's guess.
 */
public final class ConsoleTable implements TextFormat<RunReport> {

  private static final int WIDTH = 110;
  private static final int NAME_WIDTH = 25;
  private static final int MOST_ERRORS = 20;
  private static final int MOST_IN_HEADLINE = 3;
  private static final String DASH = "-";
  private static final String INDENT = "      ";
  private static final String DETAIL = "          ";

  @Override
  public String fileName() {
    return "summary.txt";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    out.write(title(report) + conclusion(report.conclusion()) + "\n" + body(report));
  }

  /** The report without its conclusion, which a console shows last. */
  static String withoutConclusion(RunReport report) {
    return title(report) + body(report);
  }

  /** The conclusion for a terminal, a line or more for each of its parts. */
  public static String conclusion(Conclusion conclusion) {
    StringBuilder text = new StringBuilder();
    conclusion.sentences().forEach(part -> wrapped(ascii(part), "  ", text));
    return text.toString();
  }

  /** Some words, wrapped; what is not ASCII is written in it. */
  static String lines(String words) {
    StringBuilder text = new StringBuilder();
    wrapped(ascii(PlainText.line(words)), text);
    return text.toString();
  }

  /** Title, headline numbers and the first errors: what a console shows of a run that has ended. */
  static String headline(RunReport report) {
    StringBuilder text = new StringBuilder(title(report));
    report.capacity().ifPresent(found -> probes(found, text));
    numbers(report, text);
    List<FailureView> errors = FailureView.of(report);
    errors(errors.subList(0, Math.min(errors.size(), MOST_IN_HEADLINE)), text);
    if (errors.size() > MOST_IN_HEADLINE) {
      text.append(Figures.fill("        and %d more kinds\n", errors.size() - MOST_IN_HEADLINE));
    }
    return text.toString();
  }

  private static String title(RunReport report) {
    return cutAtEnd("Token report: " + report.simulation()) + "\n";
  }

  private static String body(RunReport report) {
    StringBuilder text = new StringBuilder();
    if (report.completeness() != Completeness.COMPLETE) {
      text.append("! ").append(report.completeness().text()).append('\n');
    }
    verdict(report.client().verdict(), text);
    report.capacity().ifPresent(found -> probes(found, text));
    table(report, text);
    UserTable.of(report).ifPresent(table -> keyTable(table, text));
    CancelledTable.of(report).ifPresent(table -> keyTable(table, text));
    report.cost().ifPresent(cost -> wrapped("cost: " + PlainText.line(CostText.line(cost)), text));
    String connections = RunHeader.of(report).getOrDefault(RunHeader.CONNECTIONS, "");
    if (!connections.isEmpty()) {
      wrapped("connections: " + connections, text);
    }
    CallCostTables.of(report).forEach(table -> keyTable(table, text));
    CacheTable.of(report).ifPresent(table -> keyTable(table, text));
    SizesTable.of(report).ifPresent(table -> keyTable(table, text));
    SessionTable.of(report).ifPresent(table -> keyTable(table, text));
    errors(FailureView.of(report), text);
    assertions(report.assertions(), text);
    measurementErrors(report, text);
    report
        .client()
        .verdict()
        .remarks()
        .forEach(remark -> wrapped("note: " + PlainText.line(remark), text));
    report.notes().forEach(note -> wrapped("note: " + PlainText.line(note), text));
    return text.toString();
  }

  private static void verdict(Verdict verdict, StringBuilder text) {
    text.append("Verdict: ").append(verdict.level().code()).append('\n');
    verdict.reasons().forEach(reason -> wrapped("    ! " + PlainText.line(reason), text));
  }

  private static void probes(CapacityResult found, StringBuilder text) {
    text.append('\n');
    found
        .probes()
        .forEach(
            probe ->
                wrapped(ascii(PlainText.line(CapacityText.line(probe, found.clients()))), text));
  }

  private static void table(RunReport report, StringBuilder text) {
    Set<String> absences = numbers(report, text);
    text.append(
        """
        latencies of succeeded calls from the actual start; tok/s = decode rate of one call;
        rpm, tok/min: of succeeded calls over the time of load, not waiting for the last answers
        """);
    for (String absence : absences) {
      text.append("- = ").append(absence).append('\n');
    }
  }

  /** Returns why numbers are absent. */
  private static Set<String> numbers(RunReport report, StringBuilder text) {
    Set<String> absences = new TreeSet<>();
    text.append('\n');
    line(text, "", "", "", "", "TTFT", "TTFT", "e2e", "e2e", "tok/s", "tok/s", "out");
    line(
        text, "", "calls", "failed", "rpm", "p50 ms", "p95 ms", "p50 ms", "p95 ms", "p50", "p10",
        "tok/min");
    text.append(DASH.repeat(WIDTH)).append('\n');
    for (CallStatistics statistics : HeadlineRows.of(report)) {
      row(statistics, text, absences);
    }
    text.append(DASH.repeat(WIDTH)).append('\n');
    return absences;
  }

  private static void row(CallStatistics statistics, StringBuilder text, Set<String> absences) {
    line(
        text,
        nameOf(statistics.key().path(), text),
        Long.toString(statistics.counts().started()),
        Long.toString(statistics.counts().failed()),
        rate(statistics, statistics.throughput().requestsPerMinute(), absences),
        cell(statistics, Measure.TTFT, Quantile.P50, absences),
        cell(statistics, Measure.TTFT, Quantile.P95, absences),
        cell(statistics, Measure.E2E, Quantile.P50, absences),
        cell(statistics, Measure.E2E, Quantile.P95, absences),
        cell(statistics, Measure.TOKENS_PER_SECOND, Quantile.P50, absences),
        cell(statistics, Measure.TOKENS_PER_SECOND, Quantile.P10, absences),
        rate(statistics, statistics.throughput().outputTokensPerMinute(), absences));
  }

  private static String cell(
      CallStatistics statistics, Measure measure, Quantile quantile, Set<String> absences) {
    Distribution distribution = statistics.of(measure);
    OptionalDouble value = distribution.at(quantile);
    if (value.isPresent()) {
      return ungrouped(value.getAsDouble());
    }
    absences.add(
        distribution.n() == 0
            ? unmeasured(statistics, measure)
            : "n too small: " + quantile.label() + " needs " + quantile.needed() + " calls");
    return DASH;
  }

  private static String unmeasured(CallStatistics statistics, Measure measure) {
    return measure == Measure.TOKENS_PER_SECOND && statistics.dataQuality().streams().buffered() > 0
        ? "not measurable: the streams were buffered on their way"
        : "not measured";
  }

  private static String rate(
      CallStatistics statistics, OptionalDouble value, Set<String> absences) {
    if (value.isPresent()) {
      return ungrouped(value.getAsDouble());
    }
    boolean none = statistics.counts().succeeded() == 0;
    boolean load = statistics.throughput().loadSeconds().isPresent();
    absences.add(
        load && !none
            ? "no rate: " + Throughput.TURNS
            : none ? "not measured" : "no rate: " + Throughput.NO_LOAD_TIME);
    return DASH;
  }

  private static String ungrouped(double value) {
    return Figures.number(value).replace(",", "");
  }

  private static void keyTable(Table table, StringBuilder text) {
    text.append('\n').append(cutAtEnd(table.title())).append('\n');
    keyLine(text, "", table.heads());
    for (List<String> row : table.texts()) {
      keyLine(text, nameOf(row.get(0), text), row);
    }
    wrapped(ascii(PlainText.line(table.hint())), text);
  }

  private static void keyLine(StringBuilder text, String name, List<String> row) {
    text.append(Figures.fill("%-25s", name));
    row.stream()
        .skip(1)
        .forEach(cell -> text.append(Figures.fill(" %12s", ascii(PlainText.line(cell)))));
    text.append('\n');
  }

  /** The name as it begins a row; nothing if it is too long and was put on a line before. */
  private static String nameOf(String path, StringBuilder text) {
    String name = PlainText.line(path);
    if (name.length() <= NAME_WIDTH) {
      return name;
    }
    text.append(cutAtEnd(name)).append('\n');
    return "";
  }

  private static String ascii(String text) {
    return text.replace(Figures.DASH, DASH)
        .replace('−', '-')
        .replace('×', 'x')
        .replace('÷', '/')
        .replace("…", "...")
        .replace('“', '"')
        .replace('”', '"');
  }

  private static void errors(List<FailureView> errors, StringBuilder text) {
    for (FailureView error : errors.subList(0, Math.min(errors.size(), MOST_ERRORS))) {
      text.append(cutAtEnd(Figures.fill("%7d x %s", error.error().count(), error.error().text())))
          .append('\n');
      detail("at", error.time(), text);
      boolean own = error.error().outcome() == Outcome.CRASHED || error.error().status().isEmpty();
      detail(own ? "detail:" : "service:", error.words(), text);
      detail("advice:", error.advice(), text);
    }
    if (errors.size() > MOST_ERRORS) {
      text.append(
          Figures.fill("        and %d more kinds of error\n", errors.size() - MOST_ERRORS));
    }
  }

  private static void detail(String name, String words, StringBuilder text) {
    if (!words.isEmpty()) {
      wrapped(DETAIL + name + " " + ascii(PlainText.line(words)), DETAIL + "  ", text);
    }
  }

  private static void assertions(List<AssertionResult> results, StringBuilder text) {
    for (AssertionResult result : results) {
      String verdict = (result.passed() ? "passed  " : "FAILED  ") + PlainText.line(result.text());
      String actual = "actual: " + PlainText.line(result.actual());
      boolean together = verdict.length() + actual.length() + 2 <= WIDTH;
      text.append(together ? verdict + "  " + actual : cutAtEnd(verdict)).append('\n');
      if (!together) {
        wrapped("        " + actual, DETAIL, text);
      }
    }
  }

  private static void measurementErrors(RunReport report, StringBuilder text) {
    for (MeasurementErrorTable table : MeasurementErrorTable.of(report)) {
      text.append('\n');
      wrapped("measurement error at most, " + PlainText.line(table.load()), text);
      Table errors = table.under("ms");
      errorLine(text, errors.heads());
      errors.texts().forEach(row -> errorLine(text, row));
    }
  }

  private static void errorLine(StringBuilder text, List<String> row) {
    Object[] cells = row.stream().map(cell -> cell.replace(Figures.DASH, DASH)).toArray();
    text.append(Figures.fill("  %-23s %9s %9s %9s %9s\n", cells));
  }

  private static void line(StringBuilder text, Object... cells) {
    text.append(Figures.fill("%-25s %7s %7s %7s %8s %8s %8s %8s %7s %7s %8s", cells)).append('\n');
  }

  private static String cutAtEnd(String text) {
    String line = PlainText.line(text);
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 2) + "..";
  }

  private static void wrapped(String note, StringBuilder text) {
    wrapped(note, INDENT, text);
  }

  private static void wrapped(String note, String indent, StringBuilder text) {
    String rest = note;
    while (rest.length() > WIDTH) {
      int space = rest.lastIndexOf(' ', WIDTH);
      int end = space > indent.length() ? space : WIDTH;
      text.append(rest, 0, end).append('\n');
      rest = indent + rest.substring(end).strip();
    }
    text.append(rest).append('\n');
  }
}
