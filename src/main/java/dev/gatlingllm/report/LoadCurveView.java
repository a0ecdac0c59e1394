package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.decision.Objectives;
import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.record.CapacityResult.Probe;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.GroupStatistics;
import dev.gatlingllm.stats.LoadCurve;
import dev.gatlingllm.stats.LoadCurve.Knee;
import dev.gatlingllm.stats.LoadCurve.Point;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Latency against throughput, a point for each level of a ladder or probe of a capacity search.
 *
 * @param curve the points
 * @param clients whether a load is a number of clients; else it is arrivals per minute
 * @param limits of {@code llm.slo} on what is drawn
 */
record LoadCurveView(LoadCurve curve, boolean clients, List<CurveLimit> limits) {

  /** How the knee is found. */
  static final String METHOD =
      "The knee is the load of greatest power, power being throughput ÷ e2e p50: beyond it latency"
          + " grows by a greater factor than throughput (L. Kleinrock, Power and Deterministic"
          + " Rules of Thumb for Probabilistic Problems in Computer Communications, ICC 1979). It"
          + " counts as seen if power falls by "
          + LoadCurve.FALL_PERCENT
          + " % at a greater load.";

  /**
   * A limit as a horizontal line.
   *
   * @param field of the points that it is on, such as {@code ttftP95Millis}
   * @param label such as {@code p95}
   * @param millis the limit
   */
  record CurveLimit(String field, String label, double millis) {}

  /** Copies the list. */
  LoadCurveView {
    limits = List.copyOf(limits);
  }

  /** The curve of a run; absent unless two different loads have a throughput. */
  static Optional<LoadCurveView> of(RunReport report) {
    boolean clients = report.capacity().map(CapacityResult::clients).orElse(true);
    LoadCurve curve =
        new LoadCurve(
            report
                .capacity()
                .map(LoadCurveView::ofProbes)
                .orElseGet(() -> ofLevels(report.statistics().views().levels())));
    long loads =
        curve.points().stream()
            .filter(point -> point.requestsPerMinute().orElse(0) > 0)
            .mapToDouble(Point::load)
            .distinct()
            .count();
    return loads < 2
        ? Optional.empty()
        : Optional.of(new LoadCurveView(curve, clients, limits(report)));
  }

  private static List<Point> ofProbes(CapacityResult capacity) {
    return capacity.probes().stream()
        .filter(probe -> probe.load() > 0)
        .map(LoadCurveView::point)
        .toList();
  }

  private static Point point(Probe probe) {
    return new Point(
        probe.load(),
        probe.completedPerMinute(),
        CapacityText.ttftP50(probe),
        CapacityText.ttftP95(probe),
        CapacityText.e2eP50(probe),
        CapacityText.e2eP95(probe));
  }

  private static List<Point> ofLevels(List<GroupStatistics> levels) {
    return levels.stream()
        .filter(level -> level.load().orElse(0) > 0)
        .map(level -> point(level, level.load().getAsDouble()))
        .toList();
  }

  private static Point point(GroupStatistics level, double load) {
    boolean noneSucceeded = level.counts().ended() > 0 && level.counts().succeeded() == 0;
    return new Point(
        load,
        noneSucceeded ? OptionalDouble.of(0) : level.throughput().requestsPerMinute(),
        level.of(Measure.TTFT).at(Quantile.P50),
        level.of(Measure.TTFT).at(Quantile.P95),
        level.of(Measure.E2E).at(Quantile.P50),
        level.of(Measure.E2E).at(Quantile.P95));
  }

  private static List<CurveLimit> limits(RunReport report) {
    Map<String, String> settings = report.info().map(RunInfo::configuration).orElse(Map.of());
    List<CurveLimit> limits = new ArrayList<>();
    for (String measure : List.of("ttft", "e2e")) {
      for (Quantile quantile : List.of(Quantile.P50, Quantile.P95)) {
        String label = quantile.label();
        Objectives.duration(settings, "llm.slo." + measure + "." + label)
            .map(Duration::toNanos)
            .ifPresent(
                nanos ->
                    limits.add(
                        new CurveLimit(
                            measure + label.toUpperCase(Locale.ROOT) + "Millis",
                            label,
                            nanos / 1e6)));
      }
    }
    return limits;
  }

  /** Where the knee is, in one or two sentences. */
  public String knee() {
    Knee knee = curve.knee();
    return switch (knee.kind()) {
      case UNKNOWN -> "No knee is known: no two loads have both a throughput and an e2e p50.";
      case NOT_REACHED -> {
        Point last = curve.points().get(curve.points().size() - 1);
        yield "No knee seen up to "
            + load(last)
            + ", the greatest load: power does not fall by "
            + LoadCurve.FALL_PERCENT
            + " %."
            + proportion(last);
      }
      case AT_MOST -> {
        Point at = curve.points().get(knee.index());
        yield "The knee is at "
            + load(at)
            + " or below: power is no less at any smaller load, and falls beyond.";
      }
      case BETWEEN -> {
        Point at = curve.points().get(knee.index());
        yield "The knee is at "
            + load(at)
            + ", between "
            + Figures.number(knee.low())
            + " and "
            + Figures.number(knee.high())
            + ": power is greatest there, at "
            + Figures.number(at.requestsPerMinute())
            + " calls a minute and an e2e p50 of "
            + Figures.number(at.e2eP50Millis())
            + " ms."
            + proportion(at);
      }
    };
  }

