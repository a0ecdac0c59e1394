package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.config.SloConfig;
import dev.gatlingllm.gatling.call.MetricNames;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.secret.Redaction;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.text.PlainText;
import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.OK$;
import io.gatling.commons.stats.Status;
import io.gatling.core.session.GroupBlock;
import io.gatling.core.stats.StatsEngine;
import io.gatling.javaapi.core.internal.Converters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import scala.Option;

/**
 * Tells Gatling about a call: the request once, inside of groups whose own values are our measures.
 * Such groups are rows of Gatling's report and can be asserted on, and the number of requests stays
 * the number of calls. Groups that hold no request can be asserted on but are not drawn.
 *
 * <p>A call that a provisioned deployment handed over, or that the client cancelled, has groups of
 * its own: no limit at the path of the others counts it.
 */
final class GatlingMetrics {

  private final StatsEngine stats;
  private final RunClock clock;
  private final CallObjectives objectives;

  GatlingMetrics(StatsEngine stats, RunClock clock, SloConfig slo) {
    this.stats = stats;
    this.clock = clock;
    this.objectives = new CallObjectives(slo.callTtft(), slo.callTpot(), slo.callE2e());
  }

  /** The interval that Gatling is told for a call, epoch milliseconds. */
  record Interval(long startMillis, long endMillis) {}

  Interval interval(CallRecord call) {
    long start = call.times().start().orElse(call.times().arrival());
    long startMillis = clock.epochMillis(clock.originNanos() + start);
    return new Interval(startMillis, startMillis + Math.round((call.times().end() - start) / 1e6));
  }

  void log(String scenario, CallRecord call) {
    Interval interval = interval(call);
    boolean cancelled = call.outcome() == Outcome.CANCELLED;
    String name =
        call.name()
            + (call.served().spilledOver() ? MetricNames.SPILLED_OVER : "")
            + (cancelled ? MetricNames.CANCELLED : "");
    List<String> groups = append(call.groups(), name);
    List<String> ttft = append(groups, MetricNames.TTFT);
    List<String> rate = append(ttft, MetricNames.TOKENS_PER_SECOND);

    stats.logResponse(
        scenario,
        scala(rate),
        MetricNames.CALL,
        interval.startMillis(),
        interval.endMillis(),
        status(call),
        Option.empty(),
        call.error().isEmpty()
            ? Option.empty()
            : Option.apply(PlainText.line(Redaction.line(call.error()))));

    Values values = new Values(scenario, interval);
    values.log(groups, cancelled ? untilCancelled(interval) : Measure.E2E.of(call));
    values.log(ttft, Measure.TTFT.of(call));
    values.log(rate, Measure.TOKENS_PER_SECOND.of(call));
    values.log(append(groups, MetricNames.TPOT_MICROS), scaled(Measure.TPOT.of(call), 1000));
    values.log(append(groups, MetricNames.MAX_INTER_CHUNK), Measure.MAX_INTER_CHUNK.of(call));
    values.log(append(groups, MetricNames.SCHEDULE_DELAY), Measure.SCHEDULE_DELAY.of(call));
    if (call.cancel().cancels()) {
      return;
    }
    boolean good = objectives.metBy(call);
    values.log(
        append(groups, MetricNames.GOODPUT),
        OptionalDouble.of(good ? 100 : 0),
        good ? OK$.MODULE$ : KO$.MODULE$);
  }

  /** How long the client waited: a group without a value would be a row of no call. */
  private static OptionalDouble untilCancelled(Interval interval) {
    return OptionalDouble.of((double) (interval.endMillis() - interval.startMillis()));
  }

  private static Status status(CallRecord call) {
    boolean well = call.outcome() == Outcome.SUCCEEDED || call.outcome() == Outcome.CANCELLED;
    return well ? OK$.MODULE$ : KO$.MODULE$;
  }

  private static OptionalDouble scaled(OptionalDouble value, double factor) {
    return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * factor) : value;
  }

  private static List<String> append(List<String> path, String last) {
    List<String> longer = new ArrayList<>(path.size() + 1);
    longer.addAll(path);
    longer.add(last);
    return longer;
  }

  private static scala.collection.immutable.List<String> scala(List<String> path) {
    return Converters.toScalaSeq(path.stream().map(Redaction::text).toList()).toList();
  }

  /** Logs values as the cumulated response times of groups. */
  private final class Values {
    private final String scenario;
    private final Interval interval;

    Values(String scenario, Interval interval) {
      this.scenario = scenario;
      this.interval = interval;
    }

    void log(List<String> path, OptionalDouble value) {
      log(path, value, OK$.MODULE$);
    }

    void log(List<String> path, OptionalDouble value, Status status) {
      if (value.isEmpty()) {
        return;
      }
      int rounded = (int) Math.min(Integer.MAX_VALUE, Math.round(value.getAsDouble()));
      // An interval beyond the end of the call would stretch the time axis of Gatling's report.
      long exit = Math.min(interval.startMillis() + rounded, interval.endMillis());
      stats.logGroupEnd(
          scenario,
          new GroupBlock(scala(path), interval.startMillis(), rounded, status),
          Math.max(exit, interval.startMillis()));
    }
  }
}
