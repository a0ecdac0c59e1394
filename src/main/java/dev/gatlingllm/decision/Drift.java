package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Halves;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.SelectedCalls;
import dev.gatlingllm.stats.Values;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A level that is shown to differ between the two halves of a load: the service was not in a steady
 * state. The medians are contrasted as those of two runs, with the number of independent calls that
 * each half is worth; the measures share the risk of 5 % (Bonferroni).
 *
 * @param measure what differs
 * @param first its median in the earlier half
 * @param second its median in the later half
 */
public record Drift(Measure measure, double first, double second) {

  private static final List<Measure> MEASURES =
      List.of(Measure.TTFT, Measure.E2E, Measure.TOKENS_PER_SECOND);

  /** A smaller ratio changes nothing that a reader would do. */
  private static final double LEAST_LOG_RATIO = Math.log(1.05);

  /** Fewer values leave no median with five on either side. */
  private static final int FEWEST = 10;

  /** What drifted in these calls; nothing where the load was changed on purpose. */
  public static List<Drift> of(SelectedCalls calls) {
    return of(calls::halves);
  }

  static List<Drift> of(Function<Measure, Optional<Halves>> halves) {
    return MEASURES.stream()
        .flatMap(measure -> halves.apply(measure).flatMap(of -> between(measure, of)).stream())
        .toList();
  }

  private static Optional<Drift> between(Measure measure, Halves halves) {
    Values first = halves.first();
    Values second = halves.second();
    return Math.min(first.n(), second.n()) < FEWEST
        ? Optional.empty()
        : PercentileContrast.of(first, second, 50)
            .filter(Drift::isShown)
            .map(any -> new Drift(measure, first.percentile(50), second.percentile(50)));
  }

  private static boolean isShown(Contrast contrast) {
    double risk = Math.min(contrast.riskOfHigher(), contrast.riskOfLower());
    return Math.abs(contrast.estimate()) >= LEAST_LOG_RATIO
        && risk <= Interval.RISK_OF_ONE_END / MEASURES.size();
  }

  /** {@code second ÷ first − 1} in percent. */
  public double changePercent() {
    return 100 * (second / first - 1);
  }

  /** Whether the later half has more. */
  public boolean rose() {
    return second > first;
  }
}
