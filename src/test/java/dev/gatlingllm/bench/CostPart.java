package dev.gatlingllm.bench;

import static dev.gatlingllm.bench.MarkdownTable.number;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** (b) Processor time of the client per chunk: the floor, our path, the SDKs' own loops. */
final class CostPart implements Part {

  private static final String FLOOR = "netty";
  private static final String BARE = "azure-openai";
  private static final String WHOLE = "whole product, azure-openai";
  private static final List<String> PATHS =
      List.of(FLOOR, BARE, "openai", "anthropic", "bedrock", "stock azure-openai", "stock bedrock");
  private static final int STREAMS = 300;
  private static final int WINDOW_SECONDS = 10;

  /**
   * The bare path is warmed up by thousands of calls; a run at this rate needs this long for as
   * many, and until then what it does once for a call is still being compiled.
   */
  private static final int GATLING_SETTLE_SECONDS = 150;

  private final int rounds;

  CostPart(int rounds) {
    this.rounds = rounds;
  }

  @Override
  public String letter() {
    return "b";
  }

  @Override
  public String run() throws IOException, InterruptedException {
    Map<String, List<Double>> micros = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (String path : PATHS) {
        double cost = StreamLoad.settled(path, STREAMS, WINDOW_SECONDS).run().cpuMicrosPerChunk();
        micros.computeIfAbsent(path, name -> new ArrayList<>()).add(cost);
      }
      micros.computeIfAbsent(WHOLE, name -> new ArrayList<>()).add(wholeProduct());
    }
    MarkdownTable table =
        new MarkdownTable(
            "(b) Cost: processor time of the client per chunk",
            "300 streams × 20 tok/s, calls of 200 chunks, their start and end included, without the"
                + " JIT compiler's threads; medians of "
                + rounds
                + " rounds, all paths in turn in each round.",
            List.of("path", "µs per chunk", "÷ floor", "÷ bare path", "each round"));
    double floor = median(micros.get(FLOOR));
    double bare = median(micros.get(BARE));
    micros.forEach(
        (path, values) ->
            table.row(
                List.of(
                    path,
                    number(1, median(values)),
                    number(2, median(values) / floor),
                    path.equals(WHOLE) ? number(2, median(values) / bare) : "",
                    String.join(", ", values.stream().map(v -> number(1, v)).toList()))));
    return table.toString();
  }

  private static double wholeProduct() throws IOException, InterruptedException {
    try (SimulatorProcess simulator = StreamLoad.simulator();
        GatlingRun gatling =
            GatlingRun.start(
                simulator,
                List.of(
                    "llm.load.rpm=" + 60 * STREAMS / StreamLoad.LONG_CALL_SECONDS,
                    "llm.load.duration=" + (GATLING_SETTLE_SECONDS + WINDOW_SECONDS + 5) + "s",
                    "llm.profile.contextTokens=50",
                    "llm.profile.maxTokens=" + StreamLoad.LONG_CALL_TOKENS))) {
      TimeUnit.SECONDS.sleep(GATLING_SETTLE_SECONDS);
      CpuWindow window = CpuWindow.open(gatling.jvm());
      TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
      window.close();
      gatling.awaitEnd();
      long chunks = StreamLoad.chunks(simulator.stop(), window.fromNanos(), window.toNanos());
      return window.cpuNanos() / 1e3 / chunks;
    }
  }

  private static double median(List<Double> values) {
    return ClientError.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
