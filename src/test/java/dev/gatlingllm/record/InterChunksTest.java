package dev.gatlingllm.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord.InterChunks;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterChunksTest {

  private static final long STALL = 1_000_000_000;

  @Test
  void theLongestRowOfChunksThatCameTogetherIsKept() {
    assertThat(of(0, 90_000, 30_000_000, 0, 0, 0, 100_000, 0).mostTogether()).isEqualTo(4);
    assertThat(of(0, 90_000, 30_000_000, 0, 0, 0, 100_000, 0).together()).isEqualTo(6);
  }

  @Test
  void chunksOneByOneAreNoRow() {
    assertThat(of(30_000_000, 100_000).mostTogether()).isZero();
    assertThat(of(30_000_000, 100_000).together()).isZero();
    assertThat(InterChunks.NONE.mostTogether()).isZero();
  }

  @Test
  void theRowStaysWhenFurtherLatenciesAreOnlyCounted() {
    assertThat(of(0, 0).and(Map.of(5_000_000L, 9L), STALL).mostTogether()).isEqualTo(3);
  }

  private static InterChunks of(long... nanos) {
    return InterChunks.of(nanos, STALL);
  }
}
