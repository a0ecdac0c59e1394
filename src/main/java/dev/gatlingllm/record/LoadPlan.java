package dev.gatlingllm.record;

import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The rate over time that an open load was to have.
 *
 * @param beginNanos when it began, on the run's clock
 * @param arrivals how arrivals lay around the rate: {@code constant}, {@code poisson} or {@code
 *     gamma}
 * @param burstiness shape of the gaps of {@code gamma}; absent with the others
 * @param seed of the arrivals
 * @param phases its parts, in order
 * @param rates the rate at instants, with straight lines between them; two at one instant are a
 *     jump
 */
public record LoadPlan(
    long beginNanos,
    String arrivals,
    OptionalDouble burstiness,
    long seed,
    List<Phase> phases,
    List<Rate> rates) {

  /**
   * A part of the plan.
   *
   * @param name the label {@code phase} of its calls
   * @param fromNanos since the load began
   * @param toNanos exclusive
   */
  public record Phase(String name, long fromNanos, long toNanos) {

    private String inWords() {
      return name.replaceFirst("^\\d+ ", "")
          + " for "
          + Figures.duration((toNanos - fromNanos) / 1e9);
    }
  }

  /**
   * A rate.
   *
   * @param nanos since the load began
   * @param rpm arrivals per minute
   */
  public record Rate(long nanos, double rpm) {}

  private static final int MOST_IN_WORDS = 6;

  /**
   * Phases in words, such as {@code ramp 10 to 600 rpm for 10 min, hold 600 rpm for 5 min}; of many
   * the first, the last and how many are between them.
   */
  public static String inWords(List<Phase> phases) {
    List<String> words = phases.stream().map(Phase::inWords).toList();
    int last = words.size() - 1;
    return last < MOST_IN_WORDS
        ? String.join(", ", words)
        : words.get(0) + ", " + (last - 1) + " more, " + words.get(last);
  }

  /** Copies the lists. */
  public LoadPlan {
    phases = List.copyOf(phases);
    rates = List.copyOf(rates);
  }
}
