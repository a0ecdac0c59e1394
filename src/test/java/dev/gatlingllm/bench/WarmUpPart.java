package dev.gatlingllm.bench;

import static dev.gatlingllm.bench.MarkdownTable.number;

import dev.gatlingllm.record.CallRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** (e) The error of the first measured call, with and without warm-up. */
final class WarmUpPart implements Part {

  private static final int RUNS = 5;

  @Override
  public String letter() {
    return "e";
  }

  @Override
  public String run() throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable(
            "(e) First call: TTFT error with and without warm-up",
            "The main job, "
                + RUNS
                + " runs each, on a warm endpoint; measured − true of the first call, ms.",
            List.of("warm-up", "median", "each run"));
    row(table, "off", List.of("llm.warmUp.atMost=0s", "llm.calibration.duration=0s"));
    row(table, "on (default)", List.of());
    return table.toString();
  }

  private static void row(MarkdownTable table, String name, List<String> settings)
      throws IOException, InterruptedException {
    double[] errors = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      errors[i] = firstCallError(settings);
    }
    table.row(
        List.of(
            name,
            number(1, ClientError.median(errors)),
            String.join(", ", Arrays.stream(errors).mapToObj(value -> number(1, value)).toList())));
  }

  private static double firstCallError(List<String> settings)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(settings);
    all.addAll(
        List.of(
            "llm.load.rpm=60",
            "llm.load.duration=3s",
            "llm.profile.contextTokens=500",
            "llm.profile.maxTokens=100"));
    try (SimulatorProcess simulator =
            SimulatorProcess.start("--ttft=200ms", "--tokensPerSecond=150");
        GatlingRun gatling = WarmEndpoint.startOn(simulator, all)) {
      gatling.awaitEnd();
      CallRecord first =
          gatling.calls().stream()
              .min(Comparator.comparingLong(call -> call.times().arrival()))
              .orElseThrow();
      SimulatorProcess.Truth truth =
          simulator.stop().get(first.service().requestId().replace("-", ""));
      long measured = first.times().firstOutput().getAsLong() - first.times().start().getAsLong();
      return (measured - (truth.chunkNanos()[0] - truth.receivedNanos())) / 1e6;
    }
  }
}
