package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Halves;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Values;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** How often a steady service is said to drift or to queue, and how often one that does is. */
final class SteadinessTables {

  private static final int SEED = 13;

  private SteadinessTables() {}

  /** Times to first token of a load, in the order of their calls. */
  @FunctionalInterface
  interface Load {
    double[] draw(int n, RandomGenerator random);
  }

  /** Changes the i-th of n values. */
  private enum Course {
    STEADY,
    STEP_12,
    STEP_15,
    TREND_15;

    double factor(int i, int n) {
      return switch (this) {
        case STEADY -> 1;
        case STEP_12 -> i < n / 2 ? 1 : 1.2;
        case STEP_15 -> i < n / 2 ? 1 : 1.5;
        case TREND_15 -> 1 + 0.5 * i / n;
      };
    }
  }

  /** A steady load: in any of three measures; another: in the one that changes. */
  static void printDrift(int sets, PrintStream out) {
    for (int n : StatisticsTables.CALLS) {
      StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "| n = %,d |", n));
      for (DependentSeries series : DependentSeries.values()) {
        RandomGenerator random = new Well19937c(SEED + n);
        for (Course course : Course.values()) {
          int found = 0;
          for (int set = 0; set < sets; set++) {
            found += drifts(series, course, n, random) ? 1 : 0;
          }
          double percent = 100.0 * found / sets;
          row.append(
              course == Course.STEADY
                  ? String.format(Locale.ROOT, " **%.1f**", percent)
                  : String.format(Locale.ROOT, ", %.0f", percent));
        }
        row.append(" |");
      }
      out.println(row);
    }
  }

  private static boolean drifts(
      DependentSeries series, Course course, int n, RandomGenerator random) {
    Function<Measure, Optional<Halves>> halves =
        measure -> Optional.of(halves(changed(series.draw(n, random), course)));
    return course == Course.STEADY
        ? !Drift.of(halves).isEmpty()
        : !Drift.of(measure -> measure == Measure.TTFT ? halves.apply(measure) : Optional.empty())
            .isEmpty();
  }

  private static double[] changed(double[] drawn, Course course) {
    double[] values = new double[drawn.length];
    Arrays.setAll(values, i -> drawn[i] * course.factor(i, drawn.length));
    return values;
  }

  private static Halves halves(double[] values) {
    int half = values.length / 2;
    return new Halves(
        Values.inOrder(Arrays.copyOf(values, half)),
        Values.inOrder(Arrays.copyOfRange(values, half, values.length)));
  }

  private record Named(String name, Load load) {}

  private static final List<Named> LOADS =
      List.of(
          new Named("exponential", DependentSeries.EXPONENTIAL::draw),
          new Named("AR(1) 0.9", DependentSeries.AR_09::draw),
          new Named("M/M/1 70 %", DependentSeries.QUEUE_70::draw),
          new Named("M/M/1 90 %", (n, random) -> DependentSeries.queue(n, 0.9, random)),
          new Named("overloaded 1.1 ×", (n, random) -> DependentSeries.filling(n, 1.1, random)),
          new Named("overloaded 1.3 ×", (n, random) -> DependentSeries.filling(n, 1.3, random)));

  static void printGrowth(int sets, PrintStream out) {
    for (int n : new int[] {60, 100, 300, 1000}) {
      StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "| n = %,d |", n));
      for (Named named : LOADS) {
        row.append(String.format(Locale.ROOT, " %.1f |", grows(named.load(), n, sets)));
      }
      out.println(row);
    }
  }

  /** In percent of the sets. */
  static double grows(Load load, int n, int sets) {
    RandomGenerator random = new Well19937c(SEED + n);
    int found = 0;
    for (int set = 0; set < sets; set++) {
      found += Growth.of(load.draw(n, random)).isPresent() ? 1 : 0;
    }
    return 100.0 * found / sets;
  }
}
