package dev.gatlingllm.report;

import dev.gatlingllm.health.Finding;
import dev.gatlingllm.health.HealthCheck;
import dev.gatlingllm.health.Trust;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import java.util.List;

/**
 * What the template of the page prints of the verdict.
 *
 * @param level the word, which is the badge's style, too
 * @param headline what the reasons are about, in a few words
 * @param figures what it rests on; empty if there are no samples
 */
record VerdictView(
    String level,
    String headline,
    List<String> reasons,
    List<String> remarks,
    String samples,
    Table figures) {

  static VerdictView of(Verdict verdict) {
    return new VerdictView(
        verdict.level().code(),
        headline(verdict),
        verdict.reasons(),
        verdict.remarks(),
        Figures.count(verdict.samples()),
        Columns.of(Kind.NAME, "Figure of the whole run")
            .numbers("Value", "degraded above", "invalid above")
            .and(Kind.VERDICT, "Verdict")
            .with(verdict.findings().values().stream().map(VerdictView::row).toList()));
  }

  private static String headline(Verdict verdict) {
    if (verdict.level() == Trust.UNKNOWN) {
      return "How the client was is unknown";
    }
    boolean onTheWay =
        verdict.level() == Trust.DEGRADED
            && verdict.findings().values().stream()
                .filter(finding -> finding.level() != Trust.TRUSTED)
                .allMatch(finding -> finding.check().isOfTheWay());
    return onTheWay
        ? "Something between the client and the service distorted these numbers"
        : "The client itself distorted these numbers";
  }

  private static List<Cell> row(Finding finding) {
    HealthCheck check = finding.check();
    String level = finding.level().code();
    boolean bounded = Double.isFinite(check.invalidAbove());
    return List.of(
        Cell.of(check.label()).in(check.unit()),
        Cell.of(Figures.number(finding.value())),
        Cell.of(Figures.number(check.degradedAbove())),
        bounded ? Cell.of(Figures.number(check.invalidAbove())) : Cell.none(""),
        Cell.of(level).as(level));
  }
}
