package dev.gatlingllm.protocol.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {

  private final List<String> started = new ArrayList<>();

  @Test
  void callsBeyondTheLimitWaitAndStartInTheOrderInWhichTheyCame() {
    InFlightLimit limit = new InFlightLimit(2);
    for (String call : List.of("a", "b", "c", "d")) {
      limit.acquire(() -> started.add(call));
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
    InFlightLimit limit = new InFlightLimit(1);
    limit.acquire(() -> started.add("a"));
    limit.release();
    limit.acquire(() -> started.add("b"));
    assertThat(started).containsExactly("a", "b");
  }
}
