package dev.gatlingllm.report;

import dev.gatlingllm.stats.Bucket;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.Optional;

/**
 * Wait for the first token that grew while the run went on, as where calls come faster than the
 * service answers them: of calls that started in the last third of the slices it is twice that of
 * the first third, and never fell by much in between.
 *
 * @param firstMillis mean of the first third
 * @param lastMillis mean of the last third
 */
record Growth(double firstMillis, double lastMillis) {

  private static final int FEWEST_CALLS = 10;
  private static final double TIMES = 2;

  /**
   * The growth of a run; empty if there is none, or too few calls, or the load itself has steps.
   */
  static Optional<Growth> ofTtft(RunReport report) {
    List<Bucket> slices = report.statistics().overall().series().buckets();
    int third = slices.size() / 3;
    if (third == 0 || !report.statistics().views().levels().isEmpty()) {
      return Optional.empty();
    }
    Third first = Third.of(slices.subList(0, third));
    Third middle = Third.of(slices.subList(third, slices.size() - third));
    Third last = Third.of(slices.subList(slices.size() - third, slices.size()));
    boolean enough = first.calls() >= FEWEST_CALLS && last.calls() >= FEWEST_CALLS;
    boolean grows =
        first.mean() < middle.mean()
            && middle.mean() < last.mean()
            && last.mean() >= TIMES * first.mean();
    return enough && grows ? Optional.of(new Growth(first.mean(), last.mean())) : Optional.empty();
  }

  String text() {
    return "the wait for the first token grew from "
        + Figures.number(firstMillis)
        + " to "
        + Figures.number(lastMillis)
        + " ms during the run, so calls queue";
  }

  private record Third(long calls, double mean) {
    static Third of(List<Bucket> slices) {
      long calls = 0;
      double sum = 0;
      for (Bucket slice : slices) {
        Distribution ttft = slice.of(Measure.TTFT);
        calls += ttft.n();
        sum += ttft.n() * ttft.mean().orElse(0);
      }
      return new Third(calls, calls == 0 ? 0 : sum / calls);
    }
  }
}
