package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.health.Trust;
import dev.gatlingllm.health.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastWordsTest {

  @Test
  void moreCausesThanFiveLinesHoldAreCounted() {
    assertThat(LastWords.red(List.of("a", "b", "c", "d", "e"))).hasSize(5);
    assertThat(LastWords.red(List.of("a", "b", "c", "d", "e", "f")))
        .hasSize(5)
        .last()
        .isEqualTo("the run has failed: 2 more, see summary.txt");
  }

  @Test
  void theVeryLastLineIsTheVerdict() {
    Verdict trusted = Verdict.kept(Trust.TRUSTED, List.of());
    assertThat(LastWords.verdict(trusted, 0, false))
        .isEqualTo("verdict: trusted; the run has passed");
    assertThat(LastWords.verdict(trusted, 2, false))
        .isEqualTo("verdict: trusted; the run has failed");
    assertThat(
            LastWords.verdict(
                Verdict.kept(Trust.INVALID, List.of("The loops were late.", "It swapped.")),
                1,
                true))
        .isEqualTo("verdict: invalid: The loops were late (1 more); the run has crashed");
  }
}
