package dev.gatlingllm.experiment.heatmap;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;

/**
 * {@code llm.heatmap}.
 *
 * @param grid the lengths and how often each pair of them is called
 * @param clients how many calls are in flight
 * @param sourceFile the text from which prompts are cut
 */
public record HeatmapConfig(LatencyGrid grid, int clients, String sourceFile) {

  public static HeatmapConfig read(ConfigReader reader) {
    return ConfigurationException.in(
        "llm.heatmap.",
        () ->
            new HeatmapConfig(
                new LatencyGrid(
                    LatencyGrid.lengths("inputTokens", reader.text("llm.heatmap.inputTokens")),
                    LatencyGrid.lengths("outputTokens", reader.text("llm.heatmap.outputTokens")),
                    reader.integer("llm.heatmap.callsPerCell", 1)),
                reader.integer("llm.heatmap.clients", 1),
                reader.text("llm.heatmap.sourceFile")));
  }
}
