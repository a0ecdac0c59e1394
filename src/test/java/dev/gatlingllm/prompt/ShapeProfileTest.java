package dev.gatlingllm.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.input.InputException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeProfileTest {

  private static final OptionalInt ABSENT = OptionalInt.empty();

  @ParameterizedTest
  @CsvSource({"balanced, 500, 500", "context, 2000, 200", "generation, 500, 1000"})
  void namedShapeHasItsNumbers(String name, int contextTokens, int maxTokens) {
    ShapeProfile expected = new ShapeProfile(name, contextTokens, maxTokens);

    assertThat(ShapeProfile.of(name, ABSENT, ABSENT)).isEqualTo(expected);
    assertThat(ShapeProfile.of(name, OptionalInt.of(contextTokens), OptionalInt.of(maxTokens)))
        .isEqualTo(expected);
  }

  @Test
  void customShapeTakesBothNumbers() {
    assertThat(ShapeProfile.of("custom", OptionalInt.of(4_500), OptionalInt.of(50)))
        .isEqualTo(new ShapeProfile("custom", 4_500, 50))
        .isEqualTo(ShapeProfile.custom(4_500, 50));
  }

  @Test
  void customShapeWithoutANumberIsRefused() {
    assertThatThrownBy(() -> ShapeProfile.of("custom", ABSENT, OptionalInt.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessage("contextTokens must be given for the shape custom, was absent");
    assertThatThrownBy(() -> ShapeProfile.of("custom", OptionalInt.of(1), ABSENT))
        .hasMessage("maxTokens must be given for the shape custom, was absent");
  }

  @Test
  void unknownNameIsRefusedWithTheAcceptedOnes() {
    assertThatThrownBy(() -> ShapeProfile.of("Balanced", ABSENT, ABSENT))
        .isInstanceOf(InputException.class)
        .hasMessage("shape must be one of balanced, context, generation, custom, was \"Balanced\"");
  }

  @Test
  void numberThatContradictsTheNameIsRefused() {
    assertThatThrownBy(() -> ShapeProfile.of("context", OptionalInt.of(2_000), OptionalInt.of(9)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "maxTokens must be 200 or absent for the shape context, was 9;"
                + " a shape of your own is called custom");
  }

  @ParameterizedTest
  @CsvSource({"0, 5, contextTokens", "5, -1, maxTokens"})
  void numbersBelowOneAreRefused(int contextTokens, int maxTokens, String field) {
    assertThatThrownBy(() -> ShapeProfile.custom(contextTokens, maxTokens))
        .isInstanceOf(InputException.class)
        .hasMessage(field + " must be >= 1, was " + Math.min(contextTokens, maxTokens));
  }
}
