package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.call.CallProbe;
import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.record.HealthSampleReader;
import dev.gatlingllm.record.NetworkLatency;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.WarmUpResult;
import dev.gatlingllm.stats.CallFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

  @TempDir private Path parent;

  private RunFixture begin(String... settings) {
    return new RunFixture(parent, settings);
  }

  @Test
  void aRunBeginsWithAFolderThatSaysWhatItIs() {
    try (RunFixture fixture = begin("llm.description=a test", "llm.seed=9")) {
      RunInfo info = fixture.info();
      assertThat(info.simulation()).isEqualTo("example.Played");
      assertThat(info.description()).isEqualTo("a test");
      assertThat(info.setup().seed()).isEqualTo(9);
      assertThat(info.end()).isEmpty();
      assertThat(info.setup().versions()).containsKey("jdk");
      assertThat(fixture.run.folder().getFileName().toString()).startsWith("Played-");
      assertThat(fixture.console())
          .isEqualToIgnoringNewLines("[llm] run folder: " + fixture.run.folder());
    }
  }

  @Test
  void whatWasDoneBeforeTheFirstCallIsInRunJson() {
    NetworkLatency network = new NetworkLatency("h", 0, 1, List.of(2L), List.of());
    try (RunFixture fixture = begin()) {
      fixture.run.prepared(
          Optional.of(WarmUpResult.NONE), Optional::empty, Optional.of(network), Optional.empty());
      assertThat(fixture.info().preparation().warmUp()).hasValue(WarmUpResult.NONE);
      assertThat(fixture.info().preparation().network()).hasValue(network);
    }
  }

  @Test
  void everyCallHasARecordAndTheSumsAddUpWhenTheRunEnds() {
    try (RunFixture fixture = begin()) {
      fixture.call().succeed();
      fixture.call().fail();
      var unfinished = fixture.call();
      fixture.run.close(false);
      fixture.run.close(true);

      assertThat(unfinished.givenUp()).isFalse();
      assertThat(fixture.records())
          .extracting(CallRecord::outcome)
          .containsExactlyInAnyOrder(Outcome.SUCCEEDED, Outcome.REJECTED, Outcome.UNFINISHED);
      RunInfo info = fixture.info();
      assertThat(info.period().interrupted()).isFalse();
      assertThat(info.end()).isPresent();
      Accounting sums = info.accounting().orElseThrow();
      assertThat(sums.sent()).isEqualTo(3);
      assertThat(sums.problems()).isEmpty();
      assertThat(fixture.run.faults()).isEmpty();
    }
  }

  @Test
  void arrivalsThatWereDroppedAreCountedByTheirReason() {
    try (RunFixture fixture = begin()) {
      CallRecord dropped = CallFixture.call().ended(Outcome.DROPPED, "dropped arrival").record();
      fixture.run.ledger().open().becomes(Ledger.Fate.DROPPED);
      fixture.run.dropped(dropped);
      fixture.run.ledger().open().becomes(Ledger.Fate.HELD);
      fixture.run.heldTooLong(dropped);
      fixture.run.close(false);

      Accounting sums = fixture.info().accounting().orElseThrow();
      assertThat(sums.dropped()).isEqualTo(1);
      assertThat(sums.held()).isEqualTo(1);
      assertThat(fixture.records()).hasSize(2);
    }
  }

  @Test
  void theEndOfTheLoadWaitsForCallsInFlight() throws InterruptedException {
    try (RunFixture fixture = begin("llm.load.drain=30 s")) {
      var call = fixture.call();
      Thread draining = new Thread(fixture.run::drain);
      draining.start();
      RunFixture.await(() -> fixture.console().contains("waiting for 1 call in flight"));
      assertThat(fixture.run.isDraining()).isTrue();
      call.succeed();
      draining.join();

      fixture.run.close(false);
      assertThat(fixture.records())
          .extracting(CallRecord::outcome)
          .containsExactly(Outcome.SUCCEEDED);
    }
  }

  @Test
  void thatWaitCanBeCutShort() throws InterruptedException {
    try (RunFixture fixture = begin("llm.load.drain=30 s")) {
      var unused = fixture.call();
      Thread draining = new Thread(fixture.run::drain);
      draining.start();
      RunFixture.await(() -> fixture.console().contains("waiting for 1 call in flight"));
      fixture.run.endDrain();
      draining.join();
      fixture.run.close(true);

      assertThat(fixture.records())
          .extracting(CallRecord::outcome)
          .containsExactly(Outcome.UNFINISHED);
      assertThat(fixture.info().period().interrupted()).isTrue();
    }
  }

  @Test
  void aRunThatHasEndedDoesNotDrain() {
    try (RunFixture fixture = begin()) {
      fixture.run.close(false);
      fixture.run.drain();
      assertThat(fixture.run.isDraining()).isFalse();
    }
  }

  @Test
  void whenTheShareOfFailedCallsIsReachedTheLoadIsStoppedOnceAndTheRunWasCut() {
    AtomicInteger stops = new AtomicInteger();
    try (RunFixture fixture = begin("llm.stop.failures=50", "llm.stop.window=10 s")) {
      fixture.run.onStop(stops::incrementAndGet);
      fixture.call().fail();
      fixture.pass(Duration.ofSeconds(10));
      fixture.call().fail();
      fixture.call().fail();
      fixture.run.close(false);
      fixture.run.addAssertions(List.of());

      assertThat(stops).hasValue(1);
      assertThat(fixture.run.stopCauses()).hasSize(1);
      assertThat(fixture.console()).contains("[llm] stopping the run: ");
      assertThat(fixture.info().period().interrupted()).isTrue();
      assertThat(fixture.info().assertions())
          .extracting(AssertionResult::passed)
          .containsExactly(false);
    }
  }

  @Test
  void theVerdictsOfTheEngineAreAddedOnceTheRunHasEnded() {
    AssertionResult held = new AssertionResult("max of response time", true, "250");
    try (RunFixture fixture = begin()) {
      assertThatThrownBy(() -> fixture.run.addAssertions(List.of(held)))
          .hasMessage("the run goes on");
      fixture.call().succeed();
      fixture.run.close(false);
      fixture.run.addAssertions(List.of(held));
      assertThat(fixture.info().assertions()).containsExactly(held);
    }
  }

  @Test
  void aRunWhoseUsersCannotGoOnIsEndedWithAReason() {
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch lastWill = new CountDownLatch(1);
    try (RunFixture fixture = begin()) {
      fixture.run.onStop(stopped::countDown);
      fixture.run.onLastWill(lastWill::countDown, () -> {});
      var stuck = fixture.call();
      stuck.hang();
      RunFixture.await(
          () -> {
            fixture.pass(Duration.ofNanos(StuckEnds.PATIENCE_NANOS));
            return lastWill.getCount() == 0;
          });
      assertThat(stuck.givenUp()).isTrue();
      assertThat(stopped.getCount()).isZero();
      assertThat(fixture.run.faults()).contains(StuckEnds.FAULT);
      stuck.recordNow();
    }
  }

  @Test
  void eventsAfterTheEndOfACallAreTold() {
    try (RunFixture fixture = begin()) {
      var call = fixture.call();
      call.hang();
      call.succeed();
      call.more();
      call.recordNow();
      fixture.run.close(false);
      assertThat(fixture.console()).contains("[llm] 1 event came after the end of a call");
    }
  }

  @Test
  void recordsThatTheDiskLosesAreAFault() throws IOException {
    AtomicInteger stops = new AtomicInteger();
    try (RunFixture fixture = begin()) {
      fixture.run.onStop(stops::incrementAndGet);
      Files.delete(new RunFiles(fixture.run.folder()).calls());
      fixture.call().succeed();
      RunFixture.await(() -> stops.get() == 1);
      fixture.run.close(false);

      assertThat(fixture.console()).contains("[llm] 1 record was not written: ");
      assertThat(fixture.run.faults()).isNotEmpty();
    }
  }

  @Test
  void progressIsShownOnceTheFirstCallHasBegun() {
    try (RunFixture fixture = begin("llm.console.progress=5 ms")) {
      String before = fixture.console();
      fixture.call().succeed();
      RunFixture.await(() -> fixture.console().lines().count() > before.lines().count());
      fixture.run.close(false);
      assertThat(new RunFiles(fixture.run.folder()).progress()).isNotEmptyFile();
    }
  }

  @Test
  void theHealthOfTheClientIsSampledUntilTheRunEnds() throws IOException {
    List<HealthSample> samples = new ArrayList<>();
    try (RunFixture fixture = begin()) {
      fixture.run.watchHealth(List.of());
      CallProbe watch = fixture.run.probe(0);
      watch.sent(5);
      fixture.call().succeed();
      fixture.run.close(false);
      var unused =
          HealthSampleReader.read(new RunFiles(fixture.run.folder()).health(), samples::add);
    }
    assertThat(samples).isNotEmpty();
  }

  @Test
  void hooksLearnOfTheRunAndOfItsEnd() {
    List<String> told = new ArrayList<>();
    Hook hook =
        new Hook() {
          @Override
          public void beforeRun(RunInfo run, Path folder) {
            told.add("before " + run.end().isPresent());
          }

          @Override
          public void afterRun(RunInfo run, Path folder) {
            told.add("after " + run.end().isPresent());
          }
        };
    try (RunFixture fixture = begin()) {
      fixture.run.tell(new Hooks(List.of(hook), fixture.console));
      fixture.run.close(false);
      fixture.run.tellLastCalls();
      fixture.run.tellEnd();
    }
    assertThat(told).containsExactly("before false", "after true");
  }

  @Test
  void aRunIsSplitByALabelIfOneIsNamed() throws IOException {
    try (RunFixture fixture = begin("llm.record.splitBy=none")) {
      fixture.run.close(false);
      assertThat(fixture.run.split()).isEmpty();
    }
    try (RunFixture fixture = begin("llm.record.splitBy=clients")) {
      fixture.run.unsent(CallFixture.call().label("clients", "4").record());
      fixture.run.close(false);
      assertThat(fixture.run.split()).hasSize(1);
    }
  }
}
