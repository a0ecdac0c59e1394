package dev.gatlingllm.experiment.batch;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import java.time.Duration;
import java.util.List;

/**
 * {@code llm.batch}: workloads one after another, repeated on a clock.
 *
 * @param workloads in their order
 * @param batches how often all of them are run
 * @param interval from the start of one batch to the start of the next
 * @param fill whether each batch begins with a load that fills a provisioned deployment
 */
public record BatchConfig(
    List<BatchWorkload> workloads, int batches, Duration interval, Fill fill) {

  /**
   * {@code llm.batch.fill}: the load that fills a provisioned deployment.
   *
   * @param enabled whether there is one
   * @param contextTokens size of its prompts
   * @param maxTokens upper bound of its output
   * @param clients how many clients call without pause
   * @param utilizationPercent from which the deployment counts as full
   * @param atMost most time it takes
   * @param atMostTokens most tokens it spends, those of the calls under way apart
   */
  public record Fill(
      boolean enabled,
      int contextTokens,
      int maxTokens,
      int clients,
      double utilizationPercent,
      Duration atMost,
      long atMostTokens) {}

  public static BatchConfig read(ConfigReader reader) {
    return new BatchConfig(
        workloads(reader.text("llm.batch.workloads")),
        reader.integer("llm.batch.batches", 1),
        reader.duration("llm.batch.interval"),
        new Fill(
            reader.flag("llm.batch.fill.enabled"),
            reader.integer("llm.batch.fill.contextTokens", 1),
            reader.integer("llm.batch.fill.maxTokens", 1),
            reader.integer("llm.batch.fill.clients", 1),
            reader.percentage("llm.batch.fill.utilization"),
            reader.positiveDuration("llm.batch.fill.atMost"),
            reader.optionalLong("llm.batch.fill.atMostTokens", 1).orElse(Long.MAX_VALUE)));
  }

  private static List<BatchWorkload> workloads(String text) {
    return ConfigurationException.in("llm.batch.workloads: ", () -> BatchWorkload.parse(text));
  }
}
