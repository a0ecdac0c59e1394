package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.decision.Change;
import dev.gatlingllm.report.ComparedNumber.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoundSentenceTest {

  @Test
  void whatIsWorseComesFirstWithItsEffectAndThenWhatIsNotShown() {
    assertThat(
            said(
                number("TTFT p95", Kind.SPEED, Change.WORSE),
                number("e2e p50", Kind.SPEED, Change.EQUIVALENT),
                number("tokens/s p50", Kind.SPEED, Change.EQUIVALENT),
                number("TTFT p50", Kind.SPEED, Change.NO_WORSE),
                number("e2e p95", Kind.SPEED, Change.CANNOT_TELL),
                number("TPOT p95", Kind.SPEED, Change.TOO_FEW)))
        .isEqualTo(
            "B is slower than A: TTFT p95 1.2 ×; within 10 %: e2e p50, tokens/s p50; no worse than"
                + " 10 %: TTFT p50; cannot be told: e2e p95 1.2 ×; too few calls for TPOT p95.");
  }

  @Test
  void slowerAndFailingAreTwoThings() {
    ComparedNumber slow = number("TTFT p95", Kind.SPEED, Change.WORSE);
    ComparedNumber fails = number("failed calls", Kind.FAILURES, Change.WORSE);
    ComparedNumber fast = number("e2e p50", Kind.SPEED, Change.BETTER);
    ComparedNumber late = number("schedule delay p95", Kind.OTHER, Change.WORSE);
    assertThat(said(fails)).isEqualTo("B fails more often than A: failed calls 1.2 ×.");
    assertThat(said(fails, slow)).startsWith("B is slower and fails more often than A: failed");
    assertThat(said(late, slow)).startsWith("B is worse than A: schedule delay p95 1.2 ×, TTFT");
    assertThat(said(fast)).isEqualTo("B is faster than A: e2e p50 1.2 ×.");
    assertThat(said(fast, fails))
        .isEqualTo(
            "B is faster but fails more often than A: worse: failed calls 1.2 ×; better: e2e p50"
                + " 1.2 ×.");
    assertThat(said(fast, slow)).startsWith("B is worse than A in some numbers and better in");
  }

  @Test
  void whereNothingIsShownItSaysWhetherThatIsKnown() {
    ComparedNumber alike = number("e2e p50", Kind.SPEED, Change.EQUIVALENT);
    ComparedNumber noWorse = number("e2e p95", Kind.SPEED, Change.NO_WORSE);
    ComparedNumber open = number("TTFT p95", Kind.SPEED, Change.CANNOT_TELL);
    assertThat(said(alike)).isEqualTo("B is as fast as A: within 10 %: e2e p50.");
    assertThat(said(noWorse, alike)).startsWith("B is no slower than A: within 10 %: e2e p50; no");
    assertThat(said(alike, open)).startsWith("B is not shown to be slower or faster than A: with");
    assertThat(said(open)).startsWith("Whether B is slower or faster than A is not shown: cannot");
    assertThat(said(number("failed calls", Kind.FAILURES, Change.EQUIVALENT)))
        .startsWith("B is as good as A: ");
    assertThat(said()).isEqualTo("Whether B is worse or better than A is not shown.");
  }

  private static ComparedNumber number(String name, Kind kind, Change change) {
    return new ComparedNumber(name, kind, change, "1.2 ×", "10 %");
  }

  private static String said(ComparedNumber... numbers) {
    return FoundSentence.of("B", "A", List.of(numbers));
  }
}
