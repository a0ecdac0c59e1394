package dev.gatlingllm.experiment.rag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  private long nowNanos = 1_000_000_000_000L;

  @Test
  void itIsCountedFromTheFirstUserWhoComesAfterTheDelay() {
    Deadline deadline =
        new Deadline(() -> nowNanos, Duration.ofSeconds(360), Duration.ofSeconds(10));
    nowNanos += 25_000_000_000L;
    assertThat(deadline.isOver()).isFalse();
    nowNanos += 349_999_999_999L;
    assertThat(deadline.isOver()).isFalse();
    nowNanos += 1;
    assertThat(deadline.isOver()).isTrue();
  }
}
