package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopelessStartTest {

  private final HopelessStart start = new HopelessStart(call -> " Look at the key.");

  static CallRecord refused(int status) {
    return CallFixture.call()
        .ended(Outcome.REJECTED, status + " refused")
        .served(status, "", "", "")
        .record();
  }

  private static CallRecord ended(Outcome outcome, String error) {
    return CallFixture.call().ended(outcome, error).record();
  }

  private int stops(CallRecord call, int times) {
    int stops = 0;
    for (int i = 0; i < times; i++) {
      stops += start.ended(call) ? 1 : 0;
    }
    return stops;
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void twentyCallsThatAreRefusedForGoodEndTheRunWithTheReasonAndTheAdvice(int status) {
    assertThat(stops(refused(status), 19)).isZero();
    assertThat(start.reason()).isEmpty();
    assertThat(stops(refused(status), 1)).isEqualTo(1);
    assertThat(start.reason())
        .contains(
            "the first 20 calls all failed: 20 × "
                + status
                + " refused (llm.stop.early). Look at the key.");
    assertThat(start.assertion())
        .hasValueSatisfying(
            test -> {
              assertThat(test.passed()).isFalse();
              assertThat(test.text()).contains("llm.stop.early");
            });
    assertThat(stops(refused(status), 5)).isZero();
  }

  @Test
  void aServiceThatNobodyReachesEndsItToo() {
    assertThat(stops(ended(Outcome.UNREACHABLE, "unreachable: connection refused"), 20))
        .isEqualTo(1);
  }

  @Test
  void differentEndsAreCountedApartTheMostFrequentFirst() {
    stops(refused(403), 5);
    stops(refused(401), 15);
    assertThat(start.reason().orElseThrow()).contains("15 × 401 refused, 5 × 403 refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"429", "500", "503", "400"})
  void aBusyServiceOrABadRequestIsNoReason(String status) {
    assertThat(stops(refused(Integer.parseInt(status)), 40)).isZero();
  }

  @Test
  void timeLimitsThrottlingAndAClientThatRanOutAreNoReason() {
    assertThat(stops(ended(Outcome.TIMED_OUT, "timeout: no connection"), 20)).isZero();
    assertThat(stops(refused(401), 40)).as("decided with the first call").isZero();
  }

  @Test
  void oneCallThatGetsThroughKeepsTheRunGoingHoweverManyFailLater() {
    stops(refused(401), 10);
    stops(ended(Outcome.SUCCEEDED, ""), 1);
    assertThat(stops(refused(401), 100)).isZero();
    assertThat(start.assertion()).isEmpty();
  }

  @Test
  void aCallThatHadItsFirstTokenWhenTheClientCancelledItGotThrough() {
    stops(refused(401), 10);
    stops(CallFixture.call().streamed(200, 300).toCancel(500).cancelled().record(), 1);
    assertThat(stops(refused(401), 100)).isZero();
  }

  @Test
  void callsThatTheClientCancelledBeforeTheFirstTokenSayNothing() {
    stops(CallFixture.call().toCancel(500).cancelled().record(), 30);
    assertThat(stops(refused(401), 20)).isEqualTo(1);
  }

  @Test
  void callsThatTheRunCutAndDroppedArrivalsAreNotCounted() {
    stops(ended(Outcome.DROPPED, "dropped arrival"), 30);
    stops(ended(Outcome.UNFINISHED, ""), 30);
    assertThat(stops(refused(401), 20)).isEqualTo(1);
  }

  @Test
  void manyThreadsEndTheRunOnce() throws InterruptedException {
    AtomicInteger stops = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(new Thread(() -> stops.addAndGet(stops(refused(401), 10))));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(stops).hasValue(1);
  }
}
