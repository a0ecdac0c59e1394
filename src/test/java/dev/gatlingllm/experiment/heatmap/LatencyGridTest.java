package dev.gatlingllm.experiment.heatmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.experiment.heatmap.LatencyGrid.Cell;
import dev.gatlingllm.input.InputException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyGridTest {

  private final LatencyGrid grid = new LatencyGrid(List.of(10, 200), List.of(64, 128, 256), 4);

  @Test
  void everyPairIsThereAsOftenAsAsked() {
    List<Cell> order = grid.shuffled(1);
    assertThat(order).hasSize(24).hasSize(grid.calls());
    assertThat(grid.cells()).hasSize(6);
    for (Cell cell : grid.cells()) {
      assertThat(Collections.frequency(order, cell)).as(cell.toString()).isEqualTo(4);
    }
  }

  @Test
  void theOrderIsShuffledAndTheSeedDecidesIt() {
    assertThat(grid.shuffled(1)).isEqualTo(grid.shuffled(1)).isNotEqualTo(grid.shuffled(2));
    assertThat(grid.shuffled(1).subList(0, 6)).isNotEqualTo(grid.cells());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10,", "10;20", "10,x"})
  void textThatIsNoListOfLengthsIsRefused(String text) {
    assertThatThrownBy(() -> LatencyGrid.lengths("inputTokens", text))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "inputTokens must be distinct integers >= 1 such as 10,200,1000, was \"" + text + "\"");
  }

  @Test
  void lengthsThatAreAlikeOrBelowOneAreRefused() {
    assertThatThrownBy(() -> new LatencyGrid(List.of(10, 10), List.of(1), 1))
        .hasMessageStartingWith("inputTokens must be distinct")
        .hasMessageEndingWith("[10, 10]");
    assertThatThrownBy(() -> new LatencyGrid(List.of(10), List.of(0), 1))
        .hasMessageStartingWith("outputTokens must be distinct")
        .hasMessageEndingWith("[0]");
    assertThatThrownBy(() -> new LatencyGrid(List.of(10), List.of(1), 0))
        .hasMessage("callsPerCell must be >= 1, was 0");
  }
}
