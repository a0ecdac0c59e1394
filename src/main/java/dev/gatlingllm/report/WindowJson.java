package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.CallWindows;
import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.LogHistogram;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.RunStatistics;
import dev.gatlingllm.text.Figures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the page counts the calls of a window of time from. Of few calls a column for each measure,
 * a place for each call; of many, histograms by row and slice of time.
 */
final class WindowJson {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

  private WindowJson() {}

  static void write(RunStatistics statistics, ObjectNode node) {
    CallWindows windows = statistics.windows();
    node.put("withheld", windows.withheld());
    keys(statistics.byKey(), node.putArray("keys"));
    outcomes(node.putArray("outcomes"));
    quantiles(windows.rule(), node.putArray("quantiles"));
    ArrayNode measures = node.putArray("measures");
    for (Measure measure : CallWindows.MEASURES) {
      measures
          .addObject()
          .put("field", measure.field())
          .put("label", measure.label())
          .put("unit", measure.unit())
          .put("rate", measure.direction() == Direction.HIGH_IS_GOOD);
    }
    if (windows.sliceSeconds() == 0) {
      calls(windows.calls(), node.putObject("calls"));
    } else {
      slices(windows, node);
    }
  }

  private static void keys(List<CallStatistics> byKey, ArrayNode node) {
    for (CallStatistics calls : byKey) {
      CallKey key = calls.key();
      ObjectNode item = node.addObject();
      item.put("call", key.name());
      item.put("group", String.join(" / ", key.groups()));
      ObjectNode labels = item.putObject("labels");
      key.labels().forEach(labels::put);
      item.put("apart", key.spilledOver());
    }
  }

  private static void outcomes(ArrayNode node) {
    for (Outcome outcome : OUTCOMES) {
      node.addObject()
          .put("code", outcome.code())
          .put("started", outcome.started())
          .put("failed", outcome.failed());
    }
  }

  private static void quantiles(PercentileRule rule, ArrayNode node) {
    for (Quantile quantile : Quantile.values()) {
      node.addObject()
          .put("label", quantile.label())
          .put("percent", quantile.percent())
          .put("needed", rule == PercentileRule.SHOW_ALL ? 1 : quantile.needed());
    }
  }

  private static void calls(List<CallWindows.Call> calls, ObjectNode node) {
    ArrayNode starts = node.putArray("startMillis");
    ArrayNode rows = node.putArray("row");
    ArrayNode outcomes = node.putArray("outcome");
    ArrayNode toCancel = node.putArray("toCancel");
    for (int i = 0; i < calls.size(); i++) {
      CallWindows.Call call = calls.get(i);
      starts.add(Figures.rounded(call.startNanos() / NANOS_PER_MILLI));
      rows.add(call.row());
      outcomes.add(OUTCOMES.indexOf(call.outcome()));
      if (call.toCancel()) {
        toCancel.add(i);
      }
    }
    ObjectNode values = node.putObject("values");
    for (Measure measure : CallWindows.MEASURES) {
      if (calls.stream().anyMatch(call -> call.of(measure).isPresent())) {
        ArrayNode column = values.putArray(measure.field());
        calls.forEach(call -> JsonNumbers.add(column, call.of(measure)));
      }
    }
    ObjectNode exceeded = node.putObject("exceeded");
    for (Measure measure : CallWindows.OF_A_USER) {
      if (calls.stream().anyMatch(call -> call.exceeded(measure).isPresent())) {
        ArrayNode column = exceeded.putArray(measure.field());
        calls.forEach(call -> JsonNumbers.add(column, call.exceeded(measure)));
      }
    }
  }

  private static void slices(CallWindows windows, ObjectNode node) {
    JsonNumbers.put(node, "sliceSeconds", windows.sliceSeconds());
    node.put("growth", LogHistogram.GROWTH);
    node.put("least", LogHistogram.LEAST);
    ArrayNode slices = node.putArray("slices");
    for (CallWindows.Slice slice : windows.slices()) {
      ObjectNode item = slices.addObject();
      item.put("row", slice.row());
      item.put("number", slice.number());
      counts(slice.counts().byOutcome(), item.putObject("ended"));
      if (!slice.counts().toCancel().isEmpty()) {
        counts(slice.counts().toCancel(), item.putObject("toCancel"));
      }
      histograms(slice.values(), item.putObject("values"));
      if (!slice.exceeded().isEmpty()) {
        histograms(slice.exceeded(), item.putObject("exceeded"));
      }
    }
  }

  private static void counts(Map<Outcome, Long> counts, ObjectNode node) {
    counts.forEach((outcome, count) -> node.put(outcome.code(), count));
  }

  /** The counts of buckets as text, of which an empty one is 0 characters long. */
  private static void histograms(Map<Measure, LogHistogram> histograms, ObjectNode node) {
    histograms.forEach(
        (measure, histogram) ->
            node.putArray(measure.field())
                .add(histogram.n())
                .add(Figures.rounded(histogram.mean()))
                .add(Figures.rounded(histogram.squares()))
                .add(Figures.rounded(histogram.min()))
                .add(Figures.rounded(histogram.max()))
                .add(histogram.first())
                .add(
                    Arrays.stream(histogram.counts())
                        .mapToObj(count -> count == 0 ? "" : Integer.toString(count))
                        .collect(Collectors.joining(","))));
  }
}
