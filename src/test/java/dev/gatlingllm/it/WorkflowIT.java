package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.Measure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other simulations, on the simulated endpoint. */
class WorkflowIT {

  @TempDir private Path folder;

  @Test
  void aSweepBeyondTheCapacityShowsTheKneeAsWaitingForTheFirstToken() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "sweep.ConcurrencySweepSimulation",
            "llm.sweep.levels=1,2,8",
            "llm.sweep.minCallsPerLevel=8",
            "llm.sweep.minCallsPerClient=1",
            "llm.simulator.capacity=2",
            "llm.simulator.ttft=50ms",
            "llm.simulator.tokensPerSecond=200",
            "llm.profile.shape=custom",
            "llm.profile.contextTokens=50",
            "llm.profile.maxTokens=60");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    Map<String, List<CallRecord>> levels = new TreeMap<>();
    for (CallRecord call : gatling.calls()) {
      levels.computeIfAbsent(call.groups().get(0), key -> new ArrayList<>()).add(call);
    }
    assertThat(levels).containsOnlyKeys("1 client", "2 clients", "8 clients");
    assertThat(levels.values()).allMatch(calls -> calls.size() == 8);
    // Eight clients at two places: the last ones wait for three rounds of 0.35 s.
    assertThat(worstTtft(levels.get("8 clients")))
        .isGreaterThan(2 * worstTtft(levels.get("2 clients")));
    assertThat(gatling.file("summary.csv")).contains("1 client", "2 clients", "8 clients");
    assertThat(gatling.console())
        .contains("levels with fewer than that: 1 client (8), 2 clients (8), 8 clients (8)");
    assertThat(gatling.file("summary.md"))
        .contains("Too few succeeded calls for a p95, which takes 100, at 3 of 3 levels");
    assertThat(levels.get("8 clients"))
        .allMatch(call -> call.labels().equals(Map.of("clients", "8")));
    for (String clients : List.of("1", "2", "8")) {
      assertThat(gatling.file("clients/" + clients + "/calls.jsonl").lines()).hasSize(8);
      assertThat(gatling.file("clients/" + clients + "/index.html")).contains("Token report");
    }
  }

  @Test
  void aLevelWithADurationStartsNoCallAfterIt() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "sweep.ConcurrencySweepSimulation",
            "llm.sweep.levels=1,3",
            "llm.sweep.duration=1s",
            "llm.simulator.ttft=50ms",
            "llm.simulator.tokensPerSecond=200",
            "llm.profile.shape=custom",
            "llm.profile.contextTokens=50",
            "llm.profile.maxTokens=30");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    for (String clients : List.of("1", "3")) {
      List<CallRecord> level =
          gatling.calls().stream()
              .filter(call -> call.labels().get("clients").equals(clients))
              .toList();
      assertThat(level).as(clients).hasSizeGreaterThan(Integer.parseInt(clients));
      long first = level.stream().mapToLong(call -> call.times().arrival()).min().orElseThrow();
      long last = level.stream().mapToLong(call -> call.times().arrival()).max().orElseThrow();
      assertThat(last - first).isBetween(200_000_000L, 1_100_000_000L);
    }
  }

  private static double worstTtft(List<CallRecord> calls) {
    return calls.stream()
        .skip(1)
        .mapToDouble(call -> Measure.TTFT.of(call).getAsDouble())
        .max()
        .orElseThrow();
  }

  @Test
  void theBedrockScenarioFileRunsUnchangedAndSendsEveryScenarioAsOftenAsAsked() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "compare.BedrockScenarioSimulation",
            "user.language=fa",
            "user.country=IR",
            "llm.scenarios.invocationsPerScenario=3",
            "llm.scenarios.parallelCalls=2");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    Map<String, Long> groups =
        gatling.calls().stream()
            .collect(
                Collectors.groupingBy(
                    call -> call.groups().get(0), TreeMap::new, Collectors.counting()));
    assertThat(groups)
        .containsExactly(
            Map.entry("us.anthropic.claude-3-5-haiku-20241022-v1:0 | us-east-2 | optimized", 3L),
            Map.entry("us.anthropic.claude-3-5-haiku-20241022-v1:0 | us-east-2 | standard", 3L),
            Map.entry("us.meta.llama3-1-70b-instruct-v1:0 | us-east-2 | optimized", 3L));
    assertThat(gatling.calls())
        .allMatch(call -> call.outcome() == Outcome.SUCCEEDED)
        .allMatch(call -> call.provider().equals("bedrock"))
        .allMatch(call -> call.tokens().output().getAsLong() == 50);
  }

  @Test
  void anExperimentFileSaysHowOftenAndListsOfModelsAndRegionsSayWhere() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "compare.BedrockScenarioSimulation",
            "llm.scenarios.experimentFile=feeders/bedrock-experiment.jsonl",
            "llm.scenarios.models=m1",
            "llm.scenarios.regions=us-east-1,eu-west-1",
            "llm.scenarios.labels=latency,expectedTokens");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    // 3 lines × 2 regions, 2 runs of 3 invocations
    assertThat(gatling.calls())
        .hasSize(36)
        .allMatch(call -> call.model().equals("m1"))
        .allMatch(
            call ->
                call.labels().keySet().equals(Set.of("latency", "expectedTokens", "experiment")));
    assertThat(gatling.calls().stream().map(call -> call.service().region()).distinct())
        .containsExactlyInAnyOrder("us-east-1", "eu-west-1");
    assertRunAfterRun(gatling.calls(), List.of("1", "2"));
    assertThat(gatling.file("summary.md")).contains("experiment=1", "experiment=2");
  }

  @Test
  void severalExperimentsAreToldApartByNameAndRunAndDoNotOverlap() throws Exception {
    Path file = folder.resolve("experiments.jsonl");
    Files.writeString(
        file,
        """
        {"experiment_name":"few","num_runs_per_experiment":2}
        {"num_parallel_invocations":1}
        """);
    Path scenarios = folder.resolve("scenarios.jsonl");
    Files.writeString(
        scenarios,
        """
        {"text_prompt":"a","task_type":"t","model_id":"m","region":"us-east-1","expected_output_tokens":5}
        {"text_prompt":"b","task_type":"t","model_id":"m","region":"us-east-1","inference_profile":"standard","expected_output_tokens":5}
        """);
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "compare.BedrockScenarioSimulation",
            "llm.scenarios.file=" + scenarios,
            "llm.scenarios.experimentFile=" + file,
            "llm.scenarios.invocationsPerScenario=2");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    assertThat(gatling.calls()).hasSize(3 * 2 * 2);
    assertRunAfterRun(gatling.calls(), List.of("few run 1", "few run 2", "2"));
    // A scenario without a profile
    assertThat(gatling.file("summary.csv")).contains("m | us-east-1 | none");
  }

  /** Every call of an experiment starts after the last one of the experiment before has ended. */
  private static void assertRunAfterRun(List<CallRecord> calls, List<String> experiments) {
    Map<String, List<CallRecord>> byExperiment =
        calls.stream().collect(Collectors.groupingBy(call -> call.labels().get("experiment")));
    assertThat(byExperiment).containsOnlyKeys(experiments);
    long end = 0;
    for (String experiment : experiments) {
      List<CallRecord> one = byExperiment.get(experiment);
      assertThat(one).hasSize(calls.size() / experiments.size());
      long before = end;
      assertThat(one).allMatch(call -> call.times().start().getAsLong() > before);
      end = one.stream().mapToLong(call -> call.times().end()).max().orElseThrow();
    }
  }

  @Test
  void cachedAndUncachedPromptsAreToldApartAndTheCachedOnesAreFaster() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "compare.BedrockScenarioSimulation",
            "llm.scenarios.file=feeders/bedrock-caching.jsonl",
            "llm.scenarios.labels=caching",
            "llm.simulator.cacheTtl=5min",
            "llm.simulator.ttft=10ms",
            "llm.simulator.prefillPerToken=400us",
            "llm.simulator.tokensPerSecond=1000");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    Map<Map<String, String>, List<CallRecord>> byLabels =
        gatling.calls().stream().collect(Collectors.groupingBy(CallRecord::labels));
    List<CallRecord> hits = byLabels.get(Map.of("caching", "5m", "cache", "hit"));
    List<CallRecord> uncached = byLabels.get(Map.of("caching", "none", "cache", "miss"));
    assertThat(byLabels.get(Map.of("caching", "5m", "cache", "write"))).isNotEmpty();
    assertThat(uncached).hasSize(10);
    assertThat(hits).isNotEmpty().allMatch(call -> call.tokens().cachedInput().getAsLong() > 1024);
    double slowestHit =
        hits.stream().mapToDouble(c -> Measure.TTFT.of(c).getAsDouble()).max().orElseThrow();
    double fastestMiss =
        uncached.stream().mapToDouble(c -> Measure.TTFT.of(c).getAsDouble()).min().orElseThrow();
    assertThat(slowestHit).isLessThan(fastestMiss);
    assertThat(gatling.file("summary.md")).contains("cache=hit", "cache=miss", "| Prompt cache");
  }

  @Test
  void aTraceIsReplayedRowForRowWithItsSizes() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "replay.TraceReplaySimulation",
            "llm.replay.speed=20",
            "llm.simulator.capacity=1000",
            "llm.simulator.tokensPerSecond=2000",
            "llm.simulator.ttft=10ms");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    List<CallRecord> calls = gatling.calls();
    assertThat(calls).hasSize(60).allMatch(call -> call.outcome() == Outcome.SUCCEEDED);
    assertThat(calls)
        .allMatch(
            call -> call.tokens().input().getAsLong() == call.tokens().requestedInput().getAsInt())
        .allMatch(
            call ->
                call.tokens().output().getAsLong() == call.tokens().requestedOutput().getAsInt());
  }
}
