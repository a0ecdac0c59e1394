package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.decision.AbFinding;
import dev.gatlingllm.decision.Change;
import dev.gatlingllm.decision.Margin;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AbSentenceTest {

  @Test
  void theSecondTargetIsSlowerThanTheFirstByItsName() {
    AbFinding slower =
        new AbFinding(
            "e2e.p50",
            "old",
            "new",
            Optional.of(Measure.E2E),
            new Margin(10, false),
            8,
            Optional.of(new AbFinding.Effect(18, new Interval(12, 24), " %")),
            Change.WORSE);
    AbFinding alike =
        new AbFinding(
            "failures",
            "old",
            "new",
            Optional.empty(),
            new Margin(1, true),
            8,
            Optional.of(new AbFinding.Effect(0, new Interval(-0.5, 0.5), " points")),
            Change.EQUIVALENT);
    assertThat(AbSentence.of(List.of(slower, alike)))
        .isEqualTo(
            "new is slower than old: e2e.p50 +18.0 % (+12.0 to +24.0); within 1 point: failures.");
    assertThat(AbSentence.of(List.of())).isEmpty();
  }
}
