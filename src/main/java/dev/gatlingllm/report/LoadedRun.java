package dev.gatlingllm.report;

import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run read from its folder, with what its statistics were made from.
 *
 * @param report what there is to say about it
 * @param calls all of its calls, collected
 */
public record LoadedRun(RunReport report, StatisticsCollector calls) {

  /**
   * Reads the folder of one run.
   *
   * @throws IllegalArgumentException if it is not that of a run
   * @throws dev.gatlingllm.record.RecordFormatException naming the file and line that is wrong
   */
  public static LoadedRun of(Path runFolder) throws IOException {
    return of(List.of(runFolder));
  }

  /**
   * Reads the folders of the shares of one load and merges them.
   *
   * @param prices instead of those that a share was priced with; empty for the latter
   * @param missing what of the load is not there, such as {@code share 1/3 has not begun}
   */
  public static LoadedRun ofShares(
      List<Path> shares, PercentileRule rule, Optional<Prices> prices, List<String> missing)
      throws IOException {
    return RunLoader.loadShares(shares, rule, prices, missing);
  }

  /** Reads the folders of several runs and merges them; see {@link #of(Path)}. */
  public static LoadedRun of(List<Path> runFolders) throws IOException {
    return RunLoader.load(runFolders, PercentileRule.WITHHOLD_WHEN_FEW, Optional.empty());
  }
}
