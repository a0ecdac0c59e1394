package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StuckEndsTest {

  private static final long PATIENCE = StuckEnds.PATIENCE_NANOS;

  private final StuckEnds ends = new StuckEnds();
  private boolean over;
  private final CallEnd end =
      new CallEnd() {
        @Override
        public void recordNow() {}

        @Override
        public boolean endIfStuck(long graceNanos) {
          return true;
        }

        @Override
        public boolean isOver() {
          return over;
        }
      };

  @Test
  void aRunIsSilentAfterHalfAMinuteWithoutARecord() {
    assertThat(ends.isSilent(0, 0)).isFalse();
    assertThat(ends.isSilent(0, PATIENCE - 1)).isFalse();
    assertThat(ends.isSilent(0, PATIENCE)).isTrue();
    assertThat(ends.isSilent(1, PATIENCE + 1)).isFalse();
  }

  @Test
  void aSlowQueueIsNotStuck() {
    for (int recorded = 0; recorded < 10; recorded++) {
      assertThat(ends.isSilent(recorded, recorded * (PATIENCE - 1))).isFalse();
    }
  }

  @Test
  void aUserWhoGoesOnAfterTheCallWasGivenUpIsNoFault() {
    ends.gaveUp(end, 0);
    over = true;
    assertThat(ends.foundNow(10 * PATIENCE)).isFalse();
    assertThat(ends.foundBefore(10 * PATIENCE)).isFalse();
  }

  @Test
  void aUserWhoCannotGoOnIsAFaultOnce() {
    ends.gaveUp(end, 0);
    assertThat(ends.foundNow(PATIENCE - 1)).isFalse();
    assertThat(ends.foundNow(PATIENCE)).isTrue();
    assertThat(ends.foundNow(PATIENCE + 1)).isFalse();
    assertThat(ends.foundBefore(PATIENCE - 1)).isFalse();
    assertThat(ends.foundBefore(PATIENCE)).isTrue();
  }
}
