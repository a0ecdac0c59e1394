package dev.gatlingllm.report;

import dev.gatlingllm.cost.Cost;
import dev.gatlingllm.decision.Worth;
import dev.gatlingllm.stats.CallCounts;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Goodput;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.Spillover;
import dev.gatlingllm.stats.Throughput;
import dev.gatlingllm.text.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A headline number of the page.
 *
 * @param label what it is
 * @param value the number, or a dash
 * @param unit of the number; empty beside a dash
 * @param remarks its n, its interval, or why there is a dash
 * @param definition what it means
 */
record Tile(String label, String value, String unit, List<String> remarks, String definition) {

  /**
   * The tiles of a run: of several loads one after another only sums, since a rate or a percentile
   * of all of them describes none; of a capacity search none.
   */
  static List<Tile> of(RunReport report) {
    if (report.capacity().isPresent()) {
      return List.of();
    }
    CallStatistics calls = report.statistics().overall();
    List<Tile> tiles = new ArrayList<>();
    if (report.statistics().views().levels().isEmpty()) {
      tiles.addAll(ofOneLoad(report, calls));
    }
    tiles.add(started(report, calls));
    report.cost().ifPresent(cost -> tiles.add(cost(cost)));
    return tiles;
  }

  private static List<Tile> ofOneLoad(RunReport report, CallStatistics calls) {
    List<Tile> tiles = new ArrayList<>();
    tiles.add(percentile(calls, Measure.TTFT, Quantile.P50));
    tiles.add(percentile(calls, Measure.TTFT, Quantile.P95));
    tiles.add(percentile(calls, Measure.TOKENS_PER_SECOND, Quantile.P50));
    tiles.add(percentile(calls, Measure.TOKENS_PER_SECOND, Quantile.P10));
    tiles.add(percentile(calls, Measure.E2E, Quantile.P50));
    tiles.add(percentile(calls, Measure.E2E, Quantile.P95));
    tiles.add(requestsPerMinute(calls));
    tiles.add(outputTokensPerMinute(calls));
    calls.goodput().ifPresent(goodput -> tiles.add(goodput(goodput)));
    tiles.add(success(calls, report.planned().unknown()));
    return tiles;
  }

  private static Tile cost(Cost cost) {
    List<String> remarks =
        new ArrayList<>(
            cost.perThousandCalls().stream()
                .map(amount -> Figures.amount(amount) + " per 1,000 succeeded calls")
                .toList());
    if (!cost.spilled().isEmpty()) {
      remarks.add(Figures.amount(cost.ofSpilled()) + " more for calls spilled over");
    }
    return of(
        "Cost",
        Figures.amount(cost.total()),
        cost.currency(),
        remarks,
        "What the run cost at the prices in its prices.conf, or in the file that was given.");
  }

  private static Tile started(RunReport report, CallStatistics calls) {
    Spillover spillover = report.statistics().spillover();
    long inFlight = report.planned().unknown();
    List<String> remarks = new ArrayList<>();
    if (inFlight + calls.counts().unfinished() > 0) {
      remarks.add(Figures.count(inFlight + calls.counts().unfinished()) + " in flight at the end");
    }
    remarks.add(Figures.count(calls.counts().failed()) + " failed");
    if (calls.counts().throttled() > 0) {
      remarks.add(Figures.count(calls.counts().throttled()) + " of them throttled");
    }
    if (calls.counts().cancelled() > 0) {
      remarks.add(Figures.count(calls.counts().cancelled()) + " cancelled by the client");
    }
    if (spillover.calls() > 0) {
      remarks.add(Figures.count(spillover.calls()) + " more spilled over, in no tile");
    }
    return of(
        "Calls started",
        Figures.count(calls.counts().started() + inFlight),
        "",
        remarks,
        "Calls that were sent. Retries of a call are not counted again.");
  }

  /**
   * What share of the calls succeeded: of those that never ended, nobody knows whether they would
   * have, so there are two ends of what it can be.
   *
   * @param inFlight calls that were in flight when the run was killed, which are not on record
   */
  private static Tile success(CallStatistics calls, long inFlight) {
    CallCounts counts = calls.counts();
    long unknown = inFlight + counts.startedToStay() - counts.judged();
    List<String> remarks = new ArrayList<>();
    remarks.add("n = " + Figures.count(counts.judged() + unknown));
    if (unknown > 0) {
      remarks.add(Figures.count(unknown) + " of them unknown");
    }
    if (counts.failed() > 0) {
      remarks.add(Figures.count(counts.failed()) + " failed");
    }
    if (calls.dataQuality().blockedAnswers() > 0) {
      remarks.add(Figures.count(calls.dataQuality().blockedAnswers()) + " blocked by a filter");
    }
    return of(
        "Success rate",
        successPercent(counts, unknown),
        "%",
        remarks,
        "Succeeded ÷ started, without calls that the client was to cancel; with calls that never"
            + " ended, from none of them to all of them succeeding. A call succeeds if its answer"
            + " is complete and passes every check.");
  }

