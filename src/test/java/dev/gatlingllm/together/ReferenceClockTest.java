package dev.gatlingllm.together;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReferenceClockTest {

  private static final long OFFSET = 1_700_000_000_123_456_789L;

  /** The true offset, with so long a way there and back. */
  private static TimeExchange exchange(long sent, long there, long back) {
    long received = sent + there;
    return new TimeExchange(sent, received + OFFSET, received + 10 + OFFSET, received + 10 + back);
  }

  @Test
  void theIntervalsOfExchangesHaveTheOffsetInCommonWhateverTheWaysTook() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      List<TimeExchange> exchanges =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      exchange(
                          i * 1_000_000L, random.nextLong(9_000_000), random.nextLong(500_000)))
              .toList();
      ReferenceClock clock = ReferenceClock.of("clock", exchanges).orElseThrow();
      assertThat(clock.least()).isLessThanOrEqualTo(OFFSET);
      assertThat(clock.most()).isGreaterThanOrEqualTo(OFFSET);
      long error = Math.abs(ReferenceClock.epochNanos(clock.at(0)) - OFFSET);
      assertThat(error).isLessThanOrEqualTo(clock.boundNanos(0));
    }
  }

  @Test
  void theBoundIsHalfOfWhatTheIntervalsHaveInCommonAndGrowsAsClocksMayDrift() {
    List<TimeExchange> exchanges = List.of(exchange(0, 100, 900), exchange(1_000, 500, 60));
    ReferenceClock clock = ReferenceClock.of("clock", exchanges).orElseThrow();
    // In common: at most 100 more, and 60 less; a microsecond and one nanosecond of drift each.
    assertThat(clock.least()).isEqualTo(OFFSET - 60 - 1_001);
    assertThat(clock.most()).isEqualTo(OFFSET + 100 + 1_001);
    assertThat(clock.boundNanos(clock.knownNanos())).isEqualTo(80 + 1_001);
    assertThat(clock.boundNanos(clock.knownNanos() + 1_000_000_000L))
        .isEqualTo(80 + 1_001 + 100_000);
  }

  @Test
  void anExchangeDuringAStepOfTheOtherClockIsOutvoted() {
    TimeExchange stepped = new TimeExchange(0, OFFSET + 5_000_000, OFFSET + 5_000_010, 30);
    List<TimeExchange> exchanges =
        Stream.concat(
                Stream.of(stepped), IntStream.range(0, 3).mapToObj(i -> exchange(i * 100L, 20, 20)))
            .toList();
    assertThat(ReferenceClock.of("clock", exchanges).orElseThrow().most())
        .isLessThan(OFFSET + 10_000);
  }

  @Test
  void exchangesThatContradictOneAnotherGiveNoClock() {
    assertThat(
            ReferenceClock.of(
                "clock",
                List.of(
                    new TimeExchange(0, 1_000, 1_000, 10),
                    new TimeExchange(100, 90_000, 90_000, 110))))
        .isEmpty();
  }

  @Test
  void theOffsetIsWhatIsAddedToTheWallClockOfTheRun() {
    Instant wall = Instant.parse("2026-01-31T12:00:03Z");
    long nanos = 500;
    ReferenceClock clock =
        ReferenceClock.own("share 0", nanos, Instant.parse("2026-01-31T12:00:00Z"));
    assertThat(clock.offset(nanos, wall).offsetMillis()).isEqualTo(-3000.0);
    assertThat(clock.at(nanos)).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(clock.nanosAt(clock.at(12_345))).isEqualTo(12_345);
  }
}
