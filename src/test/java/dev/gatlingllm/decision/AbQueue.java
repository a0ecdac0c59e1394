package dev.gatlingllm.decision;

import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Runs on a virtual clock of an endpoint that serves one call at a time: calls of 70 ms on average
 * that arrive every 100 ms on average.
 */
final class AbQueue {

  private static final int WARM = 300;

  private final Random service;
  private double slower = 1;
  private double free;

  private AbQueue(Random service) {
    this.service = service;
  }

  /** One run in pairs of blocks, A B B A, with the arrivals of one seed in each pair. */
  static StatisticsCollector blocks(long seed, double slower, int pairs, int calls) {
    StatisticsCollector run = collector();
    AbQueue queue = new AbQueue(new Random(~seed));
    for (int pair = 0; pair < pairs; pair++) {
      for (int place = 0; place < 2; place++) {
        boolean second = (pair + place) % 2 == 1;
        queue.slower = second ? slower : 1;
        Map<String, String> labels =
            Map.of(AbComparison.PAIR, String.valueOf(pair), "target", second ? "b" : "a");
        queue.block(run, labels, calls, new Random(1000 * seed + pair));
      }
    }
    return run;
  }

  /** A run of one service, whose queue is in its usual state when it begins. */
  static RunComparison.Collected run(long seed, double slower, int calls) {
    StatisticsCollector run = run(new Random(~seed), seed, slower, calls).calls();
    return new RunComparison.Collected(run.result(), run);
  }

  /**
   * Two runs that share their arrivals.
   *
   * @param slower how much longer a call of the second takes
   */
  static Pair pair(long seed, double slower, int calls) {
    Begun first = run(new Random(~seed), seed, 1, calls);
    Begun second = run(new Random(31 * ~seed), seed, slower, calls);
    return new Pair(
        first.calls(), second.calls(), Math.round(1e6 * (second.millis() - first.millis())));
  }

  /** Two runs, and how much later an arrival is in the second. */
  record Pair(StatisticsCollector first, StatisticsCollector second, long laterNanos) {}

  /** A run and when its load began. */
  private record Begun(StatisticsCollector calls, double millis) {}

  private static Begun run(Random service, long seed, double slower, int calls) {
    StatisticsCollector run = collector();
    AbQueue queue = new AbQueue(service);
    queue.slower = slower;
    queue.block(collector(), Map.of(), WARM, new Random(seed + 1));
    double begin = queue.begin(Map.of());
    queue.block(run, Map.of(), calls, new Random(seed));
    return new Begun(run, begin);
  }

  private static StatisticsCollector collector() {
    return new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
  }

  private void block(
      StatisticsCollector run, Map<String, String> labels, int calls, Random arrivals) {
    double arrival = begin(labels);
    for (int i = 0; i < calls; i++) {
      arrival += -100 * Math.log(1 - arrivals.nextDouble());
      free = Math.max(arrival, free) - 70 * slower * Math.log(1 - service.nextDouble());
      run.add(CallFixture.call().id(i).labels(labels).from(arrival, free).record(), 0);
    }
  }

  private double begin(Map<String, String> labels) {
    return labels.isEmpty() ? Math.max(0, free - 160) : free;
  }

  /** In percent of repeats, how often one run in blocks shows the second worse. */
  static double seenInBlocks(int repeats, double slower, int pairs, int calls, String gate) {
    int seen = 0;
    for (long seed = 0; seed < repeats; seed++) {
      StatisticsCollector run = blocks(seed, slower, pairs, calls);
      seen +=
          AbComparison.judge(
                      Map.of("llm.ab.worse", gate), new RunComparison.Collected(run.result(), run))
                  .stream()
                  .anyMatch(found -> !found.result().passed())
              ? 1
              : 0;
    }
    return 100.0 * seen / repeats;
  }

  /** In percent of repeats, how often two runs, one after the other, show the second worse. */
  static double seenInTwoRuns(int repeats, double slower, int calls, String gate) {
    int seen = 0;
    List<ComparisonGate> gates = List.of(ComparisonGate.parse(gate));
    for (long seed = 0; seed < repeats; seed++) {
      RunComparison runs =
          RunComparison.of(run(2 * seed + 77_000, 1, calls), run(2 * seed + 77_001, slower, calls));
      boolean worse =
          ComparisonGate.judge(gates, runs).stream()
              .anyMatch(result -> !result.passesUnlessWorse());
      seen += worse ? 1 : 0;
    }
    return 100.0 * seen / repeats;
  }
}
