package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.TailCurve;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Distribution functions in the page's data: of each latency from the start of a call and, where
 * that is not the same, from its arrival.
 */
final class TailJson {

  private static final List<Quantile> MARKED =
      List.of(Quantile.P50, Quantile.P90, Quantile.P95, Quantile.P99, Quantile.P999);
  private static final int SHARE_DIGITS = 5;

  private TailJson() {}

  static void write(
      CallStatistics calls, Function<Measure, List<ChartLimit>> limits, ObjectNode node) {
    write(calls, limits, List.of(Measure.TTFT, Measure.TTFT_FROM_ARRIVAL), node);
    write(calls, limits, List.of(Measure.E2E, Measure.E2E_FROM_ARRIVAL), node);
    write(calls, limits, List.of(Measure.INTER_CHUNK), node);
  }

  /** Nothing if there are no values. */
  private static void write(
      CallStatistics calls,
      Function<Measure, List<ChartLimit>> limits,
      List<Measure> measures,
      ObjectNode node) {
    Measure first = measures.get(0);
    List<TailCurve> curves =
        measures.stream()
            .map(calls::tailOf)
            .filter(curve -> !curve.points().isEmpty())
            .distinct()
            .toList();
    if (curves.isEmpty()) {
      return;
    }
    List<ChartLimit> drawn = new ArrayList<>();
    measures.forEach(measure -> drawn.addAll(limits.apply(measure)));
    ObjectNode item = node.putObject(first.field());
    axis(calls.of(first), curves, drawn).write(item.putObject("axis"));
    DistributionJson.limits(drawn, item);
    marks(calls.of(first), item.putArray("marks"));
    ArrayNode lines = item.putArray("curves");
    curves.forEach(curve -> curve(curve, lines.addObject()));
  }

  private static ValueAxis axis(
      Distribution distribution, List<TailCurve> curves, List<ChartLimit> limits) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (TailCurve curve : curves) {
      List<TailCurve.Point> points = curve.points();
      least = Math.min(least, points.get(0).value());
      greatest = Math.max(greatest, points.get(points.size() - 1).value());
    }
    return ValueAxis.of(least, distribution.median().orElse(least), greatest, limits);
  }

  private static void marks(Distribution distribution, ArrayNode marks) {
    for (Quantile quantile : MARKED) {
      if (distribution.at(quantile).isPresent()) {
        ObjectNode mark = marks.addObject().put("name", quantile.label());
        mark.put("above", DistributionJson.significant(100 - quantile.percent(), SHARE_DIGITS));
        JsonNumbers.put(mark, "value", distribution.at(quantile));
      }
    }
  }

  private static void curve(TailCurve curve, ObjectNode node) {
    node.put("n", curve.n());
    node.put("longer", curve.longer());
    ArrayNode points = node.putArray("points");
    for (TailCurve.Point point : curve.points()) {
      points
          .addArray()
          .add(DistributionJson.significant(point.above(), SHARE_DIGITS))
          .add(Figures.rounded(point.value()));
    }
  }
}
