package dev.gatlingllm.report;

import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.record.CapacityResult.Probe;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.OptionalDouble;

/** What a capacity search found, in words and as a table of its probes. */
public final class CapacityText {

  private static final String MOVE_THE_CLIENT =
      "Move the client to a machine with more to spare, and search again.";

  private CapacityText() {}

  /** A probe in one line: {@code probe 3, 240 a minute: missed after 91 s …}. */
  public static String line(Probe probe, boolean clients) {
    return "probe "
        + probe.number()
        + ", "
        + load(probe.load(), clients)
        + ": "
        + probe.decision()
        + ", "
        + why(probe)
        + " after "
        + Figures.number(probe.seconds())
        + " s; "
        + Count.of(probe.calls(), "call")
        + ", "
        + Figures.percent(probe.keptPercent())
        + " % keep "
        + probe.limit();
  }

  private static String why(Probe probe) {
    return switch (probe.ended()) {
      case "met", "missed" ->
          probe.ended().equals(probe.decision()) ? "shown" : "clear by all probes together";
      case "backlog" -> "calls piled up";
      case "quota" -> "refused by a quota";
      case "precise" -> "all probes together are precise enough";
      case "client" -> "the client was the limit";
      case "spent" -> "the search may take no more";
      default -> "time up";
    };
  }

  private static String load(double load, boolean clients) {
    return clients
        ? Count.of(Math.round(load), "client")
        : Figures.number(load) + " calls a minute";
  }

  /** What was found, in one or more sentences. */
  static String found(CapacityResult result) {
    if (result.load().isEmpty()) {
      return nothing(result);
    }
    if (result.limitedBy().equals("spent") && clientLimit(result).isPresent()) {
      return "The search ended before it knew the capacity: it may take no more"
          + " (llm.capacity.atMost). At "
          + load(clientLimit(result).getAsDouble(), result.clients())
          + " this client was the limit, so the numbers beyond are not the service's."
          + said(result);
    }
    String load = load(result.load().getAsDouble(), result.clients());
    String interval =
        result.low95().isPresent()
            ? " (95 % interval "
                + Figures.number(result.low95())
                + " to "
                + Figures.number(result.high95())
                + ")"
            : "";
    String carries =
        switch (result.limitedBy()) {
          case "limit" -> "The endpoint carries " + load + interval + ": " + reached(result) + ".";
          case "quota" ->
              "The service lets "
                  + load
                  + " through"
                  + interval
                  + ": a quota refuses what is more.";
          case "client" ->
              "The endpoint carries at least "
                  + load
                  + ": beyond that this client was the limit, so its capacity is not known.";
          case "range" ->
              "The endpoint carries at least "
                  + load
                  + ": every limit still held at llm.capacity.to, the greatest load that was"
                  + " tried.";
          default ->
              "The search ended before it knew the capacity: it may take no more"
                  + " (llm.capacity.atMost). So far "
                  + (interval.isEmpty() ? "at least " : "")
                  + load
                  + interval
                  + ".";
        };
    return carries + said(result) + held(result) + at(result);
  }

  /** The least load at which the client was the limit. */
  private static OptionalDouble clientLimit(CapacityResult result) {
    return result.probes().stream()
        .filter(probe -> probe.ended().equals("client"))
        .mapToDouble(Probe::load)
        .min();
  }

  private static String nothing(CapacityResult result) {
    return switch (result.limitedBy()) {
      case "everything" ->
          "No load is low enough: limits were missed at every one, down to "
              + lowest(result)
              + "."
              + said(result);
      case "client" -> "The client was the limit at the first load, so nothing is known.";
      case "" ->
          "The search was cut short after "
              + Count.of(result.probes().size(), "probe")
              + ", so the capacity is not known.";
      default ->
          "The search ended before it knew anything: it may take no more (llm.capacity.atMost).";
    };
  }

  private static String lowest(CapacityResult result) {
    double lowest = result.probes().stream().mapToDouble(Probe::load).min().orElse(0);
    return load(lowest, result.clients());
  }

  private static String reached(CapacityResult result) {
    return "beyond that " + result.limit() + " is missed";
  }

  private static String said(CapacityResult result) {
    return result.said().isEmpty() ? "" : " It said: “" + result.said() + "”.";
  }

  private static String held(CapacityResult result) {
    return result.held().isPresent()
        ? " " + load(result.held().getAsDouble(), result.clients()) + " were held at the end."
        : "";
  }

