package dev.gatlingllm.report;

import dev.gatlingllm.decision.AbFinding;
import dev.gatlingllm.text.Figures;
import java.util.List;

/** Says which of the two targets of an A/B run is slower. */
final class AbSentence {

  private AbSentence() {}

  /** In a sentence; empty of a run without pairs of blocks. */
  static String of(List<AbFinding> found) {
    return found.isEmpty()
        ? ""
        : FoundSentence.of(
            found.get(0).second(),
            found.get(0).first(),
            found.stream().map(AbSentence::number).toList());
  }

  private static ComparedNumber number(AbFinding finding) {
    return new ComparedNumber(
        finding.number(),
        ComparedNumber.Kind.of(finding.measure()),
        finding.change(),
        finding.effect().map(AbSentence::text).orElse(""),
        finding.margin().text());
  }

  private static String text(AbFinding.Effect effect) {
    return Figures.fill(
        "%+.1f%s (%+.1f to %+.1f)",
        effect.estimate(), effect.unit(), effect.interval().low(), effect.interval().high());
  }
}
