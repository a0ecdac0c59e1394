package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.stats.CallCounts;

/**
 * The conclusion for machines: {@code planned} (absent without a plan), {@code sent}, {@code
 * neverBuilt} (calls that failed before there was anything to send; absent of none), {@code
 * unknown} (calls in flight when the run was killed; absent of none), {@code dropped} and {@code
 * neverStarted} calls, {@code compared} (of an A/B run: which target is slower), {@code limitedBy}
 * with its {@code kind} ({@link LimitedBy.Kind#code()}) and {@code text}, {@code limits}, {@code
 * next}, and all of it as {@code text}.
 */
final class ConclusionJson {

  private ConclusionJson() {}

  static void write(RunReport report, ObjectNode node) {
    Conclusion conclusion = report.conclusion();
    CallCounts counts = report.statistics().overall().counts();
    report.planned().planned().ifPresent(planned -> node.put("planned", planned));
    node.put("sent", LoadSentence.sent(report));
    if (report.planned().neverBuilt() > 0) {
      node.put("neverBuilt", report.planned().neverBuilt());
    }
    if (report.planned().unknown() > 0) {
      node.put("unknown", report.planned().unknown());
    }
    node.put("dropped", counts.dropped());
    node.put("neverStarted", report.planned().notReached());
    if (!conclusion.compared().isEmpty()) {
      node.put("compared", conclusion.compared());
    }
    node.putObject("limitedBy")
        .put("kind", conclusion.limitedBy().kind().code())
        .put("text", conclusion.limitedBy().text());
    node.put("limits", conclusion.limits());
    node.put("next", conclusion.next());
    node.put("text", conclusion.text());
  }
}
