package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.simulator.Capacity.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CapacityTest {

  private final List<String> started = new ArrayList<>();

  @Test
  void thoseBeyondTheCapacityAreServedInTheOrderInWhichTheyCame() {
    Capacity capacity = new Capacity(2, OptionalInt.empty());

    assertThat(capacity.enter(() -> started.add("a"))).isEqualTo(Entry.SERVED);
    assertThat(capacity.enter(() -> started.add("b"))).isEqualTo(Entry.SERVED);
    assertThat(capacity.enter(() -> started.add("c"))).isEqualTo(Entry.WAITING);
    assertThat(capacity.enter(() -> started.add("d"))).isEqualTo(Entry.WAITING);
    assertThat(started).isEmpty();

    capacity.leave();
    assertThat(started).containsExactly("c");
    capacity.leave();
    assertThat(started).containsExactly("c", "d");
  }

  @Test
  void aPlaceThatNobodyWaitsForIsFreeAgain() {
    Capacity capacity = new Capacity(1, OptionalInt.empty());
    capacity.enter(() -> {});
    capacity.leave();

    assertThat(capacity.enter(() -> {})).isEqualTo(Entry.SERVED);
  }

  @Test
  void aFullQueueRefuses() {
    Capacity capacity = new Capacity(1, OptionalInt.of(1));
    capacity.enter(() -> {});
    capacity.enter(() -> {});

    assertThat(capacity.enter(() -> {})).isEqualTo(Entry.REFUSED);
  }

  @Test
  void whoGivesUpWaitingIsPassedOver() {
    Capacity capacity = new Capacity(1, OptionalInt.empty());
    Runnable impatient = () -> started.add("impatient");
    capacity.enter(() -> {});
    capacity.enter(impatient);
    capacity.enter(() -> started.add("patient"));

    assertThat(capacity.withdraw(impatient)).isTrue();
    capacity.leave();

    assertThat(started).containsExactly("patient");
    assertThat(capacity.withdraw(impatient)).isFalse();
  }
}