  private static String successPercent(CallCounts counts, long unknown) {
    if (unknown == 0) {
      return Figures.percent(counts.successPercent());
    }
    double succeeded = counts.succeededToStay();
    double all = (double) counts.judged() + unknown;
    String least = Figures.percent(OptionalDouble.of(100 * succeeded / all));
    return least + "–" + Figures.percent(OptionalDouble.of(100 * (succeeded + unknown) / all));
  }

  private static Tile percentile(CallStatistics calls, Measure measure, Quantile quantile) {
    Distribution distribution = calls.of(measure);
    List<String> remarks = new ArrayList<>(remarks(distribution, quantile));
    if (measure == Measure.TOKENS_PER_SECOND && calls.dataQuality().streams().buffered() > 0) {
      remarks.add(Figures.signedPercent(calls.dataQuality().streams().percent()) + " buffered");
    }
    return of(
        measure.label() + " " + quantile.label(),
        Figures.number(distribution.at(quantile)),
        measure.unit(),
        remarks,
        measure.definition());
  }

  private static List<String> remarks(Distribution distribution, Quantile quantile) {
    if (distribution.n() == 0) {
      return List.of("not measured");
    }
    List<String> remarks = new ArrayList<>();
    remarks.add("n = " + Figures.count(distribution.n()) + worth(distribution));
    if (distribution.at(quantile).isEmpty()) {
      remarks.add(StatisticsTable.needs(quantile));
    }
    distribution.intervalOf(quantile).ifPresent(ends -> remarks.add(IntervalText.of(ends)));
    return remarks;
  }

  private static String worth(Distribution distribution) {
    double worth = distribution.worth().orElse((double) distribution.n());
    return Worth.isLess(distribution.n(), worth)
        ? ", worth " + Figures.count(Math.round(worth))
        : "";
  }

  private static Tile requestsPerMinute(CallStatistics calls) {
    Throughput throughput = calls.throughput();
    return of(
        "Completed rpm",
        Figures.number(throughput.requestsPerMinute()),
        "1/min",
        List.of("started " + Figures.number(throughput.startedPerMinute()), rateBase(calls)),
        "Succeeded calls ÷ load time. " + Throughput.LOAD_TIME);
  }

  private static Tile outputTokensPerMinute(CallStatistics calls) {
    Throughput throughput = calls.throughput();
    return of(
        "Output tpm",
        Figures.number(throughput.outputTokensPerMinute()),
        "tok/min",
        List.of("input " + Figures.number(throughput.inputTokensPerMinute()), rateBase(calls)),
        "Output tokens of succeeded calls ÷ load time. " + Throughput.LOAD_TIME);
  }

  /** What a rate rests on, or why there is none. */
  private static String rateBase(CallStatistics calls) {
    OptionalDouble seconds = calls.throughput().loadSeconds();
    if (seconds.isPresent()) {
      return Figures.count(calls.counts().succeeded())
          + " calls in "
          + Figures.number(seconds)
          + " s of load";
    }
    return calls.counts().succeeded() == 0 ? "no call succeeded" : Throughput.NO_LOAD_TIME;
  }

  private static Tile goodput(Goodput goodput) {
    List<String> limits = new ArrayList<>();
    goodput.objectives().ttft().ifPresent(limit -> limits.add("TTFT ≤ " + millis(limit)));
    goodput.objectives().tpot().ifPresent(limit -> limits.add("TPOT ≤ " + millis(limit)));
    goodput.objectives().e2e().ifPresent(limit -> limits.add("e2e ≤ " + millis(limit)));
    return of(
        "Goodput",
        Figures.percent(goodput.percent()),
        "%",
        limits,
        "Calls that succeeded, were not blocked by a filter and kept every limit ÷ calls started: "
            + Figures.number(goodput.perSecond())
            + " per second of load time.");
  }

  private static String millis(Duration limit) {
    return Figures.number(limit.toNanos() / 1e6) + " ms";
  }

  private static Tile of(
      String label, String value, String unit, List<String> remarks, String definition) {
    return new Tile(label, value, value.equals(Figures.DASH) ? "" : unit, remarks, definition);
  }
}