  /** Where the knee is, in one clause's words; empty if it is unknown. */
  String kneeInShort() {
    Knee knee = curve.knee();
    return switch (knee.kind()) {
      case UNKNOWN -> "";
      case NOT_REACHED ->
          "No knee was seen up to " + load(curve.points().get(curve.points().size() - 1)) + ".";
      case AT_MOST -> "The knee is at " + load(curve.points().get(knee.index())) + " or below.";
      case BETWEEN ->
          "The knee is at "
              + load(curve.points().get(knee.index()))
              + " (between "
              + Figures.number(knee.low())
              + " and "
              + Figures.number(knee.high())
              + ").";
    };
  }

  private String proportion(Point point) {
    OptionalDouble percent = curve.proportionalPercent(point);
    return percent.isEmpty()
        ? ""
        : " Throughput there is "
            + Figures.number(percent)
            + " % of one that grows in proportion to the load.";
  }

  private String load(Point point) {
    return clients
        ? Count.of(Math.round(point.load()), "client")
        : Figures.number(point.load()) + " calls a minute";
  }

  /** The points in numbers. */
  public Table table() {
    Knee knee = curve.knee();
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < curve.points().size(); i++) {
      boolean isKnee = knee.kind().isSeen() && i == knee.index();
      rows.add(row(curve.points().get(i), isKnee ? "knee" : ""));
    }
    return Columns.of(Kind.NUMBER, clients ? "clients" : "calls/min")
        .numbers("throughput", "of ideal, %", "TTFT p50", "TTFT p95", "e2e p50", "e2e p95", "power")
        .and(Kind.TEXT, "")
        .with(
            "Latency against throughput",
            "throughput: succeeded calls a minute; of a probe, of the time in which its calls ended."
                + " of ideal: of a throughput in proportion to that of the first row. Latencies in ms. power: throughput ÷ e2e p50 in seconds. "
                + METHOD,
            rows);
  }

  private List<Cell> row(Point point, String mark) {
    return Cell.row(
        Figures.number(point.load()),
        Figures.number(point.requestsPerMinute()),
        Figures.number(curve.proportionalPercent(point)),
        Figures.number(point.ttftP50Millis()),
        Figures.number(point.ttftP95Millis()),
        Figures.number(point.e2eP50Millis()),
        Figures.number(point.e2eP95Millis()),
        Figures.number(point.power()),
        mark);
  }

  /**
   * The curve for machines: {@code load} ({@code clients} or {@code callsPerMinute}), {@code
   * points} by load, {@code limits}, and {@code knee} with {@code kind} ({@code between}, {@code
   * at-most}, {@code not-reached} or {@code unknown}), {@code method} and {@code text}. If it is
   * seen it has {@code point}, the index of its point, and {@code load}, and if it lies between two
   * loads {@code low} and {@code high}.
   */
  void write(ObjectNode node) {
    node.put("load", clients ? "clients" : "callsPerMinute");
    for (Point point : curve.points()) {
      ObjectNode item = node.withArray("points").addObject();
      JsonNumbers.put(item, "load", point.load());
      JsonNumbers.put(item, "requestsPerMinute", point.requestsPerMinute());
      JsonNumbers.put(item, "proportionalPercent", curve.proportionalPercent(point));
      JsonNumbers.put(item, "ttftP50Millis", point.ttftP50Millis());
      JsonNumbers.put(item, "ttftP95Millis", point.ttftP95Millis());
      JsonNumbers.put(item, "e2eP50Millis", point.e2eP50Millis());
      JsonNumbers.put(item, "e2eP95Millis", point.e2eP95Millis());
      JsonNumbers.put(item, "power", point.power());
    }
    for (CurveLimit limit : limits) {
      ObjectNode item = node.withArray("limits").addObject();
      item.put("of", limit.field()).put("statistic", limit.label());
      JsonNumbers.put(item, "millis", limit.millis());
    }
    writeKnee(node.putObject("knee"));
  }

  private void writeKnee(ObjectNode node) {
    Knee knee = curve.knee();
    node.put("kind", knee.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (knee.kind().isSeen()) {
      node.put("point", knee.index());
      JsonNumbers.put(node, "load", curve.points().get(knee.index()).load());
      JsonNumbers.put(node, "low", knee.low());
      JsonNumbers.put(node, "high", knee.high());
    }
    node.put("method", "greatest-power");
    node.put("text", knee());
  }
}
