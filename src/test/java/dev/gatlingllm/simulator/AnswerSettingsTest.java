package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.simulator.wire.StopReason;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AnswerSettingsTest {

  @Test
  void anAnswerFillsTheRequestsMaxTokensAndStopsForItsLength() {
    AnswerShape shape = Settings.exact().answer().shape(OptionalInt.of(12));

    assertThat(shape).isEqualTo(new AnswerShape(0, 0, 12, StopReason.LENGTH));
  }

  @Test
  void aRequestWithoutMaxTokensGets256AndAnOrdinaryStop() {
    AnswerShape shape = Settings.exact().answer().shape(OptionalInt.empty());

    assertThat(shape).isEqualTo(new AnswerShape(0, 0, 256, StopReason.STOP));
  }

  @Test
  void aFixedAnswerThatFitsStopsByItself() {
    AnswerShape shape = Settings.exact("outputTokens = 5").answer().shape(OptionalInt.of(12));

    assertThat(shape).isEqualTo(new AnswerShape(0, 0, 5, StopReason.STOP));
  }

  @Test
  void aFixedAnswerThatDoesNotFitIsCut() {
    AnswerShape shape = Settings.exact("outputTokens = 50").answer().shape(OptionalInt.of(12));

    assertThat(shape).isEqualTo(new AnswerShape(0, 0, 12, StopReason.LENGTH));
  }

  @Test
  void reasoningIsPartOfTheOutput() {
    AnswerShape shape = Settings.exact("reasoningTokens = 8").answer().shape(OptionalInt.of(12));

    assertThat(shape).isEqualTo(new AnswerShape(0, 8, 4, StopReason.LENGTH));
  }

  @Test
  void reasoningThatIsNotStreamedIsHidden() {
    AnswerShape shape =
        Settings.exact("reasoningTokens = 2000, reasoningStreamed = false, outputTokens = 2050")
            .answer()
            .shape(OptionalInt.empty());

    assertThat(shape).isEqualTo(new AnswerShape(2_000, 0, 50, StopReason.STOP));
  }

  @Test
  void cachedTokensAreRoundedDown() {
    assertThat(Settings.exact("cachedFraction = 0.5").answer().cachedTokens(7)).isEqualTo(3);
  }
}
