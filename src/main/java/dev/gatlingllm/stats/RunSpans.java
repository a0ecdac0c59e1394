package dev.gatlingllm.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The calls of one key in each of the runs that are merged, and for how long they put load on the
 * service. Confined to one thread.
 *
 * <p>The load time of several runs is the time in which any of them did. A run's <i>window</i>
 * begins with its first start and lasts for its own load time. Runs whose windows have at least 0.9
 * of the longer one in common went together, and count as one whose rate is the sum of theirs: then
 * the clocks of their machines do not matter. Nor do they where windows are apart: their load times
 * add up. Where windows overlap in part, what they have in common is known only as well as the
 * clocks agree.
 */
final class RunSpans {

  private final List<SpanTally> runs = new ArrayList<>();

  /** Adds a started call of a run, the first of which is 0. */
  void add(int run, double start, double end, boolean succeeded) {
    of(run).add(start, end, succeeded);
  }

  /** A call of a run was cancelled by its client; added by the other method, too. */
  void cancelled(int run, double end) {
    of(run).left(end);
  }

  private SpanTally of(int run) {
    while (runs.size() <= run) {
      runs.add(new SpanTally());
    }
    return runs.get(run);
  }

  /** The calls of several keys, to be read and not added to. */
  static RunSpans together(List<RunSpans> keys) {
    RunSpans all = new RunSpans();
    int most = keys.stream().mapToInt(key -> key.runs.size()).max().orElse(0);
    for (int i = 0; i < most; i++) {
      int run = i;
      all.runs.add(
          SpanTally.together(
              keys.stream()
                  .filter(key -> run < key.runs.size())
                  .map(key -> key.runs.get(run))
                  .toList()));
    }
    return all;
  }

  /** All runs as if they were one. */
  SpanTally asOne() {
    return runs.size() == 1 ? runs.get(0) : SpanTally.together(runs);
  }

  /** As {@link SpanTally#loadNanos()}, of all runs. */
  double loadNanos() {
    List<LoadWindow> windows = windows().stream().flatMap(Optional::stream).toList();
    long loaded = runs.stream().filter(run -> run.calls() > 0).count();
    return loaded < 2 || windows.size() < loaded ? asOne().loadNanos() : covered(together(windows));
  }

  /** Of each run; absent without a load time. */
  List<Optional<LoadWindow>> windows() {
    return runs.stream().map(RunSpans::window).toList();
  }

  private static Optional<LoadWindow> window(SpanTally run) {
    double nanos = run.loadNanos();
    return nanos > 0
        ? Optional.of(new LoadWindow(run.firstStart(), nanos, run.calls()))
        : Optional.empty();
  }

  /** One for all runs that went together. */
  private static List<LoadWindow> together(Iterable<LoadWindow> windows) {
    List<LoadWindow> apart = new ArrayList<>();
    for (LoadWindow window : windows) {
      int same = 0;
      while (same < apart.size() && !apart.get(same).isTogetherWith(window)) {
        same++;
      }
      if (same == apart.size()) {
        apart.add(window);
      } else {
        apart.set(same, apart.get(same).plus(window));
      }
    }
    return apart;
  }

  /** The time that the windows cover. */
  private static double covered(List<LoadWindow> windows) {
    List<LoadWindow> inOrder =
        windows.stream().sorted(Comparator.comparingDouble(LoadWindow::fromNanos)).toList();
    double end = Double.NEGATIVE_INFINITY;
    double covered = 0;
    for (LoadWindow window : inOrder) {
      covered += Math.max(0, window.endNanos() - Math.max(end, window.fromNanos()));
      end = Math.max(end, window.endNanos());
    }
    return covered;
  }
}
