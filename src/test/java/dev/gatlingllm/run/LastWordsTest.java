package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

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
}
