package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.Bucket;
import dev.gatlingllm.stats.OverTime;
import dev.gatlingllm.stats.OverTime.Place;
import dev.gatlingllm.stats.TimeSeries;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** The course over time in the page's data: one array per line of a chart. */
public final class SeriesJson {

  private SeriesJson() {}

  public static void write(TimeSeries series, ObjectNode node) {
    JsonNumbers.put(node, "widthSeconds", series.widthSeconds());
    JsonNumbers.put(node, "partialSeconds", series.partialSeconds());
    column("startSeconds", bucket -> OptionalDouble.of(bucket.startSeconds()), series, node);
    column("startedPerMinute", b -> series.perMinute(b, b.started()), series, node);
    column("succeededPerMinute", b -> series.perMinute(b, b.succeeded()), series, node);
    column("failed", bucket -> OptionalDouble.of((double) bucket.failed()), series, node);
    column("inFlight", bucket -> OptionalDouble.of(bucket.inFlight()), series, node);
    column("outputTokensPerSecond", Bucket::outputTokensPerSecond, series, node);
    columns(Place.FIRST, series, node);
    columns(Place.CALLS, series, node);
    columns(Place.SERVICE, series, node);
    column("remainingRequests", bucket -> number(bucket.remainingRequests()), series, node);
    column("remainingTokens", bucket -> number(bucket.remainingTokens()), series, node);
    columns(Place.CLIENT, series, node);
    ObjectNode failures = node.putObject("failures");
    for (Outcome outcome : Outcome.values()) {
      if (series.buckets().stream().anyMatch(bucket -> bucket.failures().containsKey(outcome))) {
        column(
            outcome.code(),
            bucket -> OptionalDouble.of((double) bucket.failures().getOrDefault(outcome, 0L)),
            series,
            failures);
      }
    }
  }

  private static void columns(Place place, TimeSeries series, ObjectNode node) {
    for (OverTime one : OverTime.of(place)) {
      for (OverTime.Line line : one.lines()) {
        column(one.field(line), bucket -> line.of(bucket.of(one.measure())), series, node);
      }
    }
  }

  private static OptionalDouble number(OptionalLong count) {
    return count.isPresent()
        ? OptionalDouble.of((double) count.getAsLong())
        : OptionalDouble.empty();
  }

  private static void column(
      String name, Function<Bucket, OptionalDouble> value, TimeSeries series, ObjectNode node) {
    ArrayNode column = node.putArray(name);
    series.buckets().forEach(bucket -> JsonNumbers.add(column, value.apply(bucket)));
  }
}
