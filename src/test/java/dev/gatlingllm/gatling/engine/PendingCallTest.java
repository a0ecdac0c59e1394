package dev.gatlingllm.gatling.engine;

import static dev.gatlingllm.gatling.engine.Stage.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.gatling.call.CallTemplate;
import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import io.gatling.core.controller.throttle.Throttler$Command$ThrottledRequest;
import io.gatling.core.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingCallTest {

  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;

  private Stage stage(String... settings) {
    return Stage.of(Stage.settings(folder, settings), PlayedService.silent());
  }

  /** A user whose call is to start so long from now. */
  private static Session due(Stage stage, long nanosFromNow) {
    return stage.user().set(ScheduledUsers.ARRIVAL, stage.clock.nanos() + nanosFromNow);
  }

  private static Accounting accounting(Stage stage) throws IOException {
    stage.run.close(false);
    return new RunFiles(stage.run.folder()).readInfo().accounting().orElseThrow();
  }

  @Test
  void aCallIsSentAtItsArrivalAndNotBefore() {
    try (Stage stage = stage()) {
      stage.action(template("chat", "hello")).$bang(due(stage, 2 * SECOND));
      stage.advance(Duration.ofMillis(1_999));
      assertThat(stage.service.requests()).isEmpty();
      stage.advance(Duration.ofMillis(1));
      assertThat(stage.service.requests()).hasSize(1);

      stage.service.answer(0, "All good.");
      CallRecord call = stage.records().get(0);
      assertThat(call.times().start()).hasValue(call.times().arrival());
    }
  }

  private List<CallRecord> split(String seed, UnaryOperator<CallTemplate> change) {
    PlayedService service = PlayedService.answering(Duration.ofMillis(5)).withTargets("a", "b");
    try (Stage stage = Stage.of(Stage.settings(folder, "llm.seed=" + seed), service)) {
      LlmAction action = stage.action(change.apply(template("chat", "hello")));
      for (int i = 0; i < 40; i++) {
        action.$bang(stage.user());
      }
      stage.advance(Duration.ofSeconds(1));
      return stage.records();
    }
  }

  private static List<String> targets(List<CallRecord> calls) {
    return calls.stream()
        .sorted(Comparator.comparing(CallRecord::id))
        .map(call -> call.labels().getOrDefault("target", "none"))
        .toList();
  }

  @Test
  void callsAreSplitByTheirNumbersAndEachHasTheNameAndTheModelOfItsTarget() {
    List<CallRecord> calls = split("3", same -> same);

    assertThat(targets(calls)).hasSize(40).contains("a", "b").doesNotContain("none");
    assertThat(targets(split("3", same -> same))).isEqualTo(targets(calls));
    assertThat(targets(split("4", same -> same))).isNotEqualTo(targets(calls));
    assertThat(calls)
        .allSatisfy(
            call ->
                assertThat(call.model())
                    .isEqualTo(
                        call.labels().get("target").equals("a") ? "model of a" : "simulated"));
  }

  @Test
  void aCallMayNameItsTarget() {
    assertThat(targets(split("3", call -> call.withTarget(session -> "b")))).containsOnly("b");
    assertThat(split("3", call -> call.withTarget(session -> "d")))
        .extracting(CallRecord::error)
        .containsOnly("not built: call 'chat' of scenario 'played': target must be one of a, b");
  }

  @Test
  void aCallThatNamesATargetWhereThereAreNoneIsNotSent() {
    try (Stage stage = stage()) {
      stage.action(template("chat", "hello").withTarget(session -> "b")).$bang(stage.user());
      assertThat(stage.service.requests()).isEmpty();
      assertThat(stage.records().get(0).error())
          .endsWith("target cannot be chosen: llm.targets is empty");
    }
  }

  @Test
  void aCallThatCannotBeBuiltCountsForTheTargetThatItWouldHaveGoneTo() {
    CallTemplate unable =
        template("chat", "hello")
            .withPrompts(
                session -> {
                  throw new IllegalStateException();
                });
    assertThat(targets(split("3", call -> unable))).isEqualTo(targets(split("3", call -> call)));
  }

  @Test
  void aCallThatComesTooLateIsDroppedAndItsUserGoesOn() throws IOException {
    try (Stage stage = stage("llm.load.maxScheduleDelay=1 s")) {
      stage.action(template("chat", "hello")).$bang(due(stage, -1_100_000_000L));

      assertThat(stage.service.requests()).isEmpty();
      assertThat(stage.next.sessions).hasSize(1);
      assertThat(stage.next.sessions.get(0).isFailed()).isFalse();
      assertThat(stage.stats.responses).isEmpty();
      assertThat(stage.records())
          .extracting(CallRecord::outcome, CallRecord::error)
          .containsExactly(org.assertj.core.groups.Tuple.tuple(Outcome.DROPPED, "dropped arrival"));
      assertThat(accounting(stage).dropped()).isEqualTo(1);
    }
  }

  @Test
  void aCallThatTheLimitOnCallsInFlightHeldTooLongIsNoFaultOfTheClient() throws IOException {
    try (Stage stage = stage("llm.load.rpm=60", "llm.load.clients=1", "llm.load.requests=2")) {
      LlmAction action = stage.action(template("chat", "hello"));
      action.$bang(due(stage, 0));
      action.$bang(due(stage, 0));
      assertThat(stage.service.requests()).hasSize(1);
      stage.advance(Duration.ofSeconds(5));
      stage.service.answer(0, "At last.");

      assertThat(stage.service.requests()).hasSize(1);
      assertThat(stage.next.sessions).hasSize(2);
      Accounting sums = accounting(stage);
      assertThat(sums.held()).isEqualTo(1);
      assertThat(sums.dropped()).isZero();
    }
  }

  @Test
  void aCallThatWaitedForAPlaceIsSentWhenThereIsOne() {
    try (Stage stage = stage("llm.load.rpm=60", "llm.load.clients=1", "llm.load.requests=2")) {
      LlmAction action = stage.action(template("chat", "hello"));
      action.$bang(due(stage, 0));
      action.$bang(due(stage, 0));
      stage.advance(Duration.ofMillis(400));
      stage.service.answer(0, "One.");
      assertThat(stage.service.requests()).hasSize(2);
      stage.service.answer(1, "Two.");

      assertThat(stage.records())
          .extracting(call -> call.times().start().getAsLong() - call.times().arrival())
          .containsExactly(0L, 400_000_000L);
    }
  }

  @Test
  void underAThrottleACallIsSentWhenGatlingsThrottlerLetsIt() {
    try (Stage stage = stage()) {
      stage.action(template("chat", "hello"), true).$bang(stage.user());
      assertThat(stage.service.requests()).isEmpty();

      var asked = (Throttler$Command$ThrottledRequest) stage.throttler.messages.get(0);
      assertThat(asked.scenarioName()).isEqualTo("played");
      stage.advance(Duration.ofSeconds(3));
      asked.request().apply();
      assertThat(stage.service.requests()).hasSize(1);
    }
  }

  @Test
  void aCallThatTheThrottlerHeldTooLongIsNoFaultOfTheClient() throws IOException {
    try (Stage stage = stage()) {
      stage.action(template("chat", "hello"), true).$bang(due(stage, 0));
      stage.advance(Duration.ofSeconds(3));
      ((Throttler$Command$ThrottledRequest) stage.throttler.messages.get(0)).request().apply();

      assertThat(stage.service.requests()).isEmpty();
      assertThat(accounting(stage).held()).isEqualTo(1);
    }
  }

  @Test
  void aUserWhomTheThrottleNeverLetGoHasARecordThatLastsUntilTheRunEnded() throws IOException {
    try (Stage stage = stage()) {
      stage.action(template("chat", "hello"), true).$bang(stage.user());
      stage.action(template("chat", "hello"), true).$bang(stage.user());
      letGo(stage, 0);
      stage.service.answer(0, "All good.");
      stage.advance(Duration.ofSeconds(7));

      CallRecord held = stage.records().get(1);
      assertThat(held.outcome()).isEqualTo(Outcome.DROPPED);
      assertThat(held.errorDetail()).isEqualTo("held back until the run ended");
      assertThat(held.times().end() - held.times().arrival()).isEqualTo(7 * SECOND);
      Accounting sums = accounting(stage);
      assertThat(sums.problems()).isEmpty();
      assertThat(sums.sent()).isEqualTo(1);
      assertThat(sums.held()).isEqualTo(1);
      assertThat(sums.notReached()).isZero();
    }
  }

  private static void letGo(Stage stage, int asked) {
    ((Throttler$Command$ThrottledRequest) stage.throttler.messages.get(asked)).request().apply();
  }

  @Test
  void aUserWhoHasBeenServedAndWaitsForAnotherTurnIsNoLoadThatWasNotSent() throws IOException {
    try (Stage stage = stage()) {
      LlmAction action = stage.action(template("chat", "hello"), true);
      action.$bang(stage.user());
      letGo(stage, 0);
      stage.service.answer(0, "All good.");
      action.$bang(stage.next.sessions.get(0));

      assertThat(stage.records()).hasSize(1);
      Accounting sums = accounting(stage);
      assertThat(sums.held()).isZero();
      assertThat(sums.notReached()).isEqualTo(1);
    }
  }

  @Test
  void aCallThatWaitsForAPlaceDoesNotStartWhileTheRunEnds() throws IOException {
    try (Stage stage = stage("llm.load.rpm=60", "llm.load.clients=1", "llm.load.requests=2")) {
      LlmAction action = stage.action(template("chat", "hello"));
      action.$bang(due(stage, 0));
      action.$bang(due(stage, 0));
      stage.advance(Duration.ofMillis(400));

      assertThat(stage.records())
          .extracting(CallRecord::outcome)
          .containsExactlyInAnyOrder(Outcome.DROPPED, Outcome.UNFINISHED);
      assertThat(stage.service.requests()).hasSize(1);
      assertThat(accounting(stage).problems()).isEmpty();
    }
  }

  @Test
  void aCallOfAUserWhoComesWhenTheRunHasEndedIsNotSent() throws IOException {
    try (Stage stage = stage()) {
      stage.action(template("chat", "hello")).$bang(due(stage, SECOND));
      stage.run.close(false);
      stage.advance(Duration.ofSeconds(2));
      stage.action(template("chat", "hello")).$bang(stage.user());

      assertThat(stage.service.requests()).isEmpty();
      assertThat(stage.next.sessions).isEmpty();
      assertThat(accounting(stage).problems()).isEmpty();
      assertThat(accounting(stage).notReached()).isEqualTo(1);
    }
  }

  @Test
  void aThrottlerThatLetsACallGoAfterTheEndOfTheRunSendsNothing() throws IOException {
    try (Stage stage = stage()) {
      stage.action(template("chat", "hello"), true).$bang(stage.user());
      stage.run.close(false);
      letGo(stage, 0);

      assertThat(stage.service.requests()).isEmpty();
      assertThat(accounting(stage).problems()).isEmpty();
    }
  }

  @Test
  void aCallThatWaitedWhenTheLoadWasStoppedRanksAmongTheLongest() throws IOException {
    try (Stage stage = stage("llm.load.rpm=60", "llm.load.clients=1", "llm.load.requests=2")) {
      LlmAction action = stage.action(template("chat", "hello"));
      action.$bang(due(stage, 0));
      action.$bang(due(stage, 0));
      stage.advance(Duration.ofMillis(400));
      stage.run.endDrain();
      stage.run.drain();
      stage.service.answer(0, "One.");

      assertThat(stage.records())
          .extracting(CallRecord::outcome)
          .containsExactlyInAnyOrder(Outcome.SUCCEEDED, Outcome.DROPPED);
      assertThat(accounting(stage).held()).isEqualTo(1);
    }
  }

  @Test
  void whenTheLoadHasEndedNoCallStartsAndNobodyWaitsForItsUser() throws IOException {
    try (Stage stage = stage()) {
      stage.action(template("chat", "hello")).$bang(due(stage, SECOND));
      stage.run.drain();
      stage.advance(Duration.ofSeconds(1));

      assertThat(stage.service.requests()).isEmpty();
      assertThat(stage.next.sessions).isEmpty();
      assertThat(stage.records()).isEmpty();
      assertThat(accounting(stage).notReached()).isEqualTo(1);
    }
  }

  @Test
  void theArrivalIsThatOfTheUsersFirstCallOnly() {
    try (Stage stage = stage()) {
      stage.action(template("chat", "hello")).$bang(due(stage, SECOND));
      stage.advance(Duration.ofSeconds(1));
      stage.service.answer(0, "All good.");
      Session after = stage.next.sessions.get(0);
      assertThat(after.contains(ScheduledUsers.ARRIVAL)).isFalse();
      stage.advance(Duration.ofMinutes(1));
      stage.action(template("chat", "more")).$bang(after);

      assertThat(stage.service.requests()).hasSize(2);
    }
  }

  @Test
  void aStepThatFailsWhenTheCallIsDueIsACrashedCall() {
    try (Stage stage = stage()) {
      Session user = due(stage, SECOND);
      stage.action(template("chat", "hello")).$bang(user);
      stage.next.failOnce();
      stage.advance(Duration.ofMillis(100));
      // the timer comes late by more than is allowed, and the user's next step fails
      stage.clock.moveTo(stage.clock.nanos() + 5 * SECOND);
      stage.advance(Duration.ZERO);

      assertThat(stage.next.sessions).hasSize(1);
      assertThat(stage.next.sessions.get(0).isFailed()).isTrue();
      assertThat(stage.records())
          .extracting(CallRecord::outcome)
          .isEqualTo(List.of(Outcome.DROPPED, Outcome.CRASHED));
    }
  }
}
