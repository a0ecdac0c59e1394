package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code of the user's own in a run: hooks, a client, a tokenizer; and the run's own labels. */
class ExtensionIT {

  @TempDir private Path folder;

  @Test
  void hooksAreToldOfTheRunAndItsCallsAndTheirFailuresAreReported() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            HookedSimulation.class.getName(),
            "llm.hooks=" + NotingHook.class.getName(),
            "llm.simulator.ttft=10ms");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    List<String> notes = gatling.file("notes.txt").lines().toList();
    assertThat(notes).hasSize(10).startsWith("before run " + HookedSimulation.class.getName());
    assertThat(notes.stream().filter("before chat"::equals)).hasSize(4);
    assertThat(notes.stream().filter("after chat 3"::equals)).hasSize(4);
    assertThat(notes.get(9)).isEqualTo("after run, report true");
    assertThat(gatling.calls()).hasSize(4).allMatch(c -> c.outcome() == Outcome.SUCCEEDED);
    assertThat(gatling.console())
        .contains(
            "[llm] hook dev.gatlingllm.it.FailingHook.beforeCall failed with"
                + " IllegalStateException, 4 times",
            "[llm] hook dev.gatlingllm.it.FailingHook.afterCall failed with Exception, 4 times");
  }

  @Test
  void aClientAndATokenizerOfOnesOwnTakeThePlaceOfThoseThatShip() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "rpm.ShapeProfileSimulation",
            "llm.provider=class:" + EchoClient.class.getName(),
            "llm.tokenizer=class:" + CharacterTokenizer.class.getName(),
            "llm.load.clients=2",
            "llm.load.requests=6",
            "llm.load.duration=5min",
            "llm.labels.experiment=night shift",
            "llm.labels.task=echoing");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    List<CallRecord> calls = gatling.calls();
    // Closed clients run until the calls are used up.
    assertThat(calls)
        .hasSize(6)
        .allMatch(call -> call.provider().equals("echo"))
        .allMatch(call -> call.outcome() == Outcome.SUCCEEDED)
        .allMatch(call -> call.tokens().estimated())
        .allMatch(call -> call.tokens().output().getAsLong() == "echo, echo".length());
    assertThat(gatling.info().labels())
        .isEqualTo(Map.of("experiment", "night shift", "task", "echoing"));
    assertThat(gatling.file("summary.md")).contains("experiment: night shift", "task: echoing");
    assertThat(gatling.file("summary.json")).contains("\"experiment\" : \"night shift\"");
    assertThat(gatling.file("index.html")).contains("night shift");
  }
}
