package dev.gatlingllm.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.simulator.wire.PromptTokens.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTokensTest {

  @Test
  void aMessageCostsItsTextItsRoleAndThreeAndTheAnswerIsPrimedWithThree() {
    assertThat(PromptTokens.count(List.of(new Turn("user", List.of("Hello, world!")))))
        .isEqualTo(11);
  }

  @Test
  void everyMessageCounts() {
    assertThat(
            PromptTokens.count(
                List.of(new Turn("system", List.of("hello")), new Turn("user", List.of("hello")))))
        .isEqualTo(13);
  }

  @Test
  void piecesOfOneTextAreCountedApart() {
    assertThat(PromptTokens.count(List.of(new Turn("user", List.of("hello", "hello")))))
        .isEqualTo(9);
  }

  @Test
  void whatLooksLikeAControlTokenIsOrdinaryText() {
    assertThat(PromptTokens.count(List.of(new Turn("user", List.of("<|endoftext|>")))))
        .isGreaterThan(8);
  }
}
