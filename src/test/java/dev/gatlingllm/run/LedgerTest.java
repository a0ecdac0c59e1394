package dev.gatlingllm.run;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.run.Ledger.Fate;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static final long SECOND = 1_000_000_000L;

  private final Ledger ledger = new Ledger();

  /** One arrival a second, the first at 0. */
  private record EverySecond(long count) implements Plan {
    @Override
    public OptionalLong arrivals() {
      return OptionalLong.of(count);
    }

    @Override
    public long dueBy(long nanos) {
      return Math.max(0, Math.min(count, nanos / SECOND + 1));
    }
  }

  private void sendOne(Outcome outcome) {
    ledger.open().becomes(Fate.SENT);
    ledger.ended(call().ended(outcome, "").record());
  }

  private Accounting close(long written, long lost) {
    return ledger.close(100 * SECOND, written, lost, List.of());
  }

  @Test
  void aRunInWhichEveryCallHasOneFateAndOneRecordAddsUp() {
    Plan plan = new EverySecond(6);
    ledger.open(plan).becomes(Fate.SENT);
    ledger.ended(call().record());
    ledger.open(plan).becomes(Fate.SENT);
    ledger.ended(
        call()
            .attempt(Outcome.THROTTLED)
            .attempt(Outcome.THROTTLED)
            .ended(Outcome.THROTTLED, "429 throttled")
            .record());
    ledger.open(plan).becomes(Fate.DROPPED);
    ledger.unsent();
    ledger.open(plan).becomes(Fate.HELD);
    ledger.unsent();
    ledger.open(plan).becomes(Fate.NEVER_BUILT);
    ledger.unsent();
    ledger.open(plan);
    Accounting sums = close(5, 0);
    assertThat(sums.problems()).isEmpty();
    assertThat(sums.planned()).hasValue(6);
    assertThat(sums.sent()).isEqualTo(2);
    assertThat(sums.dropped()).isEqualTo(1);
    assertThat(sums.held()).isEqualTo(1);
    assertThat(sums.neverBuilt()).isEqualTo(1);
    assertThat(sums.notReached()).isEqualTo(1);
    assertThat(sums.ends())
        .containsEntry("succeeded", 1L)
        .containsEntry("throttled", 1L)
        .hasSize(2);
    assertThat(sums.recordsWritten()).isEqualTo(5);
  }

  @Test
  void retriesAreAttemptsOfACallAndNoCalls() {
    ledger.open().becomes(Fate.SENT);
    ledger.ended(call().attempt(Outcome.THROTTLED).attempt(Outcome.SUCCEEDED).record());
    Accounting sums = close(1, 0);
    assertThat(sums.sent()).isEqualTo(1);
    assertThat(sums.retries()).isEqualTo(1);
    assertThat(sums.problems()).isEmpty();
  }

  @Test
  void aClosedLoadHasNoPlan() {
    sendOne(Outcome.SUCCEEDED);
    assertThat(close(1, 0).planned()).isEmpty();
  }

  @Test
  void furtherCallsOfUsersWhoCameAreInThePlan() {
    ledger.open(new EverySecond(1)).becomes(Fate.SENT);
    ledger.ended(call().record());
    sendOne(Outcome.SUCCEEDED);
    Accounting sums = close(2, 0);
    assertThat(sums.planned()).hasValue(2);
    assertThat(sums.problems()).isEmpty();
  }

  @Test
  void arrivalsDueAfterTheEndAreNotReached() {
    ledger.open(new EverySecond(200)).becomes(Fate.SENT);
    ledger.ended(call().record());
    Accounting sums = ledger.close(3 * SECOND, 1, 0, List.of());
    assertThat(sums.notReached()).isEqualTo(199);
    assertThat(sums.problems()).isEmpty();
  }

  @Test
  void arrivalsThatWereDueAndForWhichNoUserCameAreAProblem() {
    ledger.open(new EverySecond(200)).becomes(Fate.SENT);
    ledger.ended(call().record());
    Accounting sums = ledger.close(25 * SECOND, 1, 0, List.of());
    assertThat(sums.problems()).containsExactly("20 arrivals were due, but no user came.");
  }

  @Test
  void aCallThatWasSentAndNeverEndedIsAProblem() {
    ledger.open().becomes(Fate.SENT);
    sendOne(Outcome.SUCCEEDED);
    assertThat(close(1, 0).problems()).containsExactly("2 calls were sent, but 1 ended.");
  }

  @Test
  void aCallWithTwoFatesIsAProblem() {
    Ledger.Ticket ticket = ledger.open();
    ticket.becomes(Fate.DROPPED);
    ticket.becomes(Fate.HELD);
    ledger.unsent();
    assertThat(close(1, 0).problems()).containsExactly("1 call was counted twice.");
  }

  @Test
  void aCallWithoutARecordIsAProblem() {
    ledger.open().becomes(Fate.NEVER_BUILT);
    assertThat(close(0, 0).problems()).containsExactly("0 records were made for 1 call.");
  }

  @Test
  void lostRecordsAreAProblem() {
    sendOne(Outcome.SUCCEEDED);
    sendOne(Outcome.SUCCEEDED);
    assertThat(close(1, 1).problems())
        .containsExactly("1 record was lost, so the report is incomplete.");
  }

  @Test
  void recordsThatAreNeitherWrittenNorLostAreAProblem() {
    sendOne(Outcome.SUCCEEDED);
    assertThat(close(0, 0).problems())
        .containsExactly("1 record was made, but 0 written and 0 lost.");
  }

  @Test
  void whatElseWentWrongStandsFirst() {
    sendOne(Outcome.SUCCEEDED);
    assertThat(ledger.close(0, 1, 0, List.of("No memory.")).problems())
        .containsExactly("No memory.");
  }
}
