package dev.gatlingllm.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Collects counts into ten bins per decade. Values below a microsecond share the first bin. */
final class LogBins {

  private static final int PER_DECADE = 10;
  private static final double LEAST_MILLIS = 1e-3;

  private final TreeMap<Integer, Long> counts = new TreeMap<>();

  void add(double millis, long count) {
    // The small summand keeps a value that is an edge, such as 10 ms, in the bin it begins.
    double place = PER_DECADE * Math.log10(Math.max(millis, LEAST_MILLIS)) + 1e-9;
    counts.merge((int) Math.floor(place), count, Long::sum);
  }

  Bins toBins() {
    if (counts.isEmpty()) {
      return Bins.NONE;
    }
    List<Double> edges = new ArrayList<>();
    List<Long> filled = new ArrayList<>();
    for (int bin = counts.firstKey(); bin <= counts.lastKey(); bin++) {
      edges.add(edge(bin));
      filled.add(counts.getOrDefault(bin, 0L));
    }
    edges.add(edge(counts.lastKey() + 1));
    return new Bins(edges, filled, 0);
  }

  private static double edge(int bin) {
    return Math.pow(10, bin / (double) PER_DECADE);
  }
}
