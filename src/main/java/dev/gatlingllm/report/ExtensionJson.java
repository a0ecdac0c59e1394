package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.Extension;

/**
 * How a load went on until its limits were decided, as an object: {@code end} (decided, noGround,
 * cut, or the key of the bound that was reached; left out of a run that was killed) and {@code
 * looks}, each with {@code calls}, {@code withoutEnd}, {@code riskPercent} and, of each limit that
 * was open, {@code name}, {@code path}, {@code outcome}, {@code calls}, {@code worth}, {@code
 * keepPercent} and {@code callsThatWouldTell}.
 */
final class ExtensionJson {

  private ExtensionJson() {}

  static void write(Extension extension, ObjectNode node) {
    extension.end().ifPresent(end -> node.put("end", end));
    node.putArray("looks");
    extension.looks().forEach(look -> write(look, node.withArray("looks").addObject()));
  }

  private static void write(Extension.Look look, ObjectNode node) {
    node.put("calls", look.calls());
    node.put("withoutEnd", look.withoutEnd());
    JsonNumbers.put(node, "riskPercent", look.riskPercent());
    node.putArray("limits");
    look.limits().forEach(finding -> write(finding, node.withArray("limits").addObject()));
  }

  private static void write(Extension.Finding finding, ObjectNode node) {
    node.put("name", finding.limit().name());
    if (!finding.limit().path().isEmpty()) {
      node.put("path", finding.limit().row());
    }
    node.put("outcome", finding.outcome());
    node.put("calls", finding.calls());
    JsonNumbers.put(node, "worth", finding.worth());
    JsonNumbers.put(node, "keepPercent", finding.keepPercent());
    finding.wouldTell().ifPresent(calls -> node.put("callsThatWouldTell", calls));
  }
}
