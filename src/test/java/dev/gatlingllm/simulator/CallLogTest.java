package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CallLogTest {

  @Test
  void keepsTheLatestCalls() {
    CallLog log = new CallLog(2);
    log.add(call("a"));
    log.add(call("b"));
    log.add(call("c"));

    assertThat(log.calls()).extracting(SimulatedCall::requestId).containsExactly("b", "c");
    assertThat(log.call("a")).isEmpty();
    assertThat(log.call("c")).isPresent();
  }

  @Test
  void canBeSwitchedOff() {
    CallLog log = new CallLog(0);
    log.add(call("a"));

    assertThat(log.calls()).isEmpty();
  }

  private static SimulatedCall call(String requestId) {
    return new CallTruth(requestId, 0, Optional.empty(), 0)
        .sealed(Ending.REFUSED, OptionalLong.empty());
  }
}
