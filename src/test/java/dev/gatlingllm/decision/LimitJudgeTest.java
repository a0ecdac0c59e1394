package dev.gatlingllm.decision;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.health.HealthCheck;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.Extension;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.Limit.Bound;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LimitJudgeTest {

  private static final Verdict TRUSTED = Verdict.of(Map.of(), List.of(), 40);

  private final StatisticsCollector calls =
      new StatisticsCollector(
          new CallObjectives(
              Optional.of(Duration.ofMillis(300)), Optional.empty(), Optional.empty()),
          PercentileRule.WITHHOLD_WHEN_FEW);
  private int made;

  /** Calls 100 ms apart whose times to first token go round. */
  private void answered(int number, double... ttftMillis) {
    for (int i = 0; i < number; i++) {
      double start = 100 * made++;
      calls.add(
          call()
              .from(start, start + 1000)
              .streamed(ttftMillis[i % ttftMillis.length], 900)
              .tokens(9, 11)
              .record(),
          0);
    }
  }

  private void ended(int number, dev.gatlingllm.record.Outcome outcome) {
    for (int i = 0; i < number; i++) {
      double start = 100 * made++;
      boolean dropped = outcome == dev.gatlingllm.record.Outcome.DROPPED;
      var one = call().from(start, start + 250);
      calls.add((dropped ? one.neverStarted() : one).ended(outcome, "no").record(), 0);
    }
  }

  private static Limit ttft(String statistic, Bound bound, double millis) {
    return new Limit(
        "llm.slo.ttft." + statistic,
        List.of("chat"),
        Measure.TTFT.field(),
        statistic,
        bound,
        millis);
  }

  private static Limit ttft(String statistic, double millis) {
    return ttft(statistic, Bound.AT_MOST, millis);
  }

  private static Limit failures(double percent) {
    return new Limit(
        "llm.slo.failures", List.of(), Limit.FAILED, "percent", Bound.AT_MOST, percent);
  }

  private LimitResult judge(Limit limit) {
    return judge(limit, Undecided.POINT);
  }

  private LimitResult judge(Limit limit, Undecided rule) {
    return judge(limit, rule, 0, TRUSTED);
  }

  private LimitResult judge(Limit limit, Undecided rule, long notReached, Verdict verdict) {
    Ground ground = Ground.of(calls.select(any -> true).counts(), notReached, verdict);
    return new LimitJudge(calls, ground, rule).judge(List.of(limit)).get(0);
  }

  @Test
  void aPercentileThatEveryCallKeepsIsMetFromTheCallsOnThatCanShowIt() {
    answered(59, 200, 240);
    LimitResult met = judge(ttft("p95", 500), Undecided.FAIL);
    assertThat(met.outcome()).isEqualTo(Outcome.MET);
    assertThat(met.passed()).isTrue();
    assertThat(met.line())
        .isEqualTo("llm.slo.ttft.p95: 240 ms, limit 500 ms, -52 % (met: 59 calls)");
    assertThat(met.roomPercent()).hasValue(52);
  }

  @Test
  void aPercentileThatManyCallsExceedIsMissedHoweverFewTheyAre() {
    answered(16, 200, 266);
    assertThat(judge(ttft("p95", 100), Undecided.PASS).line())
        .isEqualTo("llm.slo.ttft.p95: 266 ms, limit 100 ms, +166 % (missed: 16 calls)");
    assertThat(judge(ttft("p95", 100), Undecided.PASS).passed()).isFalse();
  }

  @Test
  void aPercentileOfTooFewCallsToBearItFailsUnderEveryRule() {
    answered(16, 200);
    for (Undecided rule : Undecided.values()) {
      LimitResult none = judge(ttft("p95", 500), rule);
      assertThat(none.outcome()).isEqualTo(Outcome.UNDECIDED);
      assertThat(none.passed()).isFalse();
      assertThat(none.why()).contains(WhyUndecided.TOO_FEW_CALLS);
      assertThat(none.words())
          .isEqualTo(
              "200 ms, limit 500 ms, -60 % (undecided: too few calls: p95 needs 59, there were"
                  + " 16)");
    }
    assertThat(judge(ttft("p50", 500)).outcome()).isEqualTo(Outcome.MET);
  }

  @Test
  void whatTooFewIndependentCallsShowIsLeftToTheRule() {
    answered(95, 200);
    answered(5, 450);
    Limit close = ttft("p95", 300);
    LimitResult point = judge(close);
    assertThat(point.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(point.words()).contains("(not shown: 100 calls", " would tell)");
    assertThat(judge(close, Undecided.PASS).passed()).isTrue();
    assertThat(judge(close, Undecided.FAIL).passed()).isFalse();

    answered(4, 200);
    assertThat(judge(ttft("p95", 449.5)).passed()).isTrue();
    answered(9, 450);
    assertThat(judge(ttft("p90", 300)).outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(judge(ttft("p90", 300)).passed()).isFalse();
  }

  @Test
  void callsThatAreSlowTogetherAreWorthFewer() {
    for (int i = 0; i < 12; i++) {
      answered(95, 200);
      answered(25, 250);
    }
    LimitResult result = judge(ttft("p75", 220));
    assertThat(result.calls()).isEqualTo(1440);
    assertThat(result.worth()).isLessThan(400);
    assertThat(result.words()).contains("1,440 calls, worth ");
  }

  @Test
  void aRateMustBeAboveItsLimitInItsLowTail() {
    answered(100, 200);
    Limit rate =
        new Limit(
            "llm.slo.tokensPerSecond.p5",
            List.of(),
            Measure.TOKENS_PER_SECOND.field(),
            "p5",
            Bound.AT_LEAST,
            10);
    assertThat(judge(rate).words())
        .isEqualTo("14.3 tok/s, at least 10 tok/s, +43 % (met: 100 calls)");
    assertThat(judge(rate).roomPercent().getAsDouble()).isBetween(42.0, 43.0);
  }

  @Test
  void aLimitThatIsNotReachedDiffersFromOneThatIs() {
    answered(100, 200);
    assertThat(judge(ttft("p50", Bound.AT_MOST, 200)).outcome()).isEqualTo(Outcome.MET);
    assertThat(judge(ttft("p50", Bound.BELOW, 200)).outcome()).isEqualTo(Outcome.MISSED);
    assertThat(judge(ttft("p50", Bound.AT_LEAST, 200)).outcome()).isEqualTo(Outcome.MET);
    assertThat(judge(ttft("p50", Bound.ABOVE, 200)).outcome()).isEqualTo(Outcome.MISSED);
  }

  @Test
  void meanLeastAndGreatestAreDecidedByTheirValueAndSaySo() {
    answered(4, 100, 200);
    assertThat(judge(ttft("mean", 150)).words())
        .isEqualTo("150 ms, limit 150 ms, +0.0 % (met by value: 4 calls)");
    assertThat(judge(ttft("min", 90)).outcome()).isEqualTo(Outcome.MISSED);
    assertThat(judge(ttft("max", 199)).words()).endsWith("(missed by value: 4 calls)");
  }

  @Test
  void failuresAreAShareOfTheCallsThatEnded() {
    answered(299, 200);
    assertThat(judge(failures(1), Undecided.FAIL).words())
        .isEqualTo("0 %, limit 1 %, -100 % (met: 299 calls)");
    ended(1, dev.gatlingllm.record.Outcome.REJECTED);
    assertThat(judge(failures(1), Undecided.FAIL).passed()).isFalse();
    assertThat(judge(failures(1)).passed()).isTrue();
    assertThat(judge(failures(0)).words()).contains("(missed by value: 300 calls)");
  }

  @Test
  void goodputIsAShareOfTheCallsThatWereSent() {
    answered(150, 200, 200, 200, 200, 400);
    Limit good = new Limit("llm.slo.goodput", List.of(), Limit.GOOD, "percent", Bound.AT_LEAST, 95);
    assertThat(judge(good).words()).startsWith("80 %, at least 95 %, -16 % (missed: 150 calls");
  }

  @Test
  void nothingMeasuredFailsAndSaysWhy() {
    assertThat(judge(ttft("p95", 500), Undecided.PASS).line())
        .isEqualTo(
            "llm.slo.ttft.p95: nothing measured, limit 500 ms (undecided: no call counts for it)");
    ended(30, dev.gatlingllm.record.Outcome.REJECTED);
    LimitResult none = judge(ttft("max", 500), Undecided.PASS);
    assertThat(none.passed()).isFalse();
    assertThat(none.why()).contains(WhyUndecided.NOTHING_MEASURED);
    assertThat(none.words()).endsWith("(undecided: no call succeeded)");
    assertThat(judge(ttft("p99", 1)).calls()).isZero();
  }

  @Test
  void aLoadThatWasNotSentShowsNothingButWhatIsSlowAllTheSame() {
    answered(114, 200);
    ended(86, dev.gatlingllm.record.Outcome.DROPPED);
    LimitResult within = judge(ttft("p95", 500), Undecided.PASS);
    assertThat(within.passed()).isFalse();
    assertThat(within.why()).contains(WhyUndecided.LOAD_NOT_SENT);
    assertThat(within.words())
        .endsWith("(undecided: the load was not sent: 114 of 200 calls, 86 dropped or held back)");
    assertThat(judge(ttft("p95", 100)).outcome()).isEqualTo(Outcome.MISSED);
    assertThat(judge(failures(5)).passed()).isFalse();
  }

  @Test
  void onePercentOfTheLoadMayBeMissing() {
    answered(198, 200);
    ended(2, dev.gatlingllm.record.Outcome.DROPPED);
    assertThat(judge(ttft("p95", 500)).passed()).isTrue();
    assertThat(judge(ttft("p95", 500), Undecided.POINT, 1, TRUSTED).words())
        .endsWith("198 of 201 calls, 2 dropped or held back, 1 never started)");
  }

  @Test
  void inTheUsersViewDroppedArrivalsAreLongerThanAnyAndTheLimitIsDecided() {
    answered(80, 200);
    ended(20, dev.gatlingllm.record.Outcome.DROPPED);
    Limit user =
        new Limit(
            "llm.slo.ttftUser.p95",
            List.of(),
            Measure.TTFT_FROM_ARRIVAL.field(),
            "p95",
            Bound.AT_MOST,
            1000);
    LimitResult missed = judge(user);
    assertThat(missed.outcome()).isEqualTo(Outcome.MISSED);
    assertThat(missed.why()).isEmpty();
    assertThat(missed.words()).isEqualTo("> 250 ms, limit 1,000 ms (missed: 100 calls)");
    Limit half = new Limit(user.name(), user.path(), user.of(), "p50", Bound.AT_MOST, user.value());
    assertThat(judge(half).outcome()).isEqualTo(Outcome.MET);
    Limit longest =
        new Limit(user.name(), user.path(), user.of(), "max", Bound.AT_MOST, user.value());
    assertThat(judge(longest).passed()).isFalse();
    assertThat(judge(longest).why()).contains(WhyUndecided.END_NOT_SEEN);
    assertThat(judge(longest).words())
        .isEqualTo(
            "> 250 ms, limit 1,000 ms (undecided: it is that of 20 calls that were dropped, held"
                + " back, timed out or in flight at the end)");
  }

  @Test
  void aClientThatIsNotTrustedDecidesNothing() {
    answered(100, 200);
    Verdict invalid = Verdict.of(Map.of(HealthCheck.RECORDS_LOST, 1e12), List.of(), 40);
    LimitResult result = judge(ttft("p95", 100), Undecided.PASS, 0, invalid);
    assertThat(result.passed()).isFalse();
    assertThat(result.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(result.why()).contains(WhyUndecided.CLIENT_NOT_TRUSTED);
    assertThat(result.words())
        .endsWith("(undecided: the client is not trusted, its verdict is invalid)");
  }

  @Test
  void aLimitIsOnTheCallsAtItsPathAndNamesItWhereThereAreSeveral() {
    calls.add(call().name("chat", "level 4").streamed(100, 900).record(), 0);
    calls.add(call().name("chat", "level 8").streamed(700, 900).record(), 0);
    calls.add(call().name("chat", "level 8").label("a", "b").streamed(800, 900).record(), 0);
    Limit four = new Limit("x", List.of("level 4", "chat"), "ttftMillis", "max", Bound.AT_MOST, 1);
    Limit eight = new Limit("x", List.of("level 8", "chat"), "ttftMillis", "max", Bound.AT_MOST, 1);
    List<LimitResult> results =
        new LimitJudge(calls, Ground.FIRM, Undecided.POINT).judge(List.of(four, eight));
    assertThat(results)
        .extracting(LimitResult::title)
        .containsExactly("x (level 4 / chat)", "x (level 8 / chat)");
    assertThat(results.get(0).actual()).hasValue(100);
    assertThat(results.get(1).actual()).hasValue(800);
    assertThat(results.get(1).calls()).isEqualTo(2);
  }

  @Test
  void aRuleThatDoesNotExistIsRefused() {
    assertThat(Undecided.ofConfiguration(Map.of())).isEqualTo(Undecided.POINT);
    assertThatThrownBy(() -> Undecided.ofConfiguration(Map.of(Undecided.KEY, "later")))
        .isInstanceOf(RecordFormatException.class)
        .hasMessageContaining("llm.gate.undecided must be one of point, fail, pass, extend");
  }

  private LimitResult judge(Limit limit, Extension looks, Verdict verdict) {
    Ground ground = Ground.of(calls.select(any -> true).counts(), 0, verdict);
    return new LimitJudge(calls, ground, Undecided.EXTEND, looks).judge(List.of(limit)).get(0);
  }

  private static Extension looked(Limit limit, String... outcomes) {
    List<Extension.Look> looks = new java.util.ArrayList<>();
    long made = 40;
    for (String outcome : outcomes) {
      Extension.Finding finding =
          new Extension.Finding(
              limit,
              outcome,
              made,
              made / 2.0,
              OptionalDouble.of(95),
              outcome.equals("undecided") ? OptionalLong.of(700) : OptionalLong.empty());
      looks.add(new Extension.Look(made, 0, 1.67, List.of(finding)));
      made = Looks.callsAfter(made);
    }
    return new Extension(looks, Optional.of(Extension.DECIDED));
  }

  @Test
  void whatALookHasDecidedIsTheVerdictWhateverAllCallsWouldShow() {
    answered(100, 200);
    Limit limit = ttft("p95", 500);
    LimitResult missed = judge(limit, looked(limit, "undecided", "missed"), TRUSTED);
    assertThat(missed.outcome()).isEqualTo(Outcome.MISSED);
    assertThat(missed.passed()).isFalse();
    assertThat(missed.words())
        .isEqualTo("200 ms, limit 500 ms, -60 % (missed at look 2 of 2: 60 calls, worth 30)");

    LimitResult met = judge(ttft("p95", 100), looked(ttft("p95", 100), "met"), TRUSTED);
    assertThat(met.passed()).isTrue();
    assertThat(met.reason()).isEqualTo("met: 40 calls, worth 20");
  }

  @Test
  void aLimitThatNoLookDecidedFailsAsUndecidedAndSaysHowManyCallsWouldTell() {
    answered(100, 200);
    Limit limit = ttft("p95", 500);
    LimitResult open = judge(limit, looked(limit, "undecided", "undecided"), TRUSTED);
    assertThat(open.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(open.passed()).isFalse();
    assertThat(open.reason())
        .isEqualTo("undecided at look 2 of 2: 60 calls, worth 30; 700 would tell");
    assertThat(open.wouldTell()).hasValue(700);
  }

  @Test
  void aClientThatIsNotTrustedUndoesWhatALookHasDecided() {
    answered(100, 200);
    Limit limit = ttft("p95", 500);
    Verdict invalid = Verdict.of(Map.of(HealthCheck.RECORDS_LOST, 1e12), List.of(), 40);
    LimitResult none = judge(limit, looked(limit, "met"), invalid);
    assertThat(none.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(none.passed()).isFalse();
    assertThat(none.reason()).startsWith("undecided: the client is not trusted");
  }

  /** 60 calls show it at the 5 % of a single decision, and not at what a first look may spend. */
  @Test
  void aRunThatWasKilledBeforeItLookedIsJudgedByAFirstLook() {
    answered(60, 200);
    assertThat(judge(ttft("p95", 500), Undecided.FAIL).outcome()).isEqualTo(Outcome.MET);
    assertThat(judge(ttft("p95", 500), Extension.NONE, TRUSTED).outcome())
        .isEqualTo(Outcome.UNDECIDED);
    answered(20, 200);
    assertThat(judge(ttft("p95", 500), Extension.NONE, TRUSTED).outcome()).isEqualTo(Outcome.MET);
  }

  @Test
  void aLimitOnANumberIsDecidedByThatOfTheWholeRun() {
    answered(10, 200);
    answered(10, 600);
    assertThat(judge(ttft("max", 500), Extension.NONE, TRUSTED).outcome())
        .isEqualTo(Outcome.MISSED);
  }

  /** Of 20 calls that stay one fails; of 20 that were to be cancelled two fail before. */
  @Test
  void aShareOfFailuresIsThatOfCallsThatStayAndANumberThatOfAll() {
    answered(19, 200);
    ended(1, dev.gatlingllm.record.Outcome.REJECTED);
    for (int i = 0; i < 20; i++) {
      CallFixture one = call().from(100 * made, 100 * made++ + 500).toCancel(500);
      calls.add(
          (i < 2 ? one.ended(dev.gatlingllm.record.Outcome.REJECTED, "no") : one.cancelled())
              .record(),
          0);
    }
    assertThat(actual(new Limit("f", List.of(), Limit.FAILED, "percent", Bound.AT_MOST, 10)))
        .hasValue(5);
    assertThat(actual(new Limit("f", List.of(), Limit.FAILED, "count", Bound.AT_MOST, 10)))
        .hasValue(3);
  }

  @Test
  void withoutACallThatStaysNoShareAndNoLatencyIsDecided() {
    calls.add(call().from(0, 500).toCancel(500).cancelled().record(), 0);
    assertThat(LimitJudge.finding(ttft("p50", 300), calls).noGround())
        .map(WhyUndecided.Because::text)
        .contains("the client was to cancel every call");
    Limit failures = new Limit("f", List.of(), Limit.FAILED, "percent", Bound.AT_MOST, 10);
    assertThat(LimitJudge.finding(failures, calls).noGround())
        .map(WhyUndecided.Because::text)
        .contains("the client was to cancel every call");
  }

  private OptionalDouble actual(Limit limit) {
    return LimitJudge.finding(limit, calls).actual();
  }
}