  private static String at(CapacityResult result) {
    if (result.tokensPerMinute().isEmpty() || result.inFlight().isEmpty()) {
      return "";
    }
    String rate = result.clients() ? Figures.number(result.ratePerMinute()) + " calls and " : "";
    return " That is "
        + rate
        + Figures.number(result.tokensPerMinute())
        + " tokens a minute, with "
        + Figures.number(result.inFlight())
        + " calls in flight.";
  }

  /** How sure that is, and what it took. */
  static String sure(CapacityResult result) {
    String precise =
        result.low95().isPresent() && !result.found()
            ? "That is less precise than ± "
                + Figures.plain(result.precisionPercent())
                + " % (llm.capacity.precision). "
            : "";
    return precise
        + "The search took "
        + Figures.count(result.calls())
        + (result.calls() == 1 ? " call, " : " calls, ")
        + Figures.count(result.tokens())
        + " tokens and "
        + Figures.duration(result.seconds())
        + ".";
  }

  /** What to do next. */
  static String next(CapacityResult result) {
    return switch (result.limitedBy()) {
      case "limit" ->
          "Run "
              + (result.clients() ? "-Dllm.load.clients=" : "-Dllm.load.rpm=")
              + Figures.plain(Math.floor(result.held().orElse(result.low95().orElse(0))))
              + " with the same limits to gate on this load.";
      case "quota" -> "Ask for more quota, or plan with this rate.";
      case "client" -> MOVE_THE_CLIENT;
      case "range" -> "Raise or leave out -Dllm.capacity.to to find the end.";
      case "everything" -> "Loosen the limits, or begin lower: -Dllm.capacity.from.";
      default ->
          clientLimit(result).isPresent()
              ? MOVE_THE_CLIENT
              : "Search again with more to spend (-Dllm.capacity.atMost.duration), or ask for less"
                  + " precision (-Dllm.capacity.precision).";
    };
  }

  /** Why the run has failed; empty if the search has found what it was to find. */
  public static String failure(CapacityResult result) {
    boolean known =
        result.over()
            && (result.found()
                || (result.limitedBy().equals("range") && result.load().isPresent()));
    return known ? "" : found(result);
  }

  /** The probes, the first one first. */
  static Table probes(CapacityResult result) {
    return Columns.of(Kind.NUMBER, "probe")
        .and(Kind.TEXT, "purpose")
        .numbers(
            result.clients() ? "clients" : "calls/min",
            "s",
            "calls",
            "worth",
            "failed",
            "throttled",
            "keep, %")
        .and(Kind.TEXT, "decision", "ended by", "limit")
        .numbers("rpm", "tok/min", "in flight", "TTFT p50", "TTFT p95", "e2e p50", "e2e p95")
        .with(
            "Probes of the capacity search",
            "One load after another. keep: calls that keep the limit that came nearest to being"
                + " missed. rpm, tok/min: of succeeded calls. Latencies in ms; p95 takes 100"
                + " succeeded calls.",
            result.probes().stream().map(CapacityText::row).toList());
  }

  private static List<Cell> row(Probe probe) {
    return Cell.row(
        Integer.toString(probe.number()),
        probe.purpose(),
        Figures.number(probe.load()),
        Figures.number(probe.seconds()),
        Figures.count(probe.calls()),
        Figures.count(Math.round(probe.worth())),
        Figures.count(probe.failed()),
        Figures.count(probe.throttled()),
        Figures.percent(probe.keptPercent()),
        probe.decision(),
        probe.ended(),
        probe.limit(),
        number(probe.ratePerMinute()),
        number(probe.tokensPerMinute()),
        number(probe.inFlight()),
        number(ttftP50(probe)),
        number(ttftP95(probe)),
        number(e2eP50(probe)),
        number(e2eP95(probe)));
  }

  static OptionalDouble ttftP50(Probe probe) {
    return carried(probe, Quantile.P50, probe.ttftP50Millis());
  }

  static OptionalDouble ttftP95(Probe probe) {
    return carried(probe, Quantile.P95, probe.ttftP95Millis());
  }

  static OptionalDouble e2eP50(Probe probe) {
    return carried(probe, Quantile.P50, probe.e2eP50Millis());
  }

  static OptionalDouble e2eP95(Probe probe) {
    return carried(probe, Quantile.P95, probe.e2eP95Millis());
  }

  /** A percentile that is withheld in every other table is withheld of a probe. */
  private static OptionalDouble carried(Probe probe, Quantile quantile, OptionalDouble value) {
    return probe.calls() - probe.failed() < quantile.needed() ? OptionalDouble.empty() : value;
  }

  private static String number(OptionalDouble value) {
    return Figures.number(value);
  }
}
