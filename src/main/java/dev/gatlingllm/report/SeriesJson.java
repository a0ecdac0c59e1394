package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.Bucket;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.TimeSeries;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** The course over time in the page's data: one array per line of a chart. */
public final class SeriesJson {

  private SeriesJson() {}

  public static void write(TimeSeries series, ObjectNode node) {
    JsonNumbers.put(node, "widthSeconds", series.widthSeconds());
    column("startSeconds", bucket -> OptionalDouble.of(bucket.startSeconds()), series, node);
    column("startedPerMinute", b -> series.perMinute(b, b.started()), series, node);
    column("succeededPerMinute", b -> series.perMinute(b, b.succeeded()), series, node);
    column("failed", bucket -> OptionalDouble.of((double) bucket.failed()), series, node);
    column("inFlight", bucket -> OptionalDouble.of(bucket.inFlight()), series, node);
    column("outputTokensPerSecond", Bucket::outputTokensPerSecond, series, node);
    column("ttftP50", bucket -> bucket.ttft().median(), series, node);
    column("ttftP95", bucket -> bucket.ttft().at(Quantile.P95), series, node);
    column("ttftMax", bucket -> bucket.ttft().max(), series, node);
    column("tokensPerSecondP50", bucket -> bucket.tokensPerSecond().median(), series, node);
    column("tokensPerSecondMin", bucket -> bucket.tokensPerSecond().min(), series, node);
    column("e2eP50", bucket -> bucket.e2e().median(), series, node);
    column("e2eP95", bucket -> bucket.e2e().at(Quantile.P95), series, node);
    column("e2eMax", bucket -> bucket.e2e().max(), series, node);
    column("utilizationMean", bucket -> bucket.utilization().mean(), series, node);
    column("utilizationP95", bucket -> bucket.utilization().at(Quantile.P95), series, node);
    column("utilizationMax", bucket -> bucket.utilization().max(), series, node);
    column("remainingRequests", bucket -> number(bucket.remainingRequests()), series, node);
    column("remainingTokens", bucket -> number(bucket.remainingTokens()), series, node);
    column("scheduleDelayP50", bucket -> bucket.scheduleDelay().median(), series, node);
    column("scheduleDelayP99", bucket -> bucket.scheduleDelay().at(Quantile.P99), series, node);
    column("scheduleDelayMax", bucket -> bucket.scheduleDelay().max(), series, node);
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
