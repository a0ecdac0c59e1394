package dev.gatlingllm.gatling.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {

  private long nowNanos;
  private final List<String> started = new ArrayList<>();

  @Test
  void callsBeyondTheLimitWaitAndStartInTheOrderInWhichTheyCame() {
    InFlightLimit limit = new InFlightLimit(2, () -> nowNanos);
    for (String call : List.of("a", "b", "c", "d")) {
      limit.acquire(held -> started.add(call));
    }
    assertThat(started).containsExactly("a", "b");
    limit.release();
    assertThat(started).containsExactly("a", "b", "c");
    limit.release();
    limit.release();
    assertThat(started).containsExactly("a", "b", "c", "d");
  }

  @Test
  void roomThatNobodyWaitedForIsThereForTheNext() {
    InFlightLimit limit = new InFlightLimit(1, () -> nowNanos);
    limit.acquire(held -> started.add("a"));
    limit.release();
    limit.acquire(held -> started.add("b"));
    assertThat(started).containsExactly("a", "b");
  }

  @Test
  void aCallIsToldHowLongItWasHeldBack() {
    InFlightLimit limit = new InFlightLimit(1, () -> nowNanos);
    nowNanos = 100;
    limit.acquire(held -> started.add("a " + held));
    limit.acquire(held -> started.add("b " + held));
    nowNanos = 170;
    limit.release();
    assertThat(started).containsExactly("a 0", "b 70");
  }
}
