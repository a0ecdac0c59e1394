package dev.gatlingllm.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.input.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrencyLadderTest {

  @Test
  void levelsKeepTheirOrder() {
    assertThat(ConcurrencyLadder.parse("1,4,16").levels()).containsExactly(1, 4, 16);
    assertThat(ConcurrencyLadder.parse("16, 1, 4").levels()).containsExactly(16, 1, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1,", "1,,4", "1;4", "1,x", "1.5", "99999999999"})
  void textThatIsNoListOfNumbersIsRefusedAsAWhole(String text) {
    assertThatThrownBy(() -> ConcurrencyLadder.parse(text))
        .isInstanceOf(InputException.class)
        .hasMessage("levels must be distinct integers >= 1 such as 1,4,16, was \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"0,1; [0, 1]", "1,-4; [1, -4]", "1,4,1; [1, 4, 1]"})
  void levelsThatAreNotPositiveOrNotDistinctAreRefused(String text, String shown) {
    assertThatThrownBy(() -> ConcurrencyLadder.parse(text))
        .isInstanceOf(InputException.class)
        .hasMessage("levels must be distinct integers >= 1 such as 1,4,16, was " + shown);
  }

  @Test
  void ladderWithoutLevelsIsRefused() {
    assertThatThrownBy(() -> new ConcurrencyLadder(List.of())).isInstanceOf(InputException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 100, 1, 100",
    "3, 100, 1, 34",
    "16, 100, 1, 7",
    "100, 100, 1, 1",
    "101, 100, 1, 1",
    "16, 100, 10, 10",
    "1, 1, 1, 1",
    "2147483647, 2147483647, 1, 1",
    "2, 2147483647, 1, 1073741824"
  })
  void everyLevelReachesBothMinimums(int level, int perLevel, int perClient, int expected) {
    assertThat(ConcurrencyLadder.callsPerClient(level, perLevel, perClient)).isEqualTo(expected);
    assertThat((long) expected * level).isGreaterThanOrEqualTo(perLevel);
  }

  @Test
  void minimumsBelowOneAreRefused() {
    assertThatThrownBy(() -> ConcurrencyLadder.callsPerClient(0, 1, 1))
        .hasMessage("level must be >= 1, was 0");
    assertThatThrownBy(() -> ConcurrencyLadder.callsPerClient(1, 0, 1))
        .hasMessage("minCallsPerLevel must be >= 1, was 0");
    assertThatThrownBy(() -> ConcurrencyLadder.callsPerClient(1, 1, -2))
        .hasMessage("minCallsPerClient must be >= 1, was -2");
  }
}
