package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.SpendConfig;
import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.WarmUpResult;
import dev.gatlingllm.stats.CallFixture;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpendTest {

  private static final CallBound HUNDRED = new CallBound(60, OptionalLong.of(40));

  @TempDir private Path temp;

  static CallRecords.Caller caller(long id) {
    return new CallRecords.Caller(id, "chat", List.of(), Map.of(), "gpt-4o", OptionalInt.of(10));
  }

  private static Spend tokens(long most) {
    return new Spend(new SpendConfig(OptionalLong.of(most), Optional.empty()), Optional.empty());
  }

  private Spend cost(String most) {
    Path file = temp.resolve("prices.conf");
    try {
      Files.writeString(
          file,
          "currency = EUR\nmodels = [{ model = \"gpt-4o\", perMillion { input = 1000, output ="
              + " 2000 }, perRequest { search = 0.01 } }]");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    SpendConfig config = new SpendConfig(OptionalLong.empty(), Optional.of(new BigDecimal(most)));
    return new Spend(config, Optional.of(Prices.read(file)));
  }

  private static boolean sent(Spend spend, long id, CallBound bound) {
    return spend.take(caller(id), "azure-openai", bound).isEmpty();
  }

  private static CallRecord ended(long id, long input, long output) {
    return CallFixture.call().id(id).tokens(input, output).record();
  }

  private static CallRecord ended(long id, Outcome outcome) {
    return CallFixture.call().id(id).ended(outcome, "error").record();
  }

  @Test
  void callsInFlightCountWithTheirUpperBoundAndTheOneTooMuchIsNotSent() {
    Spend spend = tokens(250);
    assertThat(sent(spend, 1, HUNDRED)).isTrue();
    assertThat(sent(spend, 2, HUNDRED)).isTrue();
    assertThat(spend.take(caller(3), "azure-openai", HUNDRED))
        .hasValueSatisfying(refusal -> assertThat(refusal.first()).isTrue());
    assertThat(spend.caps().get(0).reason())
        .contains(
            "200 tokens spent or in flight, and the next call may take 100 tokens, above 250 tokens"
                + " (llm.spend.maxTokens)");
    assertThat(spend.take(caller(4), "azure-openai", HUNDRED))
        .hasValueSatisfying(refusal -> assertThat(refusal.first()).isFalse());
  }

  @Test
  void theUsageOfAnEndedCallTakesThePlaceOfItsBound() {
    Spend spend = tokens(250);
    assertThat(sent(spend, 1, HUNDRED)).isTrue();
    spend.ended(ended(1, 30, 20));
    assertThat(sent(spend, 2, HUNDRED)).isTrue();
    assertThat(sent(spend, 3, HUNDRED)).isTrue();
    assertThat(sent(spend, 4, HUNDRED)).isFalse();
  }

  @Test
  void aCallThatTheServiceRefusedCostsNothingOneThatItMayHaveBilledCostsItsBound() {
    Spend spend = tokens(200);
    for (Outcome free : List.of(Outcome.REJECTED, Outcome.THROTTLED, Outcome.UNREACHABLE)) {
      assertThat(sent(spend, 1, HUNDRED)).isTrue();
      spend.ended(ended(1, free));
    }
    for (Outcome billed : List.of(Outcome.TIMED_OUT, Outcome.BROKEN)) {
      assertThat(sent(spend, 1, HUNDRED)).isTrue();
      spend.ended(ended(1, billed));
    }
    assertThat(sent(spend, 1, HUNDRED)).isFalse();
  }

  @Test
  void aCallWithoutABoundCountsWithTheLongestAnswerSoFar() {
    Spend spend = tokens(300);
    CallBound open = new CallBound(50, OptionalLong.empty());
    assertThat(sent(spend, 1, open)).isTrue();
    spend.ended(ended(1, 50, 150));
    assertThat(sent(spend, 2, open)).isFalse();
  }

  @Test
  void moneyIsCountedAtThePriceOfTheModelWithWhatEachCallCosts() {
    Spend spend = cost("0.40");
    // 60 × 0.001 + 40 × 0.002 + 0.01 = 0.15
    assertThat(sent(spend, 1, HUNDRED)).isTrue();
    assertThat(sent(spend, 2, HUNDRED)).isTrue();
    assertThat(sent(spend, 3, HUNDRED)).isFalse();
    assertThat(spend.caps().get(0).reason().orElseThrow())
        .contains("0.30 EUR spent or in flight", "above 0.40 EUR", "(llm.spend.maxCost)");
    spend.ended(ended(1, 10, 10));
    assertThat(spend.caps().get(0).assertion().orElseThrow().passed()).isFalse();
  }

  @Test
  void aCallToAModelWithoutAPriceIsNotSent() {
    Spend spend = cost("5");
    CallRecords.Caller other =
        new CallRecords.Caller(1, "chat", List.of(), Map.of(), "other", OptionalInt.empty());
    assertThat(spend.take(other, "azure-openai", HUNDRED)).isPresent();
    assertThat(spend.caps().get(0).reason().orElseThrow())
        .contains("asks the model other, of which llm.cost.prices has no price");
  }

  @Test
  void theCallsBeforeTheLoadCount() {
    Spend spend = tokens(250);
    spend.warmedUp(new WarmUpResult.TargetCalls(5, 0, 150, 20), "azure-openai", "gpt-4o");
    assertThat(sent(spend, 1, HUNDRED)).isFalse();
  }

  @Test
  void aRunWithinItsCapSaysWhatItTook() {
    Spend spend = tokens(2_000);
    assertThat(sent(spend, 1, HUNDRED)).isTrue();
    spend.ended(ended(1, 30, 20));
    assertThat(spend.caps().get(0).assertion())
        .hasValueSatisfying(
            test -> {
              assertThat(test.passed()).isTrue();
              assertThat(test.text())
                  .isEqualTo("the run needs at most 2,000 tokens (llm.spend.maxTokens)");
              assertThat(test.actual()).isEqualTo("50 tokens");
            });
  }

  @Test
  void manyThreadsNeverTakeMoreThanTheCap() throws InterruptedException {
    Spend spend = tokens(10_000);
    AtomicInteger sent = new AtomicInteger();
    AtomicInteger first = new AtomicInteger();
    AtomicLong ids = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          new Thread(
              () -> {
                for (int call = 0; call < 50; call++) {
                  Optional<Spend.Refusal> refusal =
                      spend.take(caller(ids.incrementAndGet()), "azure-openai", HUNDRED);
                  sent.addAndGet(refusal.isEmpty() ? 1 : 0);
                  first.addAndGet(refusal.filter(Spend.Refusal::first).isPresent() ? 1 : 0);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(sent.get()).isLessThanOrEqualTo(100);
    assertThat(first).hasValue(1);
  }

  @Test
  void aCallThatTheClientCancelledCountsWithItsBoundSinceTheServiceMayHaveGoneOn() {
    Spend spend = tokens(250);
    assertThat(sent(spend, 1, HUNDRED)).isTrue();
    spend.ended(CallFixture.call().id(1).tokens(60, 5).toCancel(500).cancelled().record());
    assertThat(sent(spend, 2, HUNDRED)).isTrue();
    assertThat(sent(spend, 3, HUNDRED)).isFalse();
  }
}
