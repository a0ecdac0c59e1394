package heatmap;

import static dev.gatlingllm.LlmDsl.latencyHeatmap;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.settings;

import io.gatling.javaapi.core.Simulation;

/**
 * How do the lengths of prompt and answer make the latency?
 *
 * <p>Every pair of an input and an output length is called equally often, in an order shuffled by
 * {@code llm.seed}, with prompts cut from a text. The report has one row for each pair.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=heatmap.LatencyHeatmapSimulation
 * mvn gatling:test -Dgatling.simulationClass=heatmap.LatencyHeatmapSimulation \
 *     -Dllm.heatmap.inputTokens=200,2000 -Dllm.heatmap.outputTokens=64,256 \
 *     -Dllm.heatmap.callsPerCell=20 -Dllm.heatmap.sourceFile=mine.txt
 * </pre>
 *
 * <p>Red means: a limit under {@code llm.slo} was not met, over all pairs together.
 */
public class LatencyHeatmapSimulation extends Simulation {
  {
    var heatmap = latencyHeatmap(settings());
    setUp(heatmap.inject(llm("chat")))
        .protocols(heatmap.protocols())
        .assertions(heatmap.assertions("chat"));
  }
}
