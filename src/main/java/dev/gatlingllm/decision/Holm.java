package dev.gatlingllm.decision;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many claims made at once, of which none shall be false but with the risk of one: the sequentially
 * rejective procedure of S. Holm, Scandinavian Journal of Statistics 6 (1979).
 */
final class Holm {

  private Holm() {}

  /**
   * The risks of claims that are made together.
   *
   * @param risks of each claim alone, from 0 to 1
   * @return in the same order, each at least what it was and at most 1
   */
  static double[] together(List<Double> risks) {
    double[] adjusted = new double[risks.size()];
    int[] ascending =
        IntStream.range(0, risks.size())
            .boxed()
            .sorted(Comparator.comparing(risks::get))
            .mapToInt(Integer::intValue)
            .toArray();
    double least = 0;
    for (int i = 0; i < ascending.length; i++) {
      least = Math.max(least, Math.min(1, risks.get(ascending[i]) * (ascending.length - i)));
      adjusted[ascending[i]] = least;
    }
    return adjusted;
  }
}
