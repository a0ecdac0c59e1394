package dev.gatlingllm.soak;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Says whether a run held ever more: compares the medians of two windows. */
final class SoakJudge {

  private final SoakWindows windows;

  SoakJudge(SoakWindows windows) {
    this.windows = windows;
  }

  /** The findings, one for each measure. */
  List<Finding> judge(List<Sample> samples) {
    return Arrays.stream(Measure.values())
        .map(
            measure ->
                new Finding(
                    measure,
                    median(samples, windows::early, measure),
                    median(samples, windows::late, measure)))
        .toList();
  }

  private static double median(List<Sample> samples, Predicate<Sample> window, Measure measure) {
    long[] values = samples.stream().filter(window).mapToLong(measure::of).sorted().toArray();
    if (values.length == 0) {
      return Double.NaN;
    }
    return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2.0;
  }
}
