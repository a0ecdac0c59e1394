package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeldSignalsTest {

  @Test
  void aSignalWhileTheRunBeginsWaitsUntilTheRunCanEnd() {
    HeldSignals signals = new HeldSignals();
    AtomicInteger taken = new AtomicInteger();
    signals.came();
    signals.handOver(taken::incrementAndGet);
    assertThat(taken).hasValue(1);
    signals.came();
    assertThat(taken).hasValue(2);
  }
}
