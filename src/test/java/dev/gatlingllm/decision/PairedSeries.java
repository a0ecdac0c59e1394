package dev.gatlingllm.decision;

import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.CallSamples;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.StartedValues;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.stats.Values;
import java.util.Optional;
import java.util.Random;

/** Two runs of which call k is the same arrival with the same prompt. */
enum PairedSeries {
  /** {@link AbQueue}: the arrivals are shared. */
  QUEUE("queue, 70 %") {
    @Override
    AbQueue.Pair draw(long seed, double slower, int n) {
      return AbQueue.pair(seed, slower, n);
    }
  },
  /** One at a time, the time of a call mostly by its size: arrivals and sizes are shared. */
  QUEUE_OF_SIZES("queue, sizes") {
    @Override
    AbQueue.Pair draw(long seed, double slower, int n) {
      Random random = new Random(seed);
      double[][] calls = new double[2][n];
      double[] wait = new double[2];
      for (int i = -WARM; i < n; i++) {
        double gap = -100 * Math.log(1 - random.nextDouble());
        double size = 70 * Math.exp(0.5 * random.nextGaussian() - 0.125);
        for (int run = 0; run < 2; run++) {
          double service = (run == 0 ? 1 : slower) * size * noise(random);
          wait[run] = Math.max(0, wait[run] - gap) + service;
          if (i >= 0) {
            calls[run][i] = wait[run];
          }
        }
      }
      return pair(calls);
    }
  },
  /** Independent calls that have nothing in common. */
  INDEPENDENT("independent") {
    @Override
    AbQueue.Pair draw(long seed, double slower, int n) {
      Random random = new Random(seed);
      double[][] calls = new double[2][n];
      for (int i = 0; i < n; i++) {
        calls[0][i] = 100 * Math.exp(0.5 * random.nextGaussian());
        calls[1][i] = 100 * slower * Math.exp(0.5 * random.nextGaussian());
      }
      return pair(calls);
    }
  },
  /** Independent calls that take as long as their prompt is, more or less. */
  SIZES("independent, sizes") {
    @Override
    AbQueue.Pair draw(long seed, double slower, int n) {
      Random random = new Random(seed);
      double[][] calls = new double[2][n];
      for (int i = 0; i < n; i++) {
        double size = 100 * Math.exp(0.5 * random.nextGaussian());
        calls[0][i] = size * noise(random);
        calls[1][i] = slower * size * noise(random);
      }
      return pair(calls);
    }
  },
  /** Neighbours resemble each other, and the runs have nothing in common. */
  AR_09("AR(1) 0.9") {
    @Override
    AbQueue.Pair draw(long seed, double slower, int n) {
      Random random = new Random(seed);
      double[][] calls = new double[2][n];
      for (int run = 0; run < 2; run++) {
        double z = random.nextGaussian();
        for (int i = 0; i < n; i++) {
          calls[run][i] = 100 * (run == 0 ? 1 : slower) * Math.exp(0.5 * z);
          z = 0.9 * z + Math.sqrt(1 - 0.81) * random.nextGaussian();
        }
      }
      return pair(calls);
    }
  };

  private static final int WARM = 300;

  private final String text;

  PairedSeries(String text) {
    this.text = text;
  }

  /** Two runs of n calls; those of the second take longer by a factor. */
  abstract AbQueue.Pair draw(long seed, double slower, int n);

  @Override
  public String toString() {
    return text;
  }

  private static double noise(Random random) {
    return Math.exp(0.3 * random.nextGaussian() - 0.045);
  }

  private static AbQueue.Pair pair(double[][] millis) {
    return new AbQueue.Pair(run(millis[0]), run(millis[1]), 0);
  }

  private static StatisticsCollector run(double[] millis) {
    StatisticsCollector calls =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
    for (int i = 0; i < millis.length; i++) {
      calls.add(CallFixture.call().id(i).from(10.0 * i, 10.0 * i + millis[i]).record(), 0);
    }
    return calls;
  }

  /** How often the second run is called worse, in percent of the pairs. */
  record Seen(double inPairs, double asIndependent) {}

  /** For each percentile, with the risk of a gate that names one number and no margin. */
  static Seen[] seen(PairedSeries series, int sets, double slower, int n, Quantile... quantiles) {
    double[][] worse = new double[2][quantiles.length];
    for (long seed = 1; seed <= sets; seed++) {
      AbQueue.Pair pair = series.draw(7919 * seed + n, slower, n);
      PairedCalls calls =
          new PairedCalls(started(pair.first()), started(pair.second()), pair.laterNanos());
      for (int i = 0; i < quantiles.length; i++) {
        QuantileChange alone =
            QuantileChange.of(
                Measure.E2E, quantiles[i], values(pair.first()), values(pair.second()));
        worse[0][i] += isWorse(alone.inPairs(calls)) ? 100.0 / sets : 0;
        worse[1][i] += isWorse(alone) ? 100.0 / sets : 0;
      }
    }
    Seen[] seen = new Seen[quantiles.length];
    for (int i = 0; i < quantiles.length; i++) {
      seen[i] = new Seen(worse[0][i], worse[1][i]);
    }
    return seen;
  }

  private static StartedValues started(StatisticsCollector calls) {
    return CallSamples.started(calls.samples(), Measure.E2E).orElseThrow();
  }

  private static Optional<Values> values(StatisticsCollector calls) {
    return CallSamples.values(calls.samples(), Measure.E2E);
  }

  private static boolean isWorse(QuantileChange change) {
    return change.contrast().filter(known -> known.sides().low() > 0).isPresent();
  }
}
