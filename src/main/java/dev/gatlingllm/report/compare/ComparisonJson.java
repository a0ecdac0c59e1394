package dev.gatlingllm.report.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.decision.ComparisonGate;
import dev.gatlingllm.decision.KeyComparison;
import dev.gatlingllm.decision.QuantileChange;
import dev.gatlingllm.decision.ShareChange;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.report.JsonNumbers;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/**
 * {@code comparison.json}: every number that was compared. {@code change} is {@code better}, {@code
 * worse}, {@code different}, {@code none-seen} or {@code too-few}; the interval is of {@code second
 * − first}; what is absent is left out.
 */
final class ComparisonJson implements TextFormat<Comparison> {

  private static final int SCHEMA_VERSION = 2;

  @Override
  public String fileName() {
    return "comparison.json";
  }

  @Override
  public void write(Comparison comparison, Writer out) throws IOException {
    ComparedRuns runs = comparison.runs();
    ObjectNode root = VisibleJson.mapper().createObjectNode();
    root.put("schemaVersion", SCHEMA_VERSION);
    root.put("first", runs.firstName());
    root.put("second", runs.secondName());
    ArrayNode settings = root.putArray("settings");
    for (SettingDifference setting : runs.settings()) {
      settings
          .addObject()
          .put("key", setting.key())
          .put("first", setting.first())
          .put("second", setting.second());
    }
    runs.distrust().forEach(root.putArray("distrust")::add);
    runs.notes().forEach(root.putArray("notes")::add);
    ArrayNode judged = root.putArray("gates");
    for (ComparisonGate.Result gate : comparison.gates()) {
      judged
          .addObject()
          .put("text", gate.text())
          .put("passed", gate.passed())
          .put("actual", gate.actual());
    }
    key(runs.comparison().overall(), root.putObject("overall"));
    ArrayNode calls = root.putArray("calls");
    runs.comparison().byKey().forEach(key -> key(key, calls.addObject()));
    out.write(VisibleJson.indentedObjects(root));
  }

  private static void key(KeyComparison key, ObjectNode node) {
    node.put("path", key.key().path());
    ArrayNode measures = node.putArray("measures");
    for (QuantileChange change : key.quantiles()) {
      ObjectNode item = measures.addObject();
      item.put("measure", change.measure().field());
      item.put("statistic", change.quantile().label());
      item.put("firstN", change.firstN());
      item.put("secondN", change.secondN());
      JsonNumbers.put(item, "first", change.first());
      JsonNumbers.put(item, "second", change.second());
      interval(item, change.difference());
      JsonNumbers.put(item, "effectPercent", change.effectPercent());
      item.put("change", change.change().code());
    }
    ArrayNode shares = node.putArray("shares");
    for (ShareChange share : key.shares()) {
      ObjectNode item = shares.addObject();
      item.put("share", share.name());
      item.put("firstN", share.firstOf());
      item.put("secondN", share.secondOf());
      JsonNumbers.put(item, "firstPercent", share.firstPercent());
      JsonNumbers.put(item, "secondPercent", share.secondPercent());
      interval(item, share.difference());
      item.put("change", share.change().code());
    }
  }

  private static void interval(ObjectNode node, Optional<Interval> interval) {
    interval.ifPresent(
        known -> {
          JsonNumbers.put(node, "low95", known.low());
          JsonNumbers.put(node, "high95", known.high());
        });
  }
}
