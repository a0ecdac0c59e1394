package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.stats.Bins;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.LongTail;
import java.util.List;

/**
 * The axis of a distribution: it holds all bins and every limit, and is logarithmic where bins are,
 * or where a far limit would leave the values hardly any room.
 *
 * @param log whether it is logarithmic; its least value is above 0 then
 */
record ValueAxis(boolean log, double min, double max) {

  private static final double MARGIN = 0.04;
  private static final int FEW_BINS = 3;

  /** The axis of a histogram that has bins. */
  static ValueAxis of(Bins bins, Distribution distribution, List<ChartLimit> limits) {
    double first = bins.edges().get(0);
    double last = bins.edges().get(bins.edges().size() - 1);
    double median = distribution.median().orElse(first);
    if (bins.log()) {
      return extended(true, first, last, limits);
    }
    if (bins.counts().size() < FEW_BINS) {
      // A bar or two would fill the whole chart and say nothing. No value is below 0.
      double room = 2 * (last - first);
      return of(first < 0 ? first - room : Math.max(0, first - room), median, last + room, limits);
    }
    ValueAxis linear = extended(false, first, last, limits);
    double least = first > 0 ? first : distribution.min().orElse(0);
    return LongTail.is(Math.min(least, linear.min), median, linear.max)
        ? extended(true, least, last, limits)
        : linear;
  }

  /** The axis of values from the least to the greatest. */
  static ValueAxis of(double least, double median, double greatest, List<ChartLimit> limits) {
    double room = least == greatest ? Math.max(1, Math.abs(least) / 10) : 0;
    ValueAxis linear = extended(false, least - room, greatest + room, limits);
    return LongTail.is(Math.min(least, linear.min), median, linear.max)
        ? extended(true, least, greatest, limits)
        : linear;
  }

  private static ValueAxis extended(
      boolean log, double least, double greatest, List<ChartLimit> limits) {
    double min = least;
    double max = greatest;
    for (ChartLimit limit : limits) {
      if (!log || limit.value() > 0) {
        min = Math.min(min, limit.value());
        max = Math.max(max, limit.value());
      }
    }
    double factor = Math.pow(max / min, MARGIN);
    double margin = MARGIN * (max - min);
    return new ValueAxis(
        log,
        min == least ? min : log ? min / factor : min - margin,
        max == greatest ? max : log ? max * factor : max + margin);
  }

  void write(ObjectNode node) {
    node.put("log", log);
    node.put("min", DistributionJson.significant(min, 6));
    node.put("max", DistributionJson.significant(max, 6));
  }
}
