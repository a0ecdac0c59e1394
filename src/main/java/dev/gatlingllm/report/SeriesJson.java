package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.stats.Bucket;
import dev.gatlingllm.stats.OverTime;
import dev.gatlingllm.stats.OverTime.Place;
import dev.gatlingllm.stats.Stage;
import dev.gatlingllm.stats.TimeSeries;
import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** The course over time in the page's data: one array per line of a chart. */
public final class SeriesJson {

  private SeriesJson() {}

  public static void write(TimeSeries series, ObjectNode node) {
    JsonNumbers.put(node, "widthSeconds", series.widthSeconds());
    column("startSeconds", bucket -> OptionalDouble.of(bucket.startSeconds()), series, node);
    slices(series, node);
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

  /** What tells slices from whole ones in a row: where they are cut, and the stages they are in. */
  private static void slices(TimeSeries series, ObjectNode node) {
    List<Bucket> buckets = series.buckets();
    if (buckets.stream().anyMatch(bucket -> bucket.seconds() < series.widthSeconds())) {
      column("seconds", bucket -> OptionalDouble.of(bucket.seconds()), series, node);
    }
    ArrayNode partial = VisibleJson.mapper().createArrayNode();
    for (int i = 0; i < buckets.size(); i++) {
      if (!buckets.get(i).told()) {
        partial.add(i);
      }
    }
    if (!partial.isEmpty()) {
      node.set("partial", partial);
    }
    if (!series.stages().isEmpty()) {
      ArrayNode stages = node.putArray("stages");
      for (Stage stage : series.stages()) {
        stages
            .addArray()
            .add(stage.name())
            .add(Figures.rounded(stage.fromSeconds()))
            .add(Figures.rounded(stage.toSeconds()));
      }
      ArrayNode stage = node.putArray("stage");
      buckets.forEach(bucket -> stage.add(bucket.stage()));
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
