package dev.gatlingllm.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.StopConfig;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EarlyStopTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream console = new PrintStream(printed, true, UTF_8);
  private long now;
  private int ends;

  private EarlyStop stop(List<StopCause> causes) {
    EarlyStop stop = new EarlyStop(causes, console);
    stop.endsLoadBy(() -> ends++);
    return stop;
  }

  private EarlyStop stopAtHalf() {
    StopConfig config = new StopConfig(OptionalDouble.of(50), true, Duration.ofNanos(10), true);
    return stop(List.of(StopRule.of(config, () -> now).orElseThrow()));
  }

  private static void failed(EarlyStop stop) {
    stop.ended(CallFixture.call().ended(Outcome.REJECTED, "HTTP 400").record());
  }

  @Test
  void withoutARuleNoCallStopsTheRun() {
    EarlyStop stop = stop(List.of());
    failed(stop);
    stop.check();
    assertThat(stop.came()).isFalse();
    assertThat(stop.assertions()).isEmpty();
    assertThat(ends).isZero();
  }

  @Test
  void theCallThatReachesTheShareEndsTheLoad() {
    EarlyStop stop = stopAtHalf();
    failed(stop);
    assertThat(stop.came()).isFalse();
    now = 10;
    failed(stop);
    failed(stop);
    assertThat(ends).isEqualTo(1);
    assertThat(stop.came()).isTrue();
    assertThat(stop.reached()).hasSize(1);
    assertThat(stop.assertions())
        .singleElement()
        .satisfies(it -> assertThat(it.passed()).isFalse());
    assertThat(printed.toString(UTF_8))
        .isEqualToIgnoringNewLines(
            "[llm] stopping the run: " + stop.reached().get(0).reason().orElseThrow());
  }

  @Test
  void aShareThatIsReachedWhileCallsHangEndsTheLoadToo() {
    EarlyStop stop = stopAtHalf();
    failed(stop);
    now = 5;
    failed(stop);
    stop.check();
    assertThat(ends).isZero();
    now = 10;
    stop.check();
    assertThat(ends).isEqualTo(1);
  }

  @Test
  void aRunThatCannotGoOnEndsItsLoadBeforeItSaysWhy() {
    EarlyStop stop = new EarlyStop(List.of(), console);
    stop.endsLoadBy(() -> assertThat(printed.toString(UTF_8)).isEmpty());
    stop.cut("The disk is full.");
    assertThat(printed.toString(UTF_8))
        .isEqualToIgnoringNewLines("[llm] stopping the run: The disk is full.");
    assertThat(stop.came()).isTrue();
    assertThat(stop.reached()).isEmpty();
  }
}
