package dev.gatlingllm.capacity;

import dev.gatlingllm.stats.Interval;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The table of reports/statistics.md on searches of which the truth is known: how far off they are,
 * how often their interval holds it, and how many calls they take. The same numbers every time.
 */
public final class SearchTables {

  private static final double PRECISION = 0.05;
  private static final double ALLOWED = 0.05;
  private static final int SERVERS = 10;

  /** Seconds; a call takes one of them on average. */
  private static final double MARKOV_WAIT = 1.5;

  private static final double LOGNORMAL_WAIT = 0.6;
  private static final double SIGMA = 0.3;
  private static final int QUOTA = 500;
  private static final List<SearchLimit> LIMITS =
      List.of(
          new SearchLimit("llm.slo.ttft.p95", ALLOWED),
          new SearchLimit("llm.slo.failures", ALLOWED));

  private SearchTables() {}

  /** An endpoint, made anew for each seed. */
  private record Case(
      String name, double truth, double waitLimit, Function<Random, VirtualEndpoint> endpoint) {}

  private record Found(double error, boolean held, long calls, double minutes, int probes) {}

  /** Prints the table. */
  public static void print(int seeds, PrintStream out) {
    out.println(
        "| endpoint | true rate | within 5 % | interval holds it | error p5, p50, p95 | calls p50,"
            + " p90 | minutes p50, p90 | probes |");
    out.println("|---|--:|--:|--:|--:|--:|--:|--:|");
    List<Case> cases =
        List.of(
            new Case(
                "M/M/10, 95 % wait ≤ 1.5 s",
                60 * markovRate(SERVERS, MARKOV_WAIT, ALLOWED),
                MARKOV_WAIT,
                random -> new QueueEndpoint(SERVERS, exponential(random))),
            new Case(
                "M/G/10, lognormal σ 0.3, 95 % wait ≤ 0.6 s",
                60 * lognormalRate(1_000_000),
                LOGNORMAL_WAIT,
                random -> new QueueEndpoint(SERVERS, lognormal(random))),
            new Case("500 a minute, fixed window", QUOTA, 1, random -> QuotaEndpoint.window(QUOTA)),
            new Case(
                "500 a minute, bucket of 10 s",
                QUOTA,
                1,
                random -> QuotaEndpoint.bucket(QUOTA, 10)));
    cases.forEach(one -> out.println(row(one, seeds)));
  }

  private static String row(Case one, int seeds) {
    List<Found> all = IntStream.rangeClosed(1, seeds).mapToObj(seed -> found(one, seed)).toList();
    double[] errors = all.stream().mapToDouble(Found::error).sorted().toArray();
    double[] calls = all.stream().mapToDouble(Found::calls).sorted().toArray();
    double[] minutes = all.stream().mapToDouble(Found::minutes).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.0f %% | %.0f %% | %+.1f, %+.1f, %+.1f %% | %,.0f, %,.0f | %.0f, %.0f |"
            + " %.0f |",
        one.name(),
        one.truth(),
        100.0 * all.stream().filter(found -> Math.abs(found.error()) <= 0.05).count() / seeds,
        100.0 * all.stream().filter(Found::held).count() / seeds,
        100 * at(errors, 0.05),
        100 * at(errors, 0.5),
        100 * at(errors, 0.95),
        at(calls, 0.5),
        at(calls, 0.9),
        at(minutes, 0.5),
        at(minutes, 0.9),
        all.stream().mapToInt(Found::probes).average().orElseThrow());
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  private static Found found(Case one, int seed) {
    Random random = new Random(seed);
    LoadSearch search = new LoadSearch(settings(), LIMITS);
    VirtualSearch run =
        new VirtualSearch(
            search, one.endpoint().apply(random), exponential(random), one.waitLimit(), 1);
    SearchFinding found = run.run();
    Interval interval = found.interval().orElse(Interval.OPEN);
    return new Found(
        found.load().orElse(0) / one.truth() - 1,
        interval.hasHigh() && interval.low() <= one.truth() && one.truth() <= interval.high(),
        run.calls(),
        run.seconds() / 60,
        search.probes().size());
  }

  private static SearchSettings settings() {
    return new SearchSettings(
        60,
        OptionalDouble.empty(),
        PRECISION,
        Duration.ofSeconds(20),
        Duration.ofMinutes(10),
        Duration.ofMinutes(2),
        Duration.ofMinutes(1),
        false);
  }

  /** The arrivals per second at which a share of calls waits for longer, in a queue M/M/c. */
  static double markovRate(int servers, double wait, double allowed) {
    double low = 0;
    double high = servers;
    while (high - low > 1e-9) {
      double load = (low + high) / 2;
      double longer = erlangC(servers, load) * Math.exp(-(servers - load) * wait);
      if (longer < allowed) {
        low = load;
      } else {
        high = load;
      }
    }
    return low;
  }

  /** The share of calls that wait (A. K. Erlang, 1917). */
  private static double erlangC(int servers, double load) {
    double blocked = 1;
    for (int i = 1; i <= servers; i++) {
      blocked = load * blocked / (i + load * blocked);
    }
    return servers * blocked / (servers - load * (1 - blocked));
  }

  /** As {@link #markovRate}, found by simulating so many calls at each rate that is tried. */
  private static double lognormalRate(int calls) {
    double low = 0.5 * SERVERS;
    double high = SERVERS;
    while (high - low > 0.001 * SERVERS) {
      double rate = (low + high) / 2;
      if (shareThatWaits(rate, calls) < ALLOWED) {
        low = rate;
      } else {
        high = rate;
      }
    }
    return low;
  }

  private static double shareThatWaits(double rate, int calls) {
    Random random = new Random(7);
    QueueEndpoint queue = new QueueEndpoint(SERVERS, lognormal(random));
    DoubleSupplier gap = exponential(random);
    double arrival = 0;
    int longer = 0;
    for (int call = 0; call < calls; call++) {
      arrival += gap.getAsDouble() / rate;
      longer += queue.call(arrival).waited() > LOGNORMAL_WAIT ? 1 : 0;
    }
    return (double) longer / calls;
  }

  /** Mean 1. */
  private static DoubleSupplier lognormal(Random random) {
    return () -> Math.exp(SIGMA * random.nextGaussian() - SIGMA * SIGMA / 2);
  }

  /** Mean 1. */
  static DoubleSupplier exponential(Random random) {
    return () -> -Math.log(1 - random.nextDouble());
  }
}
