package dev.gatlingllm.report.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.decision.Change;
import dev.gatlingllm.decision.ComparisonGate;
import dev.gatlingllm.decision.KeyComparison;
import dev.gatlingllm.decision.QuantileChange;
import dev.gatlingllm.decision.ShareChange;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.report.JsonNumbers;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.ShareCount;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

/**
 * {@code comparison.json}: every number that was compared, the second run with the first at the top
 * and each further one in {@code further}. {@code change} is {@code better}, {@code worse}, {@code
 * different}, {@code equivalent}, {@code no-worse}, {@code cannot-tell} or {@code too-few}; it is
 * shown if {@code decided}, and what the interval looks like otherwise. Intervals are of {@code
 * second ÷ first − 1} in percent, of shares {@code second − first} in points; an open end and what
 * is absent are left out. {@code pairs} is from how many pairs of blocks effect and interval are,
 * absent if the runs were compared as independent ones; {@code pairing} says whether the two share
 * their load, and why not.
 */
final class ComparisonJson implements TextFormat<Comparison> {

  private static final int SCHEMA_VERSION = 4;

  @Override
  public String fileName() {
    return "comparison.json";
  }

  @Override
  public void write(Comparison comparison, Writer out) throws IOException {
    ObjectNode root = VisibleJson.mapper().createObjectNode();
    root.put("schemaVersion", SCHEMA_VERSION);
    ArrayNode all = root.putArray("runs");
    for (RunRow run : comparison.runs()) {
      all.addObject()
          .put("letter", run.letter())
          .put("name", run.name())
          .put("description", run.description())
          .put("simulation", run.simulation())
          .put("start", run.start())
          .put("verdict", run.verdict());
    }
    ArrayNode judged = root.putArray("gates");
    List<Candidate> candidates = comparison.candidates();
    for (Candidate candidate : candidates) {
      for (ComparisonGate.Result gate : comparison.gates(candidate)) {
        judged
            .addObject()
            .put("run", candidate.runs().secondName())
            .put("text", gate.text())
            .put("passed", gate.passed())
            .put("actual", gate.actual());
      }
    }
    pair(candidates.get(0), root);
    ArrayNode further = root.putArray("further");
    candidates.stream().skip(1).forEach(candidate -> pair(candidate, further.addObject()));
    out.write(VisibleJson.indentedObjects(root));
  }

  /** A run against the first. */
  private static void pair(Candidate candidate, ObjectNode root) {
    ComparedRuns runs = candidate.runs();
    root.put("first", runs.firstName());
    root.put("second", runs.secondName());
    root.put("found", CandidateSentence.found(candidate));
    root.put("limits", CandidateSentence.limits(candidate));
    runs.load()
        .ifPresent(
            load ->
                root.putObject("pairing")
                    .put("sharedLoad", load.laterNanos().isPresent())
                    .put("reason", load.reason()));
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
    key(candidate, runs.comparison().overall(), root.putObject("overall"));
    ArrayNode calls = root.putArray("calls");
    runs.comparison().byKey().forEach(key -> key(candidate, key, calls.addObject()));
  }

  private static void key(Candidate candidate, KeyComparison key, ObjectNode node) {
    node.put("path", key.key().path());
    ArrayNode measures = node.putArray("measures");
    for (QuantileChange change : key.quantiles()) {
      ObjectNode item = measures.addObject();
      item.put("measure", change.measure().field());
      item.put("statistic", change.quantile().label());
      side(item, "first", change.first());
      side(item, "second", change.second());
      JsonNumbers.put(item, "effectPercent", change.effectPercent());
      interval(item, "effectPercent", change.effectInterval());
      if (change.pairs() > 0) {
        item.put("pairs", change.pairs());
      }
      said(item, candidate, key, change.number(), change.change());
    }
    ArrayNode shares = node.putArray("shares");
    for (ShareChange share : key.shares()) {
      ObjectNode item = shares.addObject();
      item.put("share", share.name());
      share(item, "first", share.first());
      share(item, "second", share.second());
      JsonNumbers.put(item, "firstPercent", share.firstPercent());
      JsonNumbers.put(item, "secondPercent", share.secondPercent());
      interval(item, "points", share.difference());
      said(item, candidate, key, share.name(), share.change());
    }
  }

  private static void side(ObjectNode node, String name, QuantileChange.Side side) {
    node.put(name + "N", side.n());
    JsonNumbers.put(node, name + "Worth", side.worth());
    JsonNumbers.put(node, name, side.value());
  }

  private static void share(ObjectNode node, String name, ShareCount share) {
    node.put(name + "N", share.of());
    JsonNumbers.put(node, name + "Worth", share.worth());
  }

  private static void said(
      ObjectNode node, Candidate candidate, KeyComparison key, String number, Change looks) {
    Optional<Change> decided = candidate.decided(key, number);
    node.put("change", decided.orElse(looks).code());
    node.put("decided", decided.isPresent());
  }

  private static void interval(ObjectNode node, String name, Optional<Interval> interval) {
    interval
        .filter(Interval::hasLow)
        .ifPresent(known -> JsonNumbers.put(node, name + "Low95", known.low()));
    interval
        .filter(Interval::hasHigh)
        .ifPresent(known -> JsonNumbers.put(node, name + "High95", known.high()));
  }
}
