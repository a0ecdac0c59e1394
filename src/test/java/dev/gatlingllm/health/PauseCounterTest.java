package dev.gatlingllm.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.HealthSample;
import org.junit.jupiter.api.Test;

class PauseCounterTest {

  @Test
  void cyclesOfConcurrentCollectorsStopNobody() {
    assertThat(PauseCounter.stopsThreads("ZGC Cycles")).isFalse();
    assertThat(PauseCounter.stopsThreads("ZGC Major Cycles")).isFalse();
    assertThat(PauseCounter.stopsThreads("Shenandoah Cycles")).isFalse();
    assertThat(PauseCounter.stopsThreads("ZGC Pauses")).isTrue();
    assertThat(PauseCounter.stopsThreads("G1 Young Generation")).isTrue();
    assertThat(PauseCounter.stopsThreads("G1 Concurrent GC")).isTrue();
    assertThat(PauseCounter.stopsThreads("MarkSweepCompact")).isTrue();
  }

  @Test
  void pausesAreCountedUntilTheyAreDrained() {
    try (PauseCounter pauses = new PauseCounter()) {
      pauses.drain();
      pauses.add(4);
      pauses.add(9);
      pauses.add(1);
      HealthSample.Pauses drained = pauses.drain();
      assertThat(drained.count()).isGreaterThanOrEqualTo(3);
      assertThat(drained.longestNanos()).isGreaterThanOrEqualTo(9_000_000);
      assertThat(drained.totalNanos()).isGreaterThanOrEqualTo(14_000_000);
    }
  }

  @Test
  void theJvmTellsACollection() throws InterruptedException {
    try (JvmMachine machine = new JvmMachine()) {
      long count = 0;
      for (int i = 0; i < 1_000 && count == 0; i++) {
        System.gc();
        Thread.sleep(5);
        count = machine.pauses().count();
      }
      assertThat(count).isPositive();
      assertThat(machine.heapUsedBytes()).isPositive();
    }
  }
}
