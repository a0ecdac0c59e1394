package dev.gatlingllm.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainTest {

  private static final long FOR_EVER = Long.MAX_VALUE / 4;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final InFlight inFlight = new InFlight(() -> 0, Runnable::run);

  private Drain drain(long nanos) {
    return new Drain(inFlight, nanos, new PrintStream(printed, true, UTF_8));
  }

  private void call() {
    PlayedCall unused =
        new PlayedCall(
            () -> 0, played -> inFlight.add(played.call, played, () -> {}), (call, outcome) -> {});
  }

  @Test
  void withoutCallsInFlightThereIsNothingToWaitForOrToSay() {
    Drain drain = drain(FOR_EVER);
    drain.await();
    assertThat(drain.isOn()).isTrue();
    assertThat(printed.toString(UTF_8)).isEmpty();
  }

  @Test
  void aWaitThatWasEndedBeforehandDoesNotBegin() {
    call();
    Drain drain = drain(FOR_EVER);
    drain.endWait();
    assertThat(drain.isOn()).isFalse();
    drain.await();
    assertThat(printed.toString(UTF_8))
        .isEqualToIgnoringNewLines("[llm] stopping: waiting for 1 call in flight (llm.load.drain)");
  }

  @Test
  void aDrainOfNoTimeSaysNothing() {
    call();
    drain(0).await();
    assertThat(printed.toString(UTF_8)).isEmpty();
  }

  @Test
  void aRunThatHasEndedDrainsOnlyWhenMemoryRanOut() {
    call();
    Drain drain = drain(FOR_EVER);
    drain.runEnds();
    drain.await();
    assertThat(drain.isOn()).isFalse();
    drain.begin();
    assertThat(drain.isOn()).isTrue();
  }
}
