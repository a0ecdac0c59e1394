package dev.gatlingllm.provider;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AnswerLimitsTest {

  @Test
  void aLimitThatNothingFitsInIsRefusedByItsSetting() {
    assertThatThrownBy(() -> new AnswerLimits(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("llm.limit.eventBytes must be >= 1, was 0");
    assertThatThrownBy(() -> new AnswerLimits(1, -1))
        .hasMessage("llm.limit.answerBytes must be >= 1, was -1");
  }
}
