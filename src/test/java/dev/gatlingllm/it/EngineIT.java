package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.Measure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our action in Gatling's hands: it behaves as Gatling's own actions do. */
class EngineIT {

  @TempDir private Path folder;

  private static CallRecord only(List<CallRecord> calls, String name) {
    List<CallRecord> named = calls.stream().filter(call -> call.name().equals(name)).toList();
    assertThat(named).as(name).hasSize(1);
    return named.get(0);
  }

  @Test
  void groupsChecksSavedValuesRetriesAndExitsBehaveAsForGatlingsOwnActions() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(folder, FlowSimulation.class.getName(), "llm.record.content=true");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();
    List<CallRecord> calls = gatling.calls();

    CallRecord checked = only(calls, "checked");
    assertThat(checked.error()).isEmpty();
    assertThat(checked.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(checked.groups()).containsExactly("outer");
    assertThat(checked.labels()).containsEntry("topic", "rivers");
    assertThat(checked.content().prompt()).contains("Be brief.", "about rivers");
    CallRecord continued = only(calls, "continued");
    assertThat(continued.groups()).containsExactly("outer", "inner");
    assertThat(continued.content().prompt())
        .contains(checked.content().answer().strip())
        .contains("(12 tokens)");

    CallRecord whole = only(calls, "whole");
    assertThat(whole.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(whole.tokens().output()).hasValue(9);
    assertThat(Measure.TTFT.of(whole)).isEmpty();
    assertThat(Measure.E2E.of(whole)).isPresent();

    List<CallRecord> tried = calls.stream().filter(call -> call.name().equals("tried")).toList();
    assertThat(tried).hasSize(3).allMatch(call -> call.outcome() == Outcome.CHECK_FAILED);
    assertThat(tried.get(0).error()).startsWith("check failed: substring");

    CallRecord unbuildable = only(calls, "unbuildable");
    assertThat(unbuildable.outcome()).isEqualTo(Outcome.CRASHED);
    assertThat(calls).noneMatch(call -> call.name().equals("never sent"));

    assertThat(gatling.gatlingRows())
        .contains("All Requests 7", "outer 1", "inner 1", "continued 1", "tried 0")
        .doesNotContain("never sent 0");
  }

  @Test
  void throttleLetsThroughWhatItSaysAndTheUsersWhomItNeverLetGoAreCounted() throws Exception {
    GatlingProcess gatling = GatlingProcess.start(folder, ThrottledSimulation.class.getName());
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    List<CallRecord> calls = gatling.calls();
    List<CallRecord> sent = calls.stream().filter(call -> call.outcome().started()).toList();
    assertThat(sent).hasSizeBetween(4, 20);
    assertThat(sent).anyMatch(call -> Measure.SCHEDULE_DELAY.of(call).orElse(0) > 500);
    assertThat(calls).hasSize(100);
    assertThat(gatling.file("summary.txt"))
        .contains("Calls held back that never went: " + (100 - sent.size()) + ", beside ");
  }

  @Test
  void callsInFlightWhenTheRunIsCutAreCountedAsUnfinished() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder, CutSimulation.class.getName(), "llm.simulator.tokensPerSecond=10");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    List<CallRecord> calls = gatling.calls();
    assertThat(calls).hasSize(6);
    assertThat(calls.stream().filter(call -> call.name().equals("short")))
        .allMatch(call -> call.outcome() == Outcome.SUCCEEDED);
    assertThat(calls.stream().filter(call -> call.name().equals("long")))
        .hasSize(3)
        .allMatch(call -> call.outcome() == Outcome.UNFINISHED)
        .allMatch(call -> call.chunks() > 0);
    assertThat(gatling.info().period().interrupted()).isFalse();
  }
}
