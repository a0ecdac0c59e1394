package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CancelledCallsTest {

  private static final CallObjectives ONE_SECOND =
      new CallObjectives(Optional.empty(), Optional.empty(), Optional.of(Duration.ofSeconds(1)));

  private static CallStatistics overall(List<CallRecord> calls) {
    StatisticsCollector collector = new StatisticsCollector(ONE_SECOND, PercentileRule.SHOW_ALL);
    calls.forEach(one -> collector.add(one, 0));
    return collector.result().overall();
  }

  private static CallFixture answered(int number, double millis) {
    double start = number * 100;
    return call()
        .id(number)
        .from(start, start + millis)
        .streamed(millis / 10, millis)
        .tokens(10, 20);
  }

  private static CallFixture failed(int number) {
    return call().id(number).from(number * 100, number * 100 + 5).ended(Outcome.REJECTED, "500");
  }

  /**
   * A service of which each 10th call fails at once and the others take 100 to 1,900 ms, and
   * clients that leave after 500 ms.
   *
   * @param leaves whether the client of a call is to leave
   */
  private static List<CallRecord> run(boolean leaves) {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      double millis = 100 + 1_800 * (i % 97) / 96.0;
      boolean toCancel = leaves && i % 2 == 0;
      CallFixture one = i % 20 > 17 ? failed(i) : answered(i, millis);
      if (toCancel) {
        one.toCancel(500);
      }
      if (toCancel && i % 20 <= 17 && millis > 500) {
        one =
            call()
                .id(i)
                .from(i * 100, i * 100 + 500)
                .streamed(millis / 10, 500)
                .tokens(10, 5)
                .toCancel(500)
                .cancelled();
      }
      calls.add(one.record());
    }
    return calls;
  }

  /** The share of calls that are cancelled must not move what is said of the service. */
  @Test
  void clientsThatLeaveDoNotMoveWhatIsMeasuredOfTheService() {
    CallStatistics all = overall(run(false));
    CallStatistics some = overall(run(true));

    assertThat(some.counts().cancelled()).isBetween(300L, 400L);
    assertThat(some.counts().errorPercent().getAsDouble())
        .isEqualTo(all.counts().errorPercent().getAsDouble());
    assertThat(some.goodput().orElseThrow().percent().getAsDouble())
        .isCloseTo(all.goodput().orElseThrow().percent().getAsDouble(), within(1.0));
    for (Measure measure : List.of(Measure.TTFT, Measure.E2E, Measure.E2E_FROM_ARRIVAL)) {
      for (Quantile quantile : List.of(Quantile.P50, Quantile.P95)) {
        double whole = all.of(measure).at(quantile).getAsDouble();
        assertThat(some.of(measure).at(quantile).getAsDouble())
            .as(measure + " " + quantile)
            .isBetween(0.97 * whole, 1.03 * whole);
      }
    }
  }

  @Test
  void aCancelledCallIsNeitherSuccessNorFailureAndInTheRateSent() {
    List<CallRecord> calls =
        List.of(
            answered(0, 300).record(),
            answered(1, 300).record(),
            answered(2, 300).toCancel(1_000).record(),
            call().id(3).from(300, 800).toCancel(500).cancelled().record(),
            failed(4).toCancel(500).record());
    CallStatistics all = overall(calls);

    assertThat(all.counts().started()).isEqualTo(5);
    assertThat(all.counts().succeeded()).isEqualTo(3);
    assertThat(all.counts().failed()).isEqualTo(1);
    assertThat(all.counts().cancelled()).isEqualTo(1);
    assertThat(all.counts().ended()).isEqualTo(5);
    assertThat(all.counts().judged()).isEqualTo(2);
    assertThat(all.counts().successPercent()).hasValue(100);
    assertThat(all.counts().errorPercent()).hasValue(0);
    assertThat(all.goodput().orElseThrow().calls()).isEqualTo(2);
    assertThat(all.goodput().orElseThrow().percent()).hasValue(100);
    assertThat(all.errors()).extracting(ErrorCount::text).containsExactly("500");
    double sent = all.throughput().startedPerMinute().getAsDouble();
    double completed = all.throughput().requestsPerMinute().getAsDouble();
    assertThat(completed / sent).isCloseTo(3 / 5.0, within(1e-9));
  }

  @Test
  void tokensUntilTheClientCancelledAreApartFromThoseOfAnswers() {
    List<CallRecord> calls =
        List.of(
            answered(0, 300).record(),
            call()
                .from(100, 600)
                .streamed(200, 450)
                .tokens(10, 7)
                .toCancel(500)
                .cancelled()
                .record(),
            call().from(200, 700).chunks(200, 1_000).toCancel(500).cancelled().record(),
            call().from(300, 800).toCancel(500).cancelled().record());
    CallStatistics all = overall(calls);

    assertThat(all.cancelled()).contains(new CancelledCalls(3, 3, 2, OptionalLong.of(7), 1));
    assertThat(all.of(Measure.OUTPUT_TOKENS).n()).isEqualTo(1);
    assertThat(all.of(Measure.OUTPUT_TOKENS).max()).hasValue(20);
  }

  @Test
  void theFirstTokenOfAClientThatWaitsForItCountsWhateverFollows() {
    CallFixture waits = call().from(0, 700).streamed(200, 600).toCancelAfterFirstToken(500);
    CallRecord cancelled = waits.cancelled().record();
    assertThat(Measure.TTFT.of(cancelled)).hasValue(200);
    assertThat(Measure.TTFT_FROM_ARRIVAL.of(cancelled)).hasValue(200);
    assertThat(Measure.E2E.of(cancelled)).isEmpty();
    assertThat(Measure.TTLT.of(cancelled)).isEmpty();
    assertThat(Measure.MAX_INTER_CHUNK.of(cancelled)).isEmpty();

    CallRecord complete =
        call().from(0, 300).streamed(200, 300).toCancelAfterFirstToken(500).record();
    assertThat(Measure.TTFT.of(complete)).hasValue(200);
    assertThat(Measure.E2E.of(complete)).isEmpty();
  }

  @Test
  void theFirstTokenOfAClientThatMayLeaveBeforeItDoesNot() {
    CallRecord fast = call().from(0, 700).streamed(200, 600).toCancel(500).cancelled().record();
    assertThat(Measure.TTFT.of(fast)).isEmpty();
    CallRecord complete = answered(0, 300).toCancel(500).record();
    assertThat(Measure.TTFT.of(complete)).isEmpty();
    assertThat(Measure.OUTPUT_TOKENS.of(complete)).hasValue(20);
    assertThat(Measure.SCHEDULE_DELAY.of(fast)).isEqualTo(OptionalDouble.of(0));
  }

  @Test
  void aUserWhoWasToLeaveAtRandomIsNoneWhoWaitedLongerThanAny() {
    List<CallRecord> calls =
        List.of(
            answered(0, 300).record(),
            call().from(100, 900).ended(Outcome.TIMED_OUT, "timeout").toCancel(5_000).record(),
            call().from(200, 700).toCancel(500).cancelled().record(),
            call()
                .from(300, 900)
                .ended(Outcome.TIMED_OUT, "timeout")
                .toCancelAfterFirstToken(500)
                .record());
    CallStatistics all = overall(calls);
    assertThat(all.of(Measure.E2E_FROM_ARRIVAL).longer()).isZero();
    assertThat(all.of(Measure.TTFT_FROM_ARRIVAL).longer())
        .as("who waits for the first token is censored by the time limit alone")
        .isEqualTo(1);
  }

  @Test
  void withoutACallThatWasToStayThereIsNoPercentage() {
    CallStatistics all = overall(List.of(call().from(0, 500).toCancel(500).cancelled().record()));
    assertThat(all.counts().errorPercent()).isEmpty();
    assertThat(all.goodput().orElseThrow().percent()).isEmpty();
    assertThat(all.shares().failed().of()).isZero();
  }
}
