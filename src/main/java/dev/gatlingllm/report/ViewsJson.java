package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.stats.Box;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.GroupStatistics;
import dev.gatlingllm.stats.LineFit;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.Views;
import dev.gatlingllm.text.Figures;
import java.util.List;

/** What the calls differ in, in the page's data. */
final class ViewsJson {

  private ViewsJson() {}

  static void write(Views views, ChartLimit.All limits, ObjectNode node) {
    ArrayNode levels = node.putArray("levels");
    for (GroupStatistics level : views.levels()) {
      ObjectNode item = levels.addObject();
      item.put("name", level.grouping().level());
      JsonNumbers.put(item, "load", level.load());
      group(level, item);
    }
    ArrayNode groups = node.putArray("groups");
    List<String> names = GroupingNames.of(views.groups());
    for (int i = 0; i < Math.min(names.size(), GroupingNames.MOST); i++) {
      group(names.get(i), views.groups().get(i), limits, groups.addObject());
    }
    ArrayNode fits = node.putArray("fits");
    views.fits().forEach(fit -> fit(fit, fits.addObject()));
  }

  private static void group(GroupStatistics group, ObjectNode node) {
    node.put("n", group.counts().succeeded());
    JsonNumbers.put(node, "errorPercent", group.counts().errorPercent());
    JsonNumbers.put(node, "requestsPerMinute", group.throughput().requestsPerMinute());
    JsonNumbers.put(node, "inputTokensPerMinute", group.throughput().inputTokensPerMinute());
    JsonNumbers.put(node, "outputTokensPerMinute", group.throughput().outputTokensPerMinute());
    ObjectNode boxes = node.putObject("boxes");
    for (Measure measure : GroupStatistics.MEASURES) {
      if (GroupStatistics.DRAWN.contains(measure)) {
        box(group.boxOf(measure), boxes.putObject(measure.field()));
      }
    }
  }

  private static void box(Box box, ObjectNode node) {
    ArrayNode five = node.putArray("five");
    box.five().forEach(value -> five.add(Figures.rounded(value)));
    ArrayNode outliers = node.putArray("outliers");
    box.outliers().forEach(value -> outliers.add(Figures.rounded(value)));
    node.put("beyond", box.beyond());
  }

  private static void group(
      String name, GroupStatistics group, ChartLimit.All limits, ObjectNode node) {
    node.put("name", name);
    group(group, node);
    bars(group, node);
    ObjectNode bins = node.putObject("bins");
    for (Measure measure : List.of(Measure.TTFT, Measure.TOKENS_PER_SECOND)) {
      DistributionJson.write(
          measure,
          group.binsOf(measure),
          group.of(measure),
          limits.ofEachCall(measure),
          bins.putObject(measure.field()));
    }
  }

  /** What bars are drawn of, each with the number of calls behind it. */
  private static void bars(GroupStatistics group, ObjectNode node) {
    node.put("ended", group.counts().ended());
    ObjectNode failed = node.putObject("failed");
    group
        .counts()
        .failures()
        .forEach((outcome, calls) -> failed.put(outcome.code(), calls.longValue()));
    median("inputTokens", group.of(Measure.INPUT_TOKENS), node);
    median("outputTokens", group.of(Measure.OUTPUT_TOKENS), node);
    JsonNumbers.put(node, "e2eMin", group.of(Measure.E2E).min());
    JsonNumbers.put(node, "e2eMax", group.of(Measure.E2E).max());
    node.put("e2eN", group.of(Measure.E2E).n());
    JsonNumbers.put(node, "perTokenMin", group.perToken().bestMillis());
    JsonNumbers.put(node, "perTokenMax", group.perToken().worstMillis());
    node.put("perTokenN", group.perToken().n());
  }

  private static void median(String field, Distribution distribution, ObjectNode node) {
    JsonNumbers.put(node, field, distribution.median());
    node.put(field + "N", distribution.n());
    distribution
        .intervalOf(Quantile.P50)
        .ifPresent(ends -> node.put(field + "Interval", IntervalText.of(ends)));
  }

  private static void fit(LineFit fit, ObjectNode node) {
    node.put("x", fit.x().field());
    node.put("y", fit.y().field());
    node.put("n", fit.n());
    // A slope per token is small: three decimals of it would be too few.
    node.put("slope", fit.slope());
    JsonNumbers.put(node, "intercept", fit.intercept());
    JsonNumbers.put(node, "r", fit.r());
  }
}
