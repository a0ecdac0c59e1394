package dev.gatlingllm.health;

import static dev.gatlingllm.record.HealthFixture.sample;
import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Delays;
import dev.gatlingllm.record.Exhausted;
import dev.gatlingllm.record.HealthFixture;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.Outcome;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthTallyTest {

  private static final long SECOND = 1_000_000_000L;

  private final HealthTally tally = new HealthTally(OptionalLong.of(100));

  private double figure(HealthCheck check) {
    return tally.verdict().findings().get(check).value();
  }

  @Test
  void aQuietRunIsTrusted() {
    for (int i = 0; i < 120; i++) {
      tally.add(
          sample()
              .number(i)
              .inFlight(7)
              .descriptors(220, 1_024)
              .loopDelayMicros(30, 40, 200)
              .pauses(1, 3, 3)
              .busy(0.1, 0.2)
              .scheduleDelayMicros(900)
              .backlogMicros(5, 20)
              .records(1, 65_536, 0)
              .make());
    }
    Verdict verdict = tally.verdict();
    assertThat(verdict.level()).as(verdict.line()).isEqualTo(Trust.TRUSTED);
    assertThat(verdict.samples()).isEqualTo(120);
    assertThat(verdict.findings())
        .containsOnlyKeys(
            EnumSet.complementOf(
                EnumSet.of(
                    HealthCheck.NO_DESCRIPTOR,
                    HealthCheck.NO_PORT,
                    HealthCheck.NO_THREAD,
                    HealthCheck.NO_MEMORY,
                    HealthCheck.TTFT_ERROR,
                    HealthCheck.TTFT_ERROR_P99,
                    HealthCheck.INTER_CHUNK_ERROR,
                    HealthCheck.BUFFERED)));
  }

  @Test
  void aMedianErrorThatIsSmallDoesNotHideALargeOneOfSomeCalls() {
    tally.add(sample().number(0).make());
    tally.measurementError(errorOfTtft(4_900_000, OptionalLong.of(800_000_000)));
    assertThat(figure(HealthCheck.TTFT_ERROR)).isEqualTo(4.9);
    assertThat(figure(HealthCheck.TTFT_ERROR_P99)).isEqualTo(800);
    assertThat(tally.verdict().level()).isEqualTo(Trust.INVALID);
    assertThat(tally.verdict().reasons()).singleElement().asString().contains("p99 of 800 ms");
  }

  private static MeasurementError errorOfTtft(long p50, OptionalLong p99) {
    MeasurementError.Spread ttft =
        new MeasurementError.Spread(600, OptionalLong.of(p50), p99, OptionalLong.of(900_000_000));
    return new MeasurementError(
        MeasurementError.Source.RUN,
        "",
        SECOND,
        600,
        0,
        5,
        0,
        OptionalLong.empty(),
        MeasurementError.Spread.NONE,
        ttft,
        MeasurementError.Spread.NONE);
  }

  @Test
  void streamsThatWereCollectedOnTheirWayDegradeARunIfTheyAreMoreThanAFew() {
    tally.add(sample().number(0).make());
    for (int i = 0; i < 19; i++) {
      tally.ended(call().chunks(200, 30_000, 30_000, 30_000, 30_000).tokens(9, 30).record());
    }
    tally.ended(call().chunks(600, new long[99]).tokens(9, 100).record());
    tally.ended(call().notStreaming().tokens(9, 100).record());
    assertThat(figure(HealthCheck.BUFFERED)).isEqualTo(5);
    assertThat(tally.verdict().level()).isEqualTo(Trust.TRUSTED);
    tally.ended(call().chunks(600, new long[99]).tokens(9, 100).record());
    assertThat(tally.verdict().level()).isEqualTo(Trust.DEGRADED);
    assertThat(tally.verdict().reasons())
        .singleElement()
        .asString()
        .startsWith("Something between you and the service collects the stream: of 9.52 %")
        .contains("proxy_buffering off", "X-Accel-Buffering: no");
  }

  @Test
  void whatTheClientAddsByItsOwnMeasurementCountsToo() {
    tally.add(sample().number(0).make());
    tally.measurementError(error(4_000_000, 9_000_000));
    assertThat(tally.verdict().level()).isEqualTo(Trust.TRUSTED);
    tally.measurementError(error(6_000_000, 9_000_000));
    assertThat(tally.verdict().reasons())
        .containsExactly(
            "Measured against a simulated endpoint, the client adds to each time to first token:"
                + " median 6 ms (limit 5 ms).");
    tally.measurementError(error(4_000_000, 101_000_000));
    assertThat(tally.verdict().level()).isEqualTo(Trust.INVALID);
  }

  private static MeasurementError error(long ttftP50Nanos, long gapP99Nanos) {
    return new MeasurementError(
        MeasurementError.Source.CALIBRATION,
        "as planned",
        5 * SECOND,
        600,
        0,
        10,
        6_000,
        OptionalLong.empty(),
        MeasurementError.Spread.NONE,
        new MeasurementError.Spread(
            600, OptionalLong.of(ttftP50Nanos), OptionalLong.empty(), OptionalLong.empty()),
        new MeasurementError.Spread(
            6_000, OptionalLong.empty(), OptionalLong.of(gapP99Nanos), OptionalLong.empty()));
  }

  @Test
  void histogramsOfAllSamplesMakeOnePercentile() {
    tally.add(sample().number(0).loopDelay(new Delays(List.of(100L, 98L))).make());
    tally.add(sample().number(1).loopDelayMicros(7_000, 90_000).make());
    assertThat(figure(HealthCheck.LOOP_DELAY)).isBetween(7.0, 7.01);
    assertThat(figure(HealthCheck.LOOP_LONGEST)).isBetween(90.0, 90.1);
  }

  @Test
  void ofFewCallsTheLatestIsTheP99() {
    tally.add(sample().number(0).scheduleDelayMicros(500, 12_000).make());
    assertThat(figure(HealthCheck.SCHEDULE_DELAY)).isBetween(12.0, 12.01);
  }

  @Test
  void droppedArrivalsAreAShareOfThoseThatWereToBeSent() {
    tally.add(sample().number(0).scheduleDelayMicros(1, 2, 3).dropped(1).make());
    assertThat(figure(HealthCheck.DROPPED)).isEqualTo(25);
  }

  @Test
  void whatTheRunsOwnLimitHoldsBackIsToldAndIsNotTheClientsFault() {
    for (int i = 0; i < 8; i++) {
      tally.add(
          sample().number(i).scheduleDelayMicros(100).heldMicros(900_000).heldTooLong(1).make());
    }
    assertThat(tally.verdict().level()).isEqualTo(Trust.TRUSTED);
    assertThat(figure(HealthCheck.DROPPED)).isZero();
    assertThat(tally.verdict().remarks())
        .containsExactly(
            "The run's own limit of calls in flight, or of its rate, held calls back for up to 900"
                + " ms: that is in their schedule delay and in the latencies (user), and not the client's"
                + " fault.",
            "Arrivals dropped because of that limit alone: 8.");
  }

  @Test
  void timeInPausesIsAShareOfTheTimeUnderLoad() {
    tally.add(sample().number(0).pauses(1, 20, 20).make());
    tally.add(sample().number(1).pauses(2, 60, 80).make());
    assertThat(figure(HealthCheck.GC_SHARE)).isEqualTo(20);
    assertThat(figure(HealthCheck.GC_LONGEST)).isEqualTo(60);
  }

  @Test
  void theBusierOfProcessAndMachineCounts() {
    for (int i = 0; i < 3; i++) {
      tally.add(sample().number(i).busy(0.97, 0.5).make());
    }
    assertThat(figure(HealthCheck.CPU)).isEqualTo(97);
    for (int i = 3; i < 10; i++) {
      tally.add(sample().number(i).busy(0.1, 0.99).make());
    }
    assertThat(figure(HealthCheck.CPU)).isEqualTo(99);
  }

  @Test
  void aRunInWhichTheClientRanOutOfDescriptorsIsInvalidAndSaysOfHowMany() {
    tally.add(sample().number(0).descriptors(230, 256).make());
    for (int i = 0; i < 3; i++) {
      tally.ended(call().ended(Outcome.CRASHED, "client exhausted: file descriptors").record());
    }

    assertThat(tally.verdict().level()).isEqualTo(Trust.INVALID);
    assertThat(tally.verdict().reasons())
        .containsExactly(
            "The client ran out of file descriptors, so calls failed that were never sent: 3 calls"
                + " (limit 0 calls). Allow more before the run: ulimit -n 65536. ulimit -n is"
                + " 256.");
  }

  @ParameterizedTest
  @EnumSource(Exhausted.class)
  void whateverTheClientRanOutOfMakesTheRunInvalidEvenWithoutSamples(Exhausted resource) {
    tally.ended(call().ended(Outcome.CRASHED, Exhausted.ERROR + resource.words()).record());

    assertThat(tally.verdict().level()).isEqualTo(Trust.INVALID);
    assertThat(tally.verdict().line()).contains(resource.words());
  }

  @Test
  void aFailureOfTheServiceSaysNothingOfTheClient() {
    tally.add(sample().number(0).make());
    tally.ended(call().ended(Outcome.CRASHED, "crashed: IllegalStateException").record());

    assertThat(tally.verdict().level()).isEqualTo(Trust.TRUSTED);
  }

  @Test
  void aClientWithoutADescriptorLeftIsInvalidWhicheverCallsItKept() {
    tally.add(sample().number(0).descriptors(256, 256).make());

    assertThat(tally.verdict().line())
        .isEqualTo(
            "invalid: Almost every file descriptor that the client may have was open: 100 % (limit"
                + " 99 %). Allow more before the run: ulimit -n 65536. ulimit -n is 256.");
  }

  @Test
  void anUnknownLoadOfTheProcessorsIsNoFigure() {
    tally.add(sample().number(0).make());
    assertThat(tally.verdict().findings()).doesNotContainKey(HealthCheck.CPU);
  }

  @Test
  void onlyTheTimeUnderLoadCountsButEveryLostRecordDoes() {
    tally.add(idle(0).pauses(1, 900, 900).loopDelayMicros(800_000).make());
    tally.add(sample().number(1).scheduleDelayMicros(5).make());
    tally.add(idle(2).pauses(1, 40, 40).make());
    tally.add(sample().number(3).scheduleDelayMicros(5).make());
    tally.add(idle(4).pauses(1, 700, 700).records(0, 65_536, 3).make());
    assertThat(tally.verdict().samples()).isEqualTo(3);
    assertThat(figure(HealthCheck.GC_LONGEST)).isEqualTo(40);
    assertThat(tally.verdict().findings()).doesNotContainKey(HealthCheck.LOOP_LONGEST);
    assertThat(figure(HealthCheck.RECORDS_LOST)).isEqualTo(3);
    assertThat(tally.verdict().level()).isEqualTo(Trust.INVALID);
  }

  private static HealthFixture idle(int number) {
    return sample().number(number).inFlight(0);
  }

  @Test
  void aRunThatDroppedEveryArrivalIsNotOneWithoutSamples() {
    tally.add(idle(0).dropped(3).make());
    assertThat(tally.verdict().level()).isEqualTo(Trust.INVALID);
  }

  @Test
  void aRunWithoutSamplesIsUnknown() {
    assertThat(tally.verdict().level()).isEqualTo(Trust.UNKNOWN);
  }

  @Test
  void moreCallsInFlightThanConnectionsDegradeTheRun() {
    tally.add(sample().number(0).inFlight(103).make());
    assertThat(figure(HealthCheck.CONNECTIONS)).isEqualTo(3);
    assertThat(new HealthTally(OptionalLong.empty()).verdict().findings()).isEmpty();
  }

  @Test
  void theFullestQueueOfRecordsCounts() {
    tally.add(sample().number(0).records(600, 1_000, 0).make());
    tally.add(sample().number(1).records(0, 1_000, 0).make());
    assertThat(figure(HealthCheck.QUEUE)).isEqualTo(60);
    assertThat(tally.verdict().level()).isEqualTo(Trust.DEGRADED);
  }

  @Test
  void aClientThatCouldNotBeWatchedIsNotTrusted() {
    tally.add(sample().number(0).lasting(3 * SECOND).make());
    assertThat(figure(HealthCheck.UNWATCHED)).isEqualTo(3);
    assertThat(tally.verdict().level()).isEqualTo(Trust.DEGRADED);
  }

  @Test
  void samplesThatEndLongBeforeTheLastCallAreNotEnough() {
    tally.add(sample().number(0).make());
    assertThat(tally.verdict(2 * SECOND).level()).isEqualTo(Trust.TRUSTED);
    Verdict verdict = tally.verdict(10 * SECOND);
    assertThat(verdict.level()).isEqualTo(Trust.DEGRADED);
    assertThat(verdict.reasons())
        .containsExactly("The client could not even be watched for 9.75 s (limit 2 s).");
  }

  @Test
  void eventsAfterTheEndOfTheirCallAreOnlyTold() {
    for (int i = 0; i < 8; i++) {
      tally.add(sample().number(i).lateEvents(2).make());
    }
    assertThat(tally.verdict().level()).isEqualTo(Trust.TRUSTED);
    assertThat(tally.verdict().remarks())
        .containsExactly("Events dropped because their call had ended: 16.");
  }
}
