package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.stats.Bins;
import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Figures;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Histograms in the page's data, with what is marked in them. */
final class DistributionJson {

  private static final List<Quantile> HIGH_TAIL =
      List.of(Quantile.P50, Quantile.P90, Quantile.P95, Quantile.P99);
  private static final List<Quantile> LOW_TAIL =
      List.of(Quantile.P50, Quantile.P10, Quantile.P5, Quantile.P1);
  private static final int EDGE_DIGITS = 6;

  private DistributionJson() {}

  /** An object of one measure; with n = 0 and no axis if there are no values. */
  static void write(
      Measure measure,
      Bins bins,
      Distribution distribution,
      List<ChartLimit> limits,
      ObjectNode node) {
    node.put("n", distribution.n());
    ArrayNode edges = node.putArray("edges");
    bins.edges().forEach(edge -> edges.add(significant(edge, EDGE_DIGITS)));
    bins.counts().forEach(node.putArray("counts")::add);
    if (bins.counts().isEmpty()) {
      return;
    }
    node.put("below", bins.below());
    node.put("beyond", bins.beyond());
    ValueAxis.of(bins, distribution, limits).write(node.putObject("axis"));
    JsonNumbers.put(node, "min", distribution.min());
    JsonNumbers.put(node, "max", distribution.max());
    ArrayNode marks = node.putArray("marks");
    ArrayNode withheld = node.putArray("withheld");
    for (Quantile quantile : marked(measure)) {
      if (distribution.at(quantile).isPresent()) {
        ObjectNode mark = marks.addObject().put("name", quantile.label());
        JsonNumbers.put(mark, "value", distribution.at(quantile));
      } else {
        withheld.addObject().put("name", quantile.label()).put("needed", quantile.needed());
      }
    }
    limits(limits, node);
  }

  /** The median, and what is told of the bad tail. */
  static List<Quantile> marked(Measure measure) {
    return measure.direction() == Direction.HIGH_IS_GOOD ? LOW_TAIL : HIGH_TAIL;
  }

  /** The limits that are drawn as lines; left out if there are none. */
  static void limits(List<ChartLimit> limits, ObjectNode node) {
    if (!limits.isEmpty()) {
      ArrayNode array = node.putArray("limits");
      for (ChartLimit limit : limits) {
        JsonNumbers.put(array.addObject().put("of", limit.of()), "value", limit.value());
      }
    }
  }

  static BigDecimal significant(double value, int digits) {
    return Figures.shortest(BigDecimal.valueOf(value).round(new MathContext(digits)));
  }
}
