package dev.gatlingllm.report;

import dev.gatlingllm.health.Finding;
import dev.gatlingllm.health.HealthCheck;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.text.Figures;
import java.util.List;

/**
 * What the template of the page prints of the verdict.
 *
 * @param level the word, which is the badge's style, too
 * @param figures what it rests on; empty if there are no samples
 */
record VerdictView(
    String level, List<String> reasons, List<String> remarks, String samples, List<Row> figures) {

  /** One figure. */
  record Row(
      String label, String value, String unit, String degraded, String invalid, String level) {}

  static VerdictView of(Verdict verdict) {
    return new VerdictView(
        verdict.level().code(),
        verdict.reasons(),
        verdict.remarks(),
        Figures.count(verdict.samples()),
        verdict.findings().values().stream().map(VerdictView::row).toList());
  }

  private static Row row(Finding finding) {
    HealthCheck check = finding.check();
    return new Row(
        check.label(),
        Figures.number(finding.value()),
        check.unit(),
        Figures.number(check.degradedAbove()),
        Double.isFinite(check.invalidAbove()) ? Figures.number(check.invalidAbove()) : Figures.DASH,
        finding.level().code());
  }
}
