package dev.gatlingllm.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.simulator.Ending;
import dev.gatlingllm.simulator.SimulatedCall;
import dev.gatlingllm.timing.CallTimeline;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ErrorTallyTest {

  private final ErrorTally tally = new ErrorTally();

  /** A call with outputs at these instants, ended 10 ns after the last. */
  private static CallTimeline measured(long arrival, long start, long... outputs) {
    CallTimeline timeline = new CallTimeline(arrival);
    timeline.started(start);
    long last = start;
    for (long output : outputs) {
      timeline.outputCame(output, true);
      last = output;
    }
    timeline.ended(last + 10);
    return timeline;
  }

  private static SimulatedCall truth(long received, long... chunks) {
    return new SimulatedCall(
        "id",
        0,
        OptionalInt.of(200),
        Optional.empty(),
        Ending.ANSWERED,
        OptionalInt.of(1),
        OptionalInt.of(0),
        chunks.length,
        received,
        OptionalLong.of(received),
        chunks,
        OptionalLong.empty());
  }

  private MeasurementError result() {
    return tally.result(MeasurementError.Source.RUN, "a load", 3);
  }

  private static MeasurementError.Spread spread(long n, long p50, long max) {
    return new MeasurementError.Spread(
        n, OptionalLong.of(p50), OptionalLong.empty(), OptionalLong.of(max));
  }

  @Test
  void scheduleDelayTtftErrorAndInterChunkLatencyErrorsOfOneCallAreTheseDifferences() {
    // measured: lag 5, TTFT 300, gaps 100, 95; true: TTFT 250, gaps 90, 100
    tally.add(measured(1_000, 1_005, 1_305, 1_405, 1_500), truth(1_020, 1_270, 1_360, 1_460));

    MeasurementError error = result();
    assertThat(error.scheduleDelay()).isEqualTo(spread(1, 5, 5));
    assertThat(error.ttft()).isEqualTo(spread(1, 50, 50));
    assertThat(error.interChunk()).isEqualTo(spread(2, 5, 10));
    assertThat(error.calls()).isEqualTo(1);
    assertThat(error.chunks()).isEqualTo(3);
    assertThat(error.durationNanos()).isEqualTo(505);
    assertThat(error.mostCallsAtOnce()).isEqualTo(3);
    assertThat(error.load()).isEqualTo("a load");
  }

  @Test
  void theFirstCallIsTheOneThatStartedFirstInWhateverOrderCallsEnd() {
    tally.add(measured(200, 200, 290), truth(200, 280));
    tally.add(measured(100, 100, 140), truth(100, 110));
    tally.add(measured(300, 300, 390), truth(300, 385));

    assertThat(result().firstTtftNanos()).hasValue(30);
    assertThat(result().ttft()).isEqualTo(spread(3, 10, 30));
    assertThat(result().durationNanos()).isEqualTo(300);
  }

  @Test
  void aCallThatIsNotStreamedHasAScheduleDelayOnly() {
    tally.add(measured(100, 107), truth(120, 150));

    assertThat(result().scheduleDelay()).isEqualTo(spread(1, 7, 7));
    assertThat(result().ttft()).isEqualTo(MeasurementError.Spread.NONE);
    assertThat(result().interChunk()).isEqualTo(MeasurementError.Spread.NONE);
    assertThat(result().firstTtftNanos()).isEmpty();
  }

  @Test
  void aCallWithOtherChunksThanWereSentIsNotCompared() {
    tally.add(measured(100, 100, 150), truth(100, 140, 150));
    tally.addOther();

    assertThat(result().calls()).isZero();
    assertThat(result().otherCalls()).isEqualTo(2);
    assertThat(result().scheduleDelay()).isEqualTo(MeasurementError.Spread.NONE);
    assertThat(result().chunksPerSecond()).isEmpty();
  }

  @Test
  void aPercentileThatTooFewValuesCarryIsWithheld() {
    for (int i = 1; i <= 499; i++) {
      tally.add(measured(0, i), truth(0, 1));
    }
    assertThat(result().scheduleDelay().p99Nanos()).isEmpty();

    tally.add(measured(0, 500), truth(0, 1));
    assertThat(result().scheduleDelay())
        .isEqualTo(
            new MeasurementError.Spread(
                500, OptionalLong.of(250), OptionalLong.of(495), OptionalLong.of(500)));
  }

  @Test
  void chunksPerSecondAreThoseOfAllCallsOverTheWallTime() {
    tally.add(measured(0, 0, 1_000_000_000L, 1_999_999_990L), truth(0, 5, 6));

    assertThat(result().chunksPerSecond()).hasValue(1.0);
  }
}
