package dev.gatlingllm.report;

import dev.gatlingllm.record.RunInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** What a run was, in a few words each. */
final class RunFacts {

  private RunFacts() {}

  static Map<String, String> of(RunReport report) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Simulation", report.simulation());
    report.info().ifPresent(info -> facts.put("Start", Figures.instant(info.start())));
    OptionalDouble seconds = report.durationSeconds();
    if (seconds.isPresent()) {
      facts.put("Duration", Figures.duration(seconds.getAsDouble()));
    }
    put(facts, "Model", report.statistics().overall().breakdown().models().keySet());
    put(facts, "Region", report.statistics().overall().breakdown().regions().keySet());
    report.info().ifPresent(info -> put(facts, info));
    if (report.runs().size() > 1) {
      facts.put("Runs merged", Figures.count(report.runs().size()));
    }
    return facts;
  }

  private static void put(Map<String, String> facts, RunInfo info) {
    facts.put("Seed", Long.toString(info.seed()));
    if (!info.gitRevision().isEmpty()) {
      facts.put("Revision", info.gitRevision());
    }
  }

  private static void put(Map<String, String> facts, String name, Set<String> values) {
    if (!values.isEmpty()) {
      facts.put(name, String.join(", ", values));
    }
  }
}
