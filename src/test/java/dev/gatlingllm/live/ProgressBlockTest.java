package dev.gatlingllm.live;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressBlockTest {

  private static final long SECOND = 1_000_000_000L;

  private long now;
  private final Progress progress =
      new Progress(new RunClock(() -> now, 0, Instant.parse("2024-03-14T16:24:05Z")), 60 * SECOND);

  private void ends(int calls) {
    for (int i = 0; i < calls; i++) {
      progress.started();
      progress.ended(call().from(0, 1_100).streamed(100 + i, 1_100).tokens(7, 101).record());
    }
  }

  private void fails(Outcome outcome) {
    progress.started();
    progress.ended(call().ended(outcome, "error").record());
  }

  @Test
  void itSaysHowFarTheRunIsWhatItReachesWhatFailsAndWhatItSpends() {
    now = 25 * SECOND;
    ends(200);
    fails(Outcome.TIMED_OUT);
    fails(Outcome.THROTTLED);
    fails(Outcome.THROTTLED);
    progress.started();
    LoadGoal.Way way = LoadGoal.Way.ofTime(25 * SECOND, 60 * SECOND, OptionalDouble.of(500));
    progress.knows(
        () -> new Outlook(Optional.of(way), List.of("0.42 of 5 USD (llm.spend.maxCost)")));

    assertThat(ProgressBlock.lines(progress.snapshot()))
        .containsExactly(
            "[llm] running, 41 % of the load after 0:25, 0:35 left",
            "      calls     480.0/min completed of 500.0/min asked, 200 done, 1 in flight",
            "      TTFT      p50 199 ms, p95 289 ms so far",
            "      tokens/s  p50 111, p5 101 of one call so far",
            "      failures  3: throttled 2, timed-out 1",
            "      spend     0.42 of 5 USD (llm.spend.maxCost)");
  }

  @Test
  void percentilesAreOfTheWholeRunAndWithheldWhileFewCallsSupportThem() {
    ends(1);
    now = 600 * SECOND;
    assertThat(ProgressBlock.lines(progress.snapshot()))
        .contains(
            "[llm] running for 10:00",
            "      calls     -/min completed, 1 done, 0 in flight",
            "      TTFT      p50 100 ms, p95 - ms so far",
            "      failures  none");
  }

  @Test
  void aLoadThatIsOverWaitsForItsLastCalls() {
    now = 3_700 * SECOND;
    progress.started();
    progress.knows(() -> new Outlook(Optional.of(LoadGoal.Way.ofCalls(10, 10)), List.of()));

    assertThat(ProgressBlock.headline(progress.snapshot()))
        .isEqualTo("running, 100 % of the load after 1:01:40, waiting for the last calls");
  }

  @Test
  void noLineIsWiderThanATerminal() {
    for (Outcome outcome : Outcome.values()) {
      if (outcome.failed()) {
        fails(outcome);
      }
    }
    progress.knows(
        () ->
            new Outlook(
                Optional.of(new LoadGoal.Way(0.5, OptionalLong.empty(), OptionalDouble.empty())),
                List.of("x".repeat(200))));

    assertThat(ProgressBlock.lines(progress.snapshot()))
        .allMatch(line -> line.length() <= ProgressBlock.WIDTH)
        .last()
        .asString()
        .endsWith("…");
  }
}
