package dev.gatlingllm.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Stretches of a run that follow one another: the levels of a ladder, the phases of a load. They
 * differ by design, so a difference between two of them is no sign that calls wait for each other.
 * Dependence is looked for within each.
 *
 * @param parts the values of each, with their order
 */
record Stretches(List<Values> parts) implements Independence {

  /** Fewer calls say nothing of how much neighbours resemble each other. */
  static final int FEWEST = 20;

  /** When the first and the last of some calls started, and how many they are. */
  record Span<T>(int first, int last, int calls, T of) {}

  /**
   * Puts those together that overlap, since they share a load, and those that are too few with
   * their neighbours.
   */
  static <T> List<List<T>> of(List<Span<T>> spans) {
    List<List<T>> stretches = new ArrayList<>();
    long end = Long.MIN_VALUE;
    int calls = FEWEST;
    for (Span<T> span : spans.stream().sorted(Comparator.comparing(Span<T>::first)).toList()) {
      if (span.first() > end && calls >= FEWEST) {
        stretches.add(new ArrayList<>());
        calls = 0;
      }
      stretches.get(stretches.size() - 1).add(span.of());
      calls += span.calls();
      end = Math.max(end, span.last());
    }
    if (calls < FEWEST && stretches.size() > 1) {
      List<T> few = stretches.remove(stretches.size() - 1);
      stretches.get(stretches.size() - 1).addAll(few);
    }
    return stretches;
  }

  /**
   * {@code n² ÷ Σ nᵢ² / wᵢ}: a share of all is the mean of those of the stretches, weighted by
   * their calls nᵢ, each as uncertain as wᵢ independent calls make it (W. G. Cochran, Sampling
   * Techniques, section 5.3). The spread within each is taken to be that of all, which is on the
   * safe side: it is less.
   */
  @Override
  public double worth(double level) {
    double calls = 0;
    double squares = 0;
    for (Values part : parts) {
      double n = (double) part.n();
      calls += n;
      squares += n * n / part.worth(level).orElse(n);
    }
    return calls * calls / squares;
  }
}
