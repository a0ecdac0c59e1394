package dev.gatlingllm.report;

import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.text.Console;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The token report of a run, in every format: at the run's end, or again at any time. */
public final class TokenReport {

  static final List<TextFormat<RunReport>> WRITERS =
      List.of(
          new SummaryJson(),
          new SummaryCsv(),
          new SummaryMarkdown(),
          new JunitXml(),
          new ConsoleTable(),
          new IndexHtml());

  private TokenReport() {}

  /**
   * Makes the report of a run from its folder, writes it there in every format, and prints the
   * headline numbers. Who ends the run prints the rest after everything else.
   *
   * @throws RecordFormatException naming the file and line that is wrong
   */
  public static RunReport write(Path runFolder, PrintStream console) throws IOException {
    RunReport read = RunReport.of(List.of(runFolder), PercentileRule.WITHHOLD_WHEN_FEW);
    RunReport report = withNamed(read, console);
    write(report, runFolder);
    PrintStream out = Console.of(console);
    out.println();
    out.print(ConsoleTable.headline(report));
    return report;
  }

  /**
   * Writes a report into a folder in every format, and prints the table, the path of the page and
   * the conclusion.
   *
   * @param server exports of the service's own monitoring; empty for those that the run names, of
   *     which one that cannot be read is a line on {@code err} and left out
   */
  public static void write(
      RunReport read, Optional<ServerFiles> server, Path folder, PrintStream out, PrintStream err)
      throws IOException {
    RunReport report = server.isPresent() ? read.with(server.get().read()) : withNamed(read, err);
    RunReport placed = report.placedIn(folder);
    write(placed, folder);
    PrintStream console = Console.of(out);
    console.println();
    console.print(ConsoleTable.withoutConclusion(placed));
    console.println();
    console.println("Token report:  " + folder.resolve("index.html").toAbsolutePath().normalize());
    console.println("Machine files: " + String.join(", ", machineFiles()) + " beside it");
    console.println();
    console.print(ConsoleTable.conclusion(report.conclusion()));
  }

  /** With the exports that the run's settings name: one that is wrong must not cost the report. */
  private static RunReport withNamed(RunReport report, PrintStream console) {
    try {
      Map<String, String> settings = report.info().map(RunInfo::configuration).orElse(Map.of());
      return report.with(ServerFiles.ofConfiguration(settings).read());
    } catch (IOException | IllegalArgumentException e) {
      Console.of(console)
          .println("[llm] the report is made without server metrics: " + e.getMessage());
      return report;
    }
  }

  private static void write(RunReport report, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (TextFormat<RunReport> writer : WRITERS) {
      RunFiles.writeAtomically(folder.resolve(writer.fileName()), writer.text(report));
    }
  }

  private static List<String> machineFiles() {
    return WRITERS.stream()
        .filter(writer -> !(writer instanceof IndexHtml))
        .map(TextFormat::fileName)
        .toList();
  }
}
