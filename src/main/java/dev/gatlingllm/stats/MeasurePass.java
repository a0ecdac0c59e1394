package dev.gatlingllm.stats;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Works out what is wanted of the measures of several rows. One measure is put in order at a time,
 * for all rows that want it: its values in order are shared by a row and by all that the row is
 * part of, and those of all measures at once would be the memory's peak. Confined to one thread but
 * for {@link #run}.
 */
final class MeasurePass {

  private final List<Wanted<?>> wanted = new ArrayList<>();

  /** What is made of one measure of a row. */
  @FunctionalInterface
  interface Work<T> {

    /**
     * Makes it; called for different measures from different threads.
     *
     * @param values absent if the row has none
     * @param waits see {@link CallSamples#waits}
     */
    T of(Measure measure, Optional<Values> values, Optional<Values> waits);
  }

  private record Wanted<T>(
      List<CallSamples> samples, Set<Measure> measures, Work<T> work, Map<Measure, T> results) {

    /** Does the work now, and returns what puts down its result. */
    Runnable done(Measure measure, JoinedSamples joined) {
      T result =
          work.of(
              measure,
              joined.values(CallSamples.of(samples, measure)),
              CallSamples.waits(samples, measure));
      return () -> results.put(measure, result);
    }
  }

  /**
   * Asks for work on the measures of a row.
   *
   * @return empty until {@link #run}
   */
  <T> Map<Measure, T> want(List<CallSamples> samples, Set<Measure> measures, Work<T> work) {
    Map<Measure, T> results = new EnumMap<>(Measure.class);
    wanted.add(new Wanted<>(samples, measures, work, results));
    return results;
  }

  /**
   * Does all that was asked for.
   *
   * @param threads so many measures are worked out at once; each takes some 40 bytes per call
   */
  void run(int threads) {
    List<Runnable> results = new ArrayList<>();
    if (threads == 1) {
      CallSamples.SAMPLED.forEach(measure -> results.addAll(done(measure)));
    } else {
      ExecutorService pool = Executors.newFixedThreadPool(threads, MeasurePass::thread);
      try {
        CallSamples.SAMPLED.stream()
            .map(measure -> CompletableFuture.supplyAsync(() -> done(measure), pool))
            .toList()
            .forEach(done -> results.addAll(done.join()));
      } finally {
        pool.shutdownNow();
      }
    }
    results.forEach(Runnable::run);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "llm-statistics");
    thread.setDaemon(true);
    return thread;
  }

  /** One part of each result, where it is there. */
  static <T, P> Map<Measure, P> known(Map<Measure, T> results, Function<T, Optional<P>> part) {
    Map<Measure, P> known = new EnumMap<>(Measure.class);
    results.forEach((measure, one) -> part.apply(one).ifPresent(p -> known.put(measure, p)));
    return known;
  }

  private List<Runnable> done(Measure measure) {
    JoinedSamples joined = new JoinedSamples();
    return wanted.stream()
        .filter(one -> one.measures().contains(measure))
        .<Runnable>map(one -> one.done(measure, joined))
        .toList();
  }
}
