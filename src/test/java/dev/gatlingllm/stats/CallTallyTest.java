package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord.InterChunks;
import dev.gatlingllm.record.Outcome;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CallTallyTest {

  private final CallTally tally = new CallTally(CallObjectives.NONE);

  @Test
  void whatIsOddAddsUpOverTheSucceededCalls() {
    add(call().gaps(stalls(2)).lateEvents(1).tokens(1, 2).estimated());
    add(call().tokens(1, 2));
    add(call().gaps(stalls(3)).lateEvents(4).implausible());
    add(
        call()
            .gaps(stalls(9))
            .lateEvents(1)
            .estimated()
            .implausible()
            .ended(Outcome.BROKEN, "cut"));
    assertThat(tally.dataQuality()).isEqualTo(new DataQuality(5, 6, 1, 1, 1));
  }

  @Test
  void aDroppedArrivalIsCountedAndSentNothing() {
    add(call().neverStarted().ended(Outcome.DROPPED, "").attempt(Outcome.DROPPED).lateEvents(1));
    assertThat(tally.counts().dropped()).isEqualTo(1);
    assertThat(tally.attempts()).isEqualTo(new Attempts(0, 0, 0));
    assertThat(tally.dataQuality().lateEvents()).isZero();
    assertThat(tally.breakdown().models()).isEmpty();
    assertThat(tally.errors()).isEmpty();
  }

  @Test
  void anErrorWithoutATextIsNamedByItsOutcomeAndKeepsTheFirstOutcome() {
    add(call().ended(Outcome.TIMED_OUT, ""));
    add(call().ended(Outcome.BROKEN, "stream cut").served(200, "", "", ""));
    add(call().ended(Outcome.REJECTED, "stream cut").served(200, "id", "", ""));
    add(call().ended(Outcome.UNFINISHED, ""));
    assertThat(tally.errors())
        .containsExactly(
            new ErrorCount("stream cut", Outcome.BROKEN, 2, List.of("id")),
            new ErrorCount("timed-out", Outcome.TIMED_OUT, 1, List.of()));
  }

  @Test
  void attemptsAreCountedOneByOne() {
    add(call().attempt(Outcome.THROTTLED).attempt(Outcome.THROTTLED).attempt(Outcome.SUCCEEDED));
    add(call().attempt(Outcome.THROTTLED).ended(Outcome.THROTTLED, "429"));
    add(call().attempt(Outcome.SUCCEEDED));
    assertThat(tally.attempts()).isEqualTo(new Attempts(5, 1, 3));
  }

  @Test
  void modelsRegionsAndFinishReasonsAreCountedIfTheCallSaysThem() {
    add(call().served(200, "", "eu", "stop"));
    add(call().served(200, "", "eu", "length"));
    add(call().model(""));
    Breakdown breakdown = tally.breakdown();
    assertThat(breakdown.models()).hasToString("{azure-openai / gpt-4o=2, azure-openai=1}");
    assertThat(breakdown.regions()).hasToString("{eu=2}");
    assertThat(breakdown.finishReasons()).hasToString("{stop=1, length=1}");
  }

  @Test
  void ofEquallyFastOrSlowCallsTheFirstIsNotable() {
    tally.add(call().id(1).from(1000, 1400).tokens(9, 4).record(), 0);
    tally.add(call().id(2).from(1000, 1400).tokens(9, 4).record(), 0);
    assertThat(tally.notable().fastest().orElseThrow().id()).isEqualTo(1);
    assertThat(tally.notable().slowest().orElseThrow().id()).isEqualTo(1);
    tally.add(call().id(3).from(1000, 1500).tokens(9, 1).record(), 0);
    tally.add(
        call().id(4).from(1000, 1300).streamed(50, 250).tokens(9, 100).record(), 2_000_000_000L);
    tally.add(call().id(5).from(1000, 9000).tokens(9, 0).record(), 0);
    NotableCalls notable = tally.notable();
    assertThat(notable.fastest().orElseThrow().id()).isEqualTo(4);
    assertThat(notable.slowest().orElseThrow().id()).isEqualTo(5);
    assertThat(notable.slowest().orElseThrow().millisPerOutputToken()).isEmpty();
    assertThat(notable.slowestPerToken().orElseThrow().id()).isEqualTo(3);
    NotableCall best = notable.fastestPerToken().orElseThrow();
    assertThat(best.id()).isEqualTo(4);
    assertThat(best.startSeconds()).isEqualTo(3);
    assertThat(best.e2eMillis()).isEqualTo(300);
    assertThat(best.ttftMillis()).hasValue(50);
    assertThat(best.millisPerOutputToken()).hasValue(3);
  }

  private static InterChunks stalls(int stalls) {
    return new InterChunks(
        List.of(5_000_000L, (long) stalls), OptionalLong.of(5_000_000_000L), stalls);
  }

  private void add(CallFixture call) {
    tally.add(call.record(), 0);
  }
}
