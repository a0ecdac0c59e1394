package dev.gatlingllm.decision;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/** Latencies in the order of their calls, with known percentiles. */
enum DependentSeries {
  EXPONENTIAL("exponential") {
    @Override
    double[] draw(int n, RandomGenerator random) {
      double[] values = new double[n];
      Arrays.setAll(values, i -> exponential(random));
      return values;
    }

    @Override
    double percentile(double share) {
      return -Math.log(1 - share);
    }
  },
  LOGNORMAL("lognormal") {
    @Override
    double[] draw(int n, RandomGenerator random) {
      return autoregressive(n, 0, random);
    }
  },
  BIMODAL("bimodal") {
    @Override
    double[] draw(int n, RandomGenerator random) {
      double[] values = new double[n];
      Arrays.setAll(
          values,
          i ->
              (random.nextDouble() < FAST ? 200 : 900)
                  * Math.exp(BIMODAL_SPREAD * random.nextGaussian()));
      return values;
    }

    @Override
    double percentile(double share) {
      double low = 1;
      double high = 10_000;
      while (high / low > 1 + 1e-12) {
        double middle = Math.sqrt(low * high);
        if (FAST * below(middle, 200) + (1 - FAST) * below(middle, 900) < share) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return low;
    }
  },
  AR_05("AR(1) 0.5") {
    @Override
    double[] draw(int n, RandomGenerator random) {
      return autoregressive(n, 0.5, random);
    }
  },
  AR_09("AR(1) 0.9") {
    @Override
    double[] draw(int n, RandomGenerator random) {
      return autoregressive(n, 0.9, random);
    }
  },
  QUEUE_50("M/M/1 50 %") {
    @Override
    double[] draw(int n, RandomGenerator random) {
      return queue(n, 0.5, random);
    }

    @Override
    double percentile(double share) {
      return -Math.log(1 - share) / 0.5;
    }
  },
  QUEUE_70("M/M/1 70 %") {
    @Override
    double[] draw(int n, RandomGenerator random) {
      return queue(n, 0.7, random);
    }

    @Override
    double percentile(double share) {
      return -Math.log(1 - share) / 0.3;
    }
  };

  private static final double SPREAD = 0.5;
  private static final double BIMODAL_SPREAD = 0.1;
  private static final double FAST = 0.8;
  private static final int CALLS_BEFORE = 3000;
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  private final String text;

  DependentSeries(String text) {
    this.text = text;
  }

  abstract double[] draw(int n, RandomGenerator random);

  /** The true percentile; of a lognormal distribution unless a series says otherwise. */
  double percentile(double share) {
    return Math.exp(SPREAD * NORMAL.inverseCumulativeProbability(share));
  }

  @Override
  public String toString() {
    return text;
  }

  private static double exponential(RandomGenerator random) {
    return -Math.log(1 - random.nextDouble());
  }

  private static double below(double value, double median) {
    return NORMAL.cumulativeProbability(Math.log(value / median) / BIMODAL_SPREAD);
  }

  /** The logarithm is normal, with a correlation of neighbours, and stationary from the start. */
  private static double[] autoregressive(int n, double correlation, RandomGenerator random) {
    double[] values = new double[n];
    double z = random.nextGaussian();
    for (int i = 0; i < n; i++) {
      values[i] = Math.exp(SPREAD * z);
      z = correlation * z + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
    }
    return values;
  }

  /** Sojourn times: D. V. Lindley, The theory of queues with a single server (1952). */
  static double[] queue(int n, double load, RandomGenerator random) {
    return queue(n, CALLS_BEFORE, load, random);
  }

  /** The same from an empty queue on, also above capacity. */
  static double[] filling(int n, double load, RandomGenerator random) {
    return queue(n, 0, load, random);
  }

  private static double[] queue(int n, int before, double load, RandomGenerator random) {
    double[] values = new double[n];
    double wait = 0;
    for (int i = -before; i < n; i++) {
      double service = exponential(random);
      if (i >= 0) {
        values[i] = wait + service;
      }
      wait = Math.max(0, wait + service - exponential(random) / load);
    }
    return values;
  }
}
