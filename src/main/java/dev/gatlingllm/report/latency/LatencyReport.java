package dev.gatlingllm.report.latency;

import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.text.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** The latency table of a run: {@code latency-table.md}, {@code .json} and {@code .csv}. */
public final class LatencyReport {

  private static final String NAME = "latency-table";

  private LatencyReport() {}

  /**
   * Writes the three files of a run, unless it has more calls than a table can hold.
   *
   * @param rule whether percentiles of few values are shown
   * @throws RecordFormatException naming the file and line that is wrong
   */
  public static void write(Path runFolder, PercentileRule rule, PrintStream out)
      throws IOException {
    PrintStream console = Console.of(out);
    Optional<LatencyTable> table = LatencyTable.read(runFolder, rule);
    if (table.isEmpty()) {
      console.println(
          "[llm] no " + NAME + ".md: the run has more than " + LatencyTable.MOST_CALLS + " calls");
      return;
    }
    if (table.get().rows().isEmpty()) {
      return;
    }
    write(runFolder.resolve(NAME + ".md"), LatencyMarkdown.of(table.get()));
    write(runFolder.resolve(NAME + ".json"), LatencyJson.of(table.get()));
    write(runFolder.resolve(NAME + ".csv"), LatencyCsv.of(table.get()));
    console.println(
        "Latency table: " + runFolder.resolve(NAME + ".md").toAbsolutePath().normalize());
  }

  private static void write(Path file, String text) throws IOException {
    RunFiles.writeAtomically(file, text);
  }
}
