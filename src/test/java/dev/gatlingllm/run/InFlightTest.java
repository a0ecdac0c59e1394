package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InFlightTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long FOR_EVER = 1_000_000 * SECOND;

  private final AtomicLong now = new AtomicLong();
  private final List<Runnable> cancels = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final InFlight inFlight = new InFlight(now::get, cancels::add);

  private PlayedCall call() {
    return call(inFlight);
  }

  private PlayedCall call(InFlight calls) {
    return new PlayedCall(
        now::get,
        played -> calls.add(played.call, played, () -> {}),
        (call, outcome) -> {
          outcomes.add(outcome);
          calls.remove(call);
        });
  }

  @Test
  void aCallIsInFlightUntilItsRecordIsMade() {
    PlayedCall call = call();
    PlayedCall other = call();
    assertThat(inFlight.size()).isEqualTo(2);
    call.succeed();
    assertThat(inFlight.calls()).containsExactly(other.call);
    assertThat(inFlight.ends()).containsExactly(other);
  }

  @Test
  void aCallThatComesWhenTheRunHasEndedIsNotTaken() {
    PlayedCall before = call();
    List<String> counted = new ArrayList<>();
    before.succeed();
    inFlight.close();

    assertThat(inFlight.add(before.call, before, () -> counted.add("taken"))).isFalse();
    assertThat(counted).isEmpty();
    assertThat(inFlight.size()).isZero();
  }

  @Test
  void waitingEndsWithTheLastCall() throws InterruptedException {
    PlayedCall call = call();
    Thread waiting = new Thread(() -> inFlight.await(FOR_EVER, () -> false));
    waiting.start();
    RunFixture.await(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    call.succeed();
    waiting.join();
    inFlight.await(FOR_EVER, () -> false);
  }

  @Test
  void waitingEndsAtItsDeadline() {
    InFlight ticking = new InFlight(() -> now.addAndGet(SECOND), Runnable::run);
    PlayedCall stays = call(ticking);
    ticking.await(1_000_000, () -> false);
    assertThat(ticking.calls()).containsExactly(stays.call);
  }

  @Test
  void waitingEndsWhenItIsSaidToBeOver() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    PlayedCall unused = call();
    Thread waiting = new Thread(() -> inFlight.await(FOR_EVER, over::get));
    waiting.start();
    RunFixture.await(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    over.set(true);
    inFlight.wake();
    waiting.join();
    inFlight.await(FOR_EVER, over::get);
  }

  @Test
  void anInterruptEndsWaitingAndIsKept() {
    PlayedCall unused = call();
    Thread.currentThread().interrupt();
    inFlight.await(FOR_EVER, () -> false);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void callsThatAreAbandonedAreUnfinishedWhetherTheClientGivesThemUpOrNot() {
    PlayedCall call = call();
    inFlight.abandonAll();
    assertThat(outcomes).containsExactly(Outcome.UNFINISHED);
    assertThat(call.cancelled()).isFalse();
    cancels.forEach(Runnable::run);
    assertThat(call.cancelled()).isTrue();
  }

  @Test
  void onlyCallsWhoseLimitPassedLongEnoughAgoAreEndedAsOverdue() {
    PlayedCall unused = call();
    now.addAndGet(61 * SECOND);
    PlayedCall later = call();
    inFlight.endOverdue(2 * SECOND);
    assertThat(outcomes).isEmpty();
    now.addAndGet(SECOND);
    inFlight.endOverdue(2 * SECOND);
    assertThat(outcomes).containsExactly(Outcome.TIMED_OUT);
    assertThat(inFlight.calls()).containsExactly(later.call);
  }

  @Test
  void whatHangsIsRecordedFromOutside() {
    PlayedCall call = call();
    call.hang();
    inFlight.abandonAll();
    assertThat(outcomes).isEmpty();
    inFlight.recordNow();
    assertThat(outcomes).containsExactly(Outcome.UNFINISHED);
    assertThat(inFlight.size()).isZero();
  }
}
