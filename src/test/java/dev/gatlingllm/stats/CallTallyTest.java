package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatlingllm.record.CallRecord.Connection;
import dev.gatlingllm.record.CallRecord.InterChunks;
import dev.gatlingllm.record.CallRecord.Served;
import dev.gatlingllm.record.Outcome;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CallTallyTest {

  private final CallTally tally = new CallTally(CallObjectives.NONE);

  @Test
  void aCallThatAStallEndedIsAStallMore() {
    add(call().gaps(stalls(2)));
    add(call().ended(Outcome.TIMED_OUT, "timeout: stalled for 15 s"));
    add(call().gaps(stalls(3)).ended(Outcome.TIMED_OUT, "timeout: stalled for 15 s"));
    add(call().gaps(stalls(9)).ended(Outcome.TIMED_OUT, "timeout: not complete in 60 s"));
    add(call().gaps(stalls(9)).ended(Outcome.UNFINISHED, ""));

    assertThat(tally.dataQuality().stalls()).isEqualTo(2 + 1 + 4);
  }

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
    DataQuality found = tally.dataQuality();
    assertThat(found.stalls()).isEqualTo(5);
    assertThat(found.lateEvents()).isEqualTo(6);
    assertThat(found.estimatedTokens()).isEqualTo(1);
    assertThat(found.uncountedTokens()).isEqualTo(1);
    assertThat(found.implausibleTokens()).isEqualTo(1);
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
        .extracting(
            ErrorCount::text, ErrorCount::outcome, ErrorCount::count, ErrorCount::requestIds)
        .containsExactly(
            tuple("stream cut", Outcome.BROKEN, 2L, List.of("id")),
            tuple("timed-out", Outcome.TIMED_OUT, 1L, List.of()));
  }

  @Test
  void aKindOfFailureKeepsWhenItHappenedAndWhatTheServiceSaidFirst() {
    tally.add(rejected(3000, 3200, "").record(), 1_000_000_000);
    tally.add(rejected(1000, 1500, "no such model: a").retryAfter(1500).record(), 0);
    tally.add(rejected(8000, 9000, "no such model: b").retryAfter(900).record(), 0);
    tally.add(rejected(2000, 2500, "no such model: c").record(), 0);
    assertThat(tally.errors())
        .containsExactly(
            new ErrorCount(
                "404 rejected",
                Outcome.REJECTED,
                4,
                1.5,
                9,
                OptionalInt.of(404),
                "no such model: a",
                OptionalLong.of(1500),
                List.of("id", "id", "id")));
  }

  @Test
  void failuresOfTwoRowsTogetherAreToldByTheFirstOfThemInTime() {
    CallTally late = new CallTally(CallObjectives.NONE);
    for (int i = 0; i < 4; i++) {
      late.add(rejected(0, 5000 + 5 * i, "late").served(404, "late " + i, "", "").record(), 0);
    }
    CallTally early = new CallTally(CallObjectives.NONE);
    early.add(rejected(0, 1000, "early").served(404, "early", "", "").record(), 0);
    early.add(rejected(0, 5002.5, "").served(404, "between", "", "").record(), 0);
    CallTally together = new CallTally(CallObjectives.NONE);
    together.addAll(late);
    together.addAll(early);
    ErrorCount found = together.errors().get(0);
    assertThat(found.example()).isEqualTo("early");
    assertThat(found.requestIds())
        .containsExactly("early", "late 0", "between")
        .hasSize(ErrorCount.REQUEST_IDS);
  }

  private static CallFixture rejected(double fromMillis, double toMillis, String detail) {
    return call()
        .from(fromMillis, toMillis)
        .ended(Outcome.REJECTED, "404 rejected")
        .detail(detail)
        .served(404, "id", "", "");
  }

  @Test
  void answersThatAFilterBlockedAreCountedThoughTheySucceeded() {
    add(call().served(200, "", "", "guardrail_intervened"));
    add(call().served(200, "", "", "CONTENT_FILTERED"));
    add(call().served(200, "", "", "stop"));
    add(call().served(200, "", "", "content_filter").ended(Outcome.BROKEN, "cut"));
    assertThat(tally.dataQuality().blockedAnswers()).isEqualTo(2);
    assertThat(tally.counts().succeeded()).isEqualTo(3);
  }

  @Test
  void aStreamThatWasCollectedIsCountedAmongThoseThatAreLongEnoughAndItsPausesAreNoStalls() {
    add(call().chunks(600, 0, 0, 0, 0, 0, 0, 0, 0, 2_000_000).tokens(1, 10));
    add(call().chunks(600, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000).tokens(1, 8));
    add(call().chunks(600, 0, 0).tokens(1, 3));
    add(call().notStreaming().tokens(1, 30));
    assertThat(tally.dataQuality().streams()).isEqualTo(new BufferedStreams(1, 2));
    assertThat(tally.dataQuality().streams().percent()).hasValue(50);
    assertThat(tally.dataQuality().stalls()).isZero();
  }

  @Test
  void countsThatCannotBeRightAreCountedByTheirReason() {
    add(call().chunks(100, 30_000, 30_000).tokens(1, 0));
    add(call().chunks(100, 30_000, 30_000).tokens(1, 1));
    add(call().chunks(100, 30_000, 30_000).tokens(1, 2));
    assertThat(tally.dataQuality().tokenDoubts()).hasToString("{fewer-than-chunks=1, zero=1}");
  }

  @Test
  void aCallThatWasServedInAnotherLatencyModeThanItAskedForIsCounted() {
    add(call().label("latency", "optimized").servedBy(mode("standard")));
    add(call().label("latency", "optimized").servedBy(mode("optimized")));
    add(call().label("latency", "none").servedBy(mode("standard")));
    add(call().servedBy(mode("standard")));
    add(call().label("latency", "optimized"));
    assertThat(tally.dataQuality().otherLatencyMode()).isEqualTo(1);
    assertThat(tally.breakdown().servedLatencyModes()).hasToString("{standard=3, optimized=1}");
  }

  @Test
  void whoServedTheCallsIsCountedIfTheResponseNamesSomebodyElse() {
    add(call().servedBy(new Served("gpt-4o", "", "", OptionalLong.empty())));
    add(call().servedBy(new Served("gpt-4o-mini", "flex", "", OptionalLong.empty())));
    add(call().servedBy(new Served("gpt-4o-mini", "", "", OptionalLong.empty())));
    assertThat(tally.breakdown().servedModels()).hasToString("{gpt-4o → gpt-4o-mini=2}");
    assertThat(tally.breakdown().servedTiers()).hasToString("{flex=1}");
  }

  private static Served mode(String latencyMode) {
    return new Served("", "", latencyMode, OptionalLong.empty());
  }

  @Test
  void connectionsAreCountedWithTheMedianTimeThatOpeningThemTook() {
    assertThat(tally.connections()).isEmpty();
    add(call().on(opened(1, 8)));
    add(call().on(opened(3, 20)));
    add(call().on(opened(2, 9)));
    add(call().on(new Connection(true, OptionalLong.empty(), OptionalLong.empty())));
    add(call());
    add(
        call()
            .on(new Connection(true, OptionalLong.empty(), OptionalLong.empty()))
            .ended(Outcome.BROKEN, "reused connection closed by the server"));
    assertThat(tally.connections())
        .contains(new ConnectionCounts(3, 2, OptionalDouble.of(2), OptionalDouble.of(9), 1));
  }

  private static Connection opened(long tcpMillis, long tlsMillis) {
    return new Connection(
        false, OptionalLong.of(tcpMillis * 1_000_000), OptionalLong.of(tlsMillis * 1_000_000));
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
        List.of(5_000_000L, (long) stalls), OptionalLong.of(5_000_000_000L), stalls, 0);
  }

  private void add(CallFixture call) {
    tally.add(call.record(), 0);
  }
}
