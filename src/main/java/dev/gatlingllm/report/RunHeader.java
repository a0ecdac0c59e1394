package dev.gatlingllm.report;

import dev.gatlingllm.record.NetworkLatency;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.ConnectionCounts;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** What a run was, in a few words each. */
final class RunHeader {

  static final String CONNECTIONS = "Connections";

  private RunHeader() {}

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
    utilization(report, facts);
    report
        .statistics()
        .overall()
        .connections()
        .ifPresent(connections -> facts.put(CONNECTIONS, text(connections)));
    report.info().ifPresent(info -> put(facts, info));
    if (report.runs().size() > 1) {
      facts.put("Runs merged", Figures.count(report.runs().size()));
    }
    return facts;
  }

  /** What a deployment of provisioned throughput tells, and others do not. */
  private static void utilization(RunReport report, Map<String, String> facts) {
    Distribution percent = report.statistics().overall().of(Measure.UTILIZATION);
    if (percent.n() > 0) {
      OptionalDouble p95 = percent.at(Quantile.P95);
      facts.put(
          "Utilisation (provisioned)",
          "mean "
              + Figures.number(percent.mean())
              + " %"
              + (p95.isPresent() ? ", p95 " + Figures.number(p95) + " %" : ""));
    } else if (report.statistics().overall().breakdown().models().keySet().stream()
        .anyMatch(model -> model.startsWith("azure-openai"))) {
      facts.put("Utilisation (provisioned)", "not reported");
    }
  }

  private static String text(ConnectionCounts connections) {
    List<String> parts = new ArrayList<>();
    parts.add("opened by " + Count.of(connections.opened(), "call"));
    median("TCP", connections.tcpMillis(), parts);
    median("TLS", connections.tlsMillis(), parts);
    return String.join(", ", parts) + "; reused by " + Figures.count(connections.reused());
  }

  private static void median(String name, OptionalDouble millis, List<String> parts) {
    if (millis.isPresent()) {
      parts.add(Figures.fill("median %s %.1f ms", name, millis.getAsDouble()));
    }
  }

  private static void put(Map<String, String> facts, RunInfo info) {
    facts.put("Seed", Long.toString(info.setup().seed()));
    // A label of the name of a fact does not take its place.
    info.labels()
        .forEach(
            (name, value) -> facts.put(facts.containsKey(name) ? "Label " + name : name, value));
    info.preparation().network().ifPresent(network -> put(facts, network));
    if (!info.setup().gitRevision().isEmpty()) {
      facts.put("Revision", info.setup().gitRevision());
    }
  }

  private static void put(Map<String, String> facts, NetworkLatency network) {
    if (network.tcpMillis().isPresent()) {
      String tls =
          network.tlsMillis().isPresent()
              ? ", TLS " + Figures.number(network.tlsMillis()) + " ms"
              : "";
      facts.put(
          "Connecting",
          Figures.fill(
              "TCP %s ms%s, median of %d",
              Figures.number(network.tcpMillis()), tls, network.tcpNanos().size()));
    }
  }

  private static void put(Map<String, String> facts, String name, Set<String> values) {
    if (!values.isEmpty()) {
      facts.put(name, String.join(", ", values));
    }
  }
}
