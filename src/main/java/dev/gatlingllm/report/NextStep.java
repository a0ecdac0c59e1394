package dev.gatlingllm.report;

import dev.gatlingllm.text.Figures;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Names what to do after a run that nothing limited. */
final class NextStep {

  private NextStep() {}

  static String of(RunReport report) {
    OptionalLong calls = SureSentence.callsThatTell(report);
    if (calls.isPresent()) {
      boolean extend = "extend".equals(RunSettings.of(report).byKey().get("llm.gate.undecided"));
      return (extend ? "Let the load go on to " : "Run ")
          + Figures.count(calls.getAsLong())
          + (RunSettings.of(report).isSet("llm.load.profile")
              ? " calls: give the phases of llm.load.profile more time."
              : " calls: -Dllm."
                  + (extend ? "gate.atMost.calls=" : "load.requests=")
                  + calls.getAsLong()
                  + ".");
    }
    boolean open = report.limits().stream().anyMatch(limit -> !limit.passed());
    if (open) {
      return "Run more calls, so that the limits that are undecided have something to stand on.";
    }
    if (report.limits().isEmpty()) {
      return "Set a limit, such as -Dllm.slo.ttft.p95=800ms, so that the run can pass or fail.";
    }
    if (!RunSettings.of(report).isSet("llm.gate.baseline")) {
      return "Keep this run to compare later ones with: mvn compile exec:java@baseline"
          + " -Dexec.args=\""
          + RunSettings.of(report).byKey().getOrDefault("llm.record.folder", "reports/runs")
          + "/"
          + report.runs().get(0)
          + " main\".";
    }
    return raise(report);
  }

  private static String raise(RunReport report) {
    OptionalDouble rpm = RunSettings.of(report).number("llm.load.rpm");
    return rpm.isPresent()
        ? "Raise the load to find its end: -Dllm.load.rpm="
            + Figures.plain(2 * rpm.getAsDouble())
            + "."
        : "Raise the load to find its end.";
  }
}
