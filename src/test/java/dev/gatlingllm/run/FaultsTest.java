package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultsTest {

  private final Faults faults = new Faults();

  @Test
  void aReasonIsKeptOnce() {
    faults.add("The disk is full.");
    faults.add("The disk is full.");
    faults.add("The report is missing.");
    assertThat(faults.all()).containsExactly("The disk is full.", "The report is missing.");
  }

  @Test
  void memoryThatRanOutIsTheFirstReasonAndCountsFromItsFirstTime() {
    faults.add("The disk is full.");
    assertThat(faults.memoryOutFor(500)).isZero();
    assertThat(faults.outOfMemory(100)).isTrue();
    assertThat(faults.outOfMemory(300)).isFalse();

    assertThat(faults.memoryIsOut()).isTrue();
    assertThat(faults.memoryOutFor(500)).isEqualTo(400);
    faults.add(Faults.OUT_OF_MEMORY);
    assertThat(faults.all()).containsExactly(Faults.OUT_OF_MEMORY, "The disk is full.");
  }

  @Test
  void recordsAreLostForTheFirstTimeOnce() {
    assertThat(faults.recordsLost()).isTrue();
    assertThat(faults.recordsLost()).isFalse();
  }
}
