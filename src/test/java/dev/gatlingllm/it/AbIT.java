package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.decision.AbComparison;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.timing.NanoClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two endpoints of which the second fails every other call: however busy this machine is. */
class AbIT {

  private static final int PAIRS = 3;
  private static final int CALLS = 16;

  @TempDir private Path folder;

  @Test
  void aTargetThatFailsIsShownWorseByBlocksInTurnsThatHaveTheSameArrivalsAndPrompts()
      throws Exception {
    try (Simulator sound = endpoint(0);
        Simulator broken = endpoint(0.5)) {
      GatlingProcess gatling =
          GatlingProcess.start(
              folder,
              "compare.AbSimulation",
              "llm.provider=openai",
              "llm.targets.0.name=sound",
              "llm.targets.0.model=m",
              "llm.targets.0.baseUrl=" + sound.uri().resolve("/v1"),
              "llm.targets.1.name=broken",
              "llm.targets.1.model=m",
              "llm.targets.1.baseUrl=" + broken.uri().resolve("/v1"),
              "llm.ab.pairs=" + PAIRS,
              "llm.load.rpm=600",
              "llm.load.arrivals=poisson",
              "llm.load.requests=" + CALLS,
              "llm.profile.shape=custom",
              "llm.profile.contextTokens=60",
              "llm.profile.maxTokens=6",
              "llm.profile.preventCaching=false",
              "llm.record.content=true",
              "llm.warmUp.probes=0",
              "llm.calibration.duration=0s");
      assertThat(gatling.exitCode()).as(gatling.console()).isEqualTo(2);

      List<List<CallRecord>> blocks = blocks(gatling.calls());
      assertThat(blocks.stream().map(AbIT::target))
          .containsExactly("sound", "broken", "broken", "sound", "sound", "broken");
      for (int pair = 0; pair < PAIRS; pair++) {
        List<CallRecord> one = blocks.get(2 * pair);
        List<CallRecord> other = blocks.get(2 * pair + 1);
        assertThat(pair(one)).isEqualTo(pair(other)).isEqualTo("0" + (pair + 1));
        assertThat(arrivals(one)).hasSize(CALLS).isEqualTo(arrivals(other));
        // Calls that arrive within a moment may take their prompts in another order.
        assertThat(prompts(one)).doesNotContain("").hasSameElementsAs(prompts(other));
      }
      assertThat(arrivals(blocks.get(0))).isNotEqualTo(arrivals(blocks.get(2)));
      for (String report : List.of("summary.txt", "index.html", "summary.md", "summary.json")) {
        assertThat(
                gatling
                    .file(report)
                    .replaceAll("\\s+", " ")
                    .replace("&#43;", "+")
                    .replace("\\", ""))
            .as(report)
            .containsPattern(
                "broken against sound: failures \\+[0-9.]+ points \\[[0-9.]+, [0-9.]+], shown worse");
      }
      assertThat(gatling.console()).contains("A/B: broken is not worse than sound, failures=1%");
    }
  }

  private static Simulator endpoint(double failing) {
    return Simulator.start(
        SimulatorConfig.of("wire = openai, ttft = 20 ms, faults.serverError = " + failing),
        NanoClock.SYSTEM);
  }

  /** In the order of their calls. */
  private static List<List<CallRecord>> blocks(List<CallRecord> calls) {
    List<CallRecord> inOrder =
        calls.stream()
            .sorted((a, b) -> Long.compare(a.times().arrival(), b.times().arrival()))
            .toList();
    return IntStream.range(0, inOrder.size() / CALLS)
        .mapToObj(i -> inOrder.subList(i * CALLS, (i + 1) * CALLS))
        .toList();
  }

  private static String target(List<CallRecord> block) {
    return label(block, "target");
  }

  private static String pair(List<CallRecord> block) {
    return label(block, AbComparison.PAIR);
  }

  private static String label(List<CallRecord> block, String name) {
    return block.stream()
        .map(CallRecord::labels)
        .map((Map<String, String> labels) -> labels.get(name))
        .distinct()
        .collect(Collectors.joining("|"));
  }

  private static List<Long> arrivals(List<CallRecord> block) {
    long first = block.get(0).times().arrival();
    return block.stream().map(call -> call.times().arrival() - first).toList();
  }

  private static List<String> prompts(List<CallRecord> block) {
    return block.stream().map(call -> call.content().prompt()).toList();
  }
}
