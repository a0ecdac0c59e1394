package dev.gatlingllm.report.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * The values of one measure, as they stand in the lines of LLMeter's responses, and their
 * statistics, as its reader computes them from those lines: the arithmetic mean, the median, and
 * percentiles at k (n + 1) / 100, between two values in proportion. Of few values such a percentile
 * may lie beyond the greatest. Eight bytes a value. Confined to one thread.
 */
final class LlmeterValues {

  private double[] values = new double[64];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  /** Writes the four statistics of this name; each null without a value. */
  void write(String name, ObjectNode node) {
    if (size == 0) {
      for (String statistic : new String[] {"average", "p50", "p90", "p99"}) {
        node.putNull(name + "-" + statistic);
      }
      return;
    }
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    node.put(name + "-average", mean(sorted));
    node.put(name + "-p50", median(sorted));
    node.put(name + "-p90", quantile(sorted, 9, 10));
    node.put(name + "-p99", quantile(sorted, 99, 100));
  }

  /** Exact but for the last digit, as Python's {@code statistics.mean}. */
  private static double mean(double[] sorted) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : sorted) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum.divide(BigDecimal.valueOf(sorted.length), MathContext.DECIMAL128).doubleValue();
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The "exclusive" method of Python's {@code statistics.quantiles}. */
  private static double quantile(double[] sorted, int k, int n) {
    if (sorted.length == 1) {
      return sorted[0];
    }
    long at = (long) k * (sorted.length + 1);
    int j = (int) Math.max(1, Math.min(sorted.length - 1, at / n));
    long delta = at - (long) j * n;
    return (sorted[j - 1] * (n - delta) + sorted[j] * delta) / n;
  }
}
