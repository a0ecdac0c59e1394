package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.health.Finding;
import dev.gatlingllm.health.HealthCheck;
import dev.gatlingllm.health.Verdict;

/** The verdict in {@code summary.json}. */
final class VerdictJson {

  private VerdictJson() {}

  static void write(Verdict verdict, ObjectNode node) {
    node.put("level", verdict.level().code());
    verdict.reasons().forEach(node.putArray("reasons")::add);
    verdict.remarks().forEach(node.putArray("remarks")::add);
    node.put("samples", verdict.samples());
    ObjectNode figures = node.putObject("figures");
    verdict
        .findings()
        .values()
        .forEach(finding -> figure(finding, figures.putObject(finding.check().field())));
  }

  private static void figure(Finding finding, ObjectNode node) {
    HealthCheck check = finding.check();
    JsonNumbers.put(node, "value", finding.value());
    node.put("level", finding.level().code());
    JsonNumbers.put(node, "degradedAbove", check.degradedAbove());
    if (Double.isFinite(check.invalidAbove())) {
      JsonNumbers.put(node, "invalidAbove", check.invalidAbove());
    }
  }
}
