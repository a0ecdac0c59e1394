package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecord.Turn;
import dev.gatlingllm.record.Outcome;
import org.junit.jupiter.api.Test;

class SessionTallyTest {

  private final SessionTally tally = new SessionTally();

  private static CallFixture from(double start, double end) {
    return call().from(start, end).tokens(100, 20).cached(60, 0);
  }

  private static CallRecord turn(CallFixture call, long session, int turn, int turns) {
    return call.record().with(new Turn(session, turn, turns));
  }

  private SessionStatistics result() {
    return tally.result(PercentileRule.WITHHOLD_WHEN_FEW).orElseThrow();
  }

  @Test
  void callsInNoSessionAreNone() {
    tally.add(from(0, 100).record(), 0);
    assertThat(tally.result(PercentileRule.WITHHOLD_WHEN_FEW)).isEmpty();
  }

  @Test
  void aWholeSessionLastsFromItsArrivalToItsLastAnswerThinkTimeIncluded() {
    tally.add(turn(from(1_000, 1_500).arrival(900), 4, 1, 2), 0);
    tally.add(turn(from(6_000, 7_000), 4, 2, 2), 0);

    assertThat(result().whole()).isEqualTo(1);
    assertThat(result().of(SessionMeasure.DURATION).mean()).hasValue(6.1);
    assertThat(result().of(SessionMeasure.ANSWERING).mean()).hasValue(1.5);
    assertThat(result().of(SessionMeasure.TURNS).mean()).hasValue(2);
    assertThat(result().of(SessionMeasure.INPUT_TOKENS).mean()).hasValue(200);
    assertThat(result().of(SessionMeasure.CACHED_INPUT_TOKENS).mean()).hasValue(120);
    assertThat(result().of(SessionMeasure.OUTPUT_TOKENS).mean()).hasValue(40);
  }

  @Test
  void aSumOfWhichOneCallDoesNotTellItsPartIsNotKnown() {
    tally.add(turn(from(0, 100), 4, 1, 2), 0);
    tally.add(turn(call().from(200, 300).tokens(100, 20), 4, 2, 2), 0);

    assertThat(result().of(SessionMeasure.INPUT_TOKENS).n()).isEqualTo(1);
    assertThat(result().of(SessionMeasure.CACHED_INPUT_TOKENS).n()).isZero();
  }

  @Test
  void aCallThatFailsBreaksItsSessionOffAndTheRestOfItsTurnsIsCounted() {
    tally.add(turn(from(0, 100), 4, 1, 5), 0);
    tally.add(turn(from(200, 300).ended(Outcome.REJECTED, "no"), 4, 2, 5), 0);
    tally.add(turn(call().from(0, 0).ended(Outcome.DROPPED, "dropped"), 7, 1, 5), 0);

    assertThat(result().brokenOff()).isEqualTo(2);
    assertThat(result().whole()).isZero();
    assertThat(result().turnsNotSent()).isEqualTo(3 + 4);
    assertThat(result().of(SessionMeasure.DURATION).n()).isZero();
  }

  @Test
  void whatTheEndOfTheRunCameIntoIsCutOff() {
    tally.add(turn(from(0, 100), 4, 1, 3), 0);
    tally.add(turn(from(0, 100).ended(Outcome.UNFINISHED, "unfinished"), 5, 1, 3), 0);

    assertThat(result().cutOff()).isEqualTo(2);
    assertThat(result().brokenOff()).isZero();
    assertThat(result().turnsNotSent()).isEqualTo(4);
    assertThat(result().sessions()).isEqualTo(2);
  }

  @Test
  void aSessionWhoseTurnsWereNotPlannedIsWholeIfItsLastCallSucceeded() {
    tally.add(turn(from(0, 100), 4, 1, 0), 0);
    tally.add(turn(from(200, 300), 4, 2, 0), 0);

    assertThat(result().whole()).isEqualTo(1);
    // Asked twice, it says the same.
    assertThat(result().of(SessionMeasure.TURNS).n()).isEqualTo(1);
  }

  @Test
  void sessionsOfTwoRunsAreApart() {
    tally.add(turn(from(0, 100), 4, 1, 2), 0);
    tally.add(turn(from(0, 100), 4, 1, 2), 1);
    tally.add(turn(from(200, 300), 4, 2, 2), 0);

    assertThat(result().whole()).isEqualTo(1);
    assertThat(result().cutOff()).isEqualTo(1);
  }

  @Test
  void condensedTheNumbersStayWithinATenthOfAPercent() {
    tally.condense();
    for (int session = 0; session < 20_000; session++) {
      tally.add(turn(from(0, 1_000 + session % 100), session, 1, 1), 0);
    }
    assertThat(result().whole()).isEqualTo(20_000);
    assertThat(result().of(SessionMeasure.DURATION).n()).isEqualTo(20_000);
    assertThat(result().of(SessionMeasure.DURATION).max()).hasValue(1.099);
  }
}
