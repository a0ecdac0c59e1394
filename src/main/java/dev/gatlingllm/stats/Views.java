package dev.gatlingllm.stats;

import java.util.List;
import java.util.Optional;

/**
 * A run looked at by what its calls differ in. What they do not differ in gives no view.
 *
 * @param levels by the number of clients, ascending; empty unless there are two
 * @param groups by model, region and profile, in order of first appearance; empty unless there are
 *     two
 * @param places by model and region; empty unless there are two of both
 * @param grid by input and output tokens; absent unless there are two cells
 * @param fits latency against tokens
 */
public record Views(
    List<GroupStatistics> levels,
    List<GroupStatistics> groups,
    List<GroupStatistics> places,
    Optional<TokenGrid> grid,
    List<LineFit> fits) {

  /** Copies the lists. */
  public Views {
    levels = List.copyOf(levels);
    groups = List.copyOf(groups);
    places = List.copyOf(places);
    fits = List.copyOf(fits);
  }
}
