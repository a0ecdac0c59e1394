package dev.gatlingllm.experiment.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.input.InputException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchWorkloadTest {

  @Test
  void aListOfContextMaxRateIsReadAsTheBatchRunnerTakesIt() {
    List<BatchWorkload> workloads = BatchWorkload.parse("500-100-20, 3500-300-7.5");
    assertThat(workloads)
        .containsExactly(
            new BatchWorkload("500-100-20", OptionalInt.of(500), "", 100, OptionalDouble.of(20)),
            new BatchWorkload(
                "3500-300-7.5", OptionalInt.of(3500), "", 300, OptionalDouble.of(7.5)));
  }

  @Test
  void aFileMayStandForTheContextAndNoneForTheRate() {
    assertThat(BatchWorkload.parse("data/my-chats.json-100-none"))
        .containsExactly(
            new BatchWorkload(
                "data/my-chats.json-100-none",
                OptionalInt.empty(),
                "data/my-chats.json",
                100,
                OptionalDouble.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "500", "500-100", "500-0-20", "500-100-0", "500-100-fast", "-100-20"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> BatchWorkload.parse(text))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a workload must be context-max-rate, such as 500-100-20 or file.json-100-none, was \""
                + text
                + '"');
  }
}
