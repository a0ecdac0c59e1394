package dev.gatlingllm.report.latency;

import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.PercentileRule;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The table of a run: a row for each deployment and size, fastest first, followed by a row for each
 * region that served it if there were several; and how latency goes with tokens.
 *
 * @param rows by average time; rows without any success last
 * @param fits how latency goes with tokens, for each deployment
 */
public record LatencyTable(List<LatencyRow> rows, List<TokenFit> fits) {

  /** Above this a table of single calls makes no sense, and would not fit into memory. */
  public static final int MOST_CALLS = 1_000_000;

  /** Copies the lists. */
  public LatencyTable {
    rows = List.copyOf(rows);
    fits = List.copyOf(fits);
  }

  /**
   * The table of a run's folder; absent if the run has more than {@link #MOST_CALLS} calls.
   *
   * @throws RecordFormatException naming the file and line that is wrong
   */
  public static Optional<LatencyTable> read(Path runFolder, PercentileRule rule)
      throws IOException {
    RunFiles files = new RunFiles(runFolder);
    LatencyCollector calls = new LatencyCollector(start(files), MOST_CALLS);
    CallRecordReader.read(files.calls(), calls::add);
    return calls.table(rule);
  }

  private static Optional<Instant> start(RunFiles files) throws IOException {
    try {
      return Optional.of(files.readInfo()).map(RunInfo::start);
    } catch (NoSuchFileException | RecordFormatException ignored) {
      // without run.json the table has no local times
      return Optional.empty();
    }
  }

  static Comparator<LatencyRow> fastestFirst() {
    return Comparator.comparingDouble(row -> row.seconds().mean().orElse(Double.POSITIVE_INFINITY));
  }
}
