package dev.gatlingllm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {

  @ParameterizedTest
  @CsvSource({
    "TEMPERATURE, 2.5, 'temperature must be a number from 0 to 2, was 2.5'",
    "TEMPERATURE, NaN, 'temperature must be a number from 0 to 2, was NaN'",
    "TOP_P, -0.1, 'topP must be a number from 0 to 1, was -0.1'",
    "PRESENCE_PENALTY, 2.1, 'presencePenalty must be a number from -2 to 2, was 2.1'",
    "FREQUENCY_PENALTY, -3.0, 'frequencyPenalty must be a number from -2 to 2, was -3.0'",
    "CHOICES, 129.0, 'n must be a whole number from 1 to 128, was 129.0'",
    "CHOICES, 1.5, 'n must be a whole number from 1 to 128, was 1.5'",
    "MAX_TOKENS, 0.0, 'maxTokens must be a whole number of at least 1, was 0.0'",
    "SEED, 0.5, 'seed must be a whole number of 64 bits, was 0.5'"
  })
  void nameTheKeyTheValueAndTheRange(Parameter parameter, double value, String message) {
    assertThatThrownBy(() -> Parameters.NONE.with(parameter, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void acceptTheEndsOfEveryRange() {
    assertThat(Parameter.TEMPERATURE.check(2)).isEqualTo(2.0);
    assertThat(Parameter.PRESENCE_PENALTY.check(-2.0)).isEqualTo(-2.0);
    assertThat(Parameter.CHOICES.check(128.0)).isEqualTo(128L);
    assertThat(Parameter.SEED.check(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void refuseAnEffortThatNoServiceKnows() {
    assertThatThrownBy(() -> Parameters.NONE.withReasoningEffort("lots"))
        .hasMessage(
            "reasoningEffort must be one of none, minimal, low, medium, high, xhigh, was lots");
  }

  @Test
  void takeADefaultForWhatIsNotSetOnly() {
    Parameters defaults =
        Parameters.NONE
            .with(Parameter.TEMPERATURE, 1)
            .with(Parameter.CHOICES, 2)
            .withReasoningEffort("high")
            .withStop(List.of("A"))
            .withExtraBody(Map.of("a", 1, "b", 1));
    Parameters own =
        Parameters.NONE
            .with(Parameter.TEMPERATURE, 0)
            .withStop(List.of("B"))
            .withExtraBody(Map.of("b", 2));

    assertThat(own.orElse(defaults))
        .isEqualTo(
            new Parameters(
                Map.of(Parameter.TEMPERATURE, 0, Parameter.CHOICES, 2),
                "high",
                List.of("B"),
                Map.of("a", 1, "b", 2)));
  }
}
