package dev.gatlingllm.report;

import dev.gatlingllm.command.Command;
import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.text.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes the token report of a run: at the run's end, or again at any time from its folder.
 *
 * <pre>{@code
 * mvn -q compile exec:java@report -Dexec.args="reports/runs/<run>"
 * mvn -q compile exec:java@report -Dexec.args="<run> <run> --out reports/runs/merged"
 * mvn -q compile exec:java@report -Dexec.args="<run> --prices <file>"
 * }</pre>
 */
public final class TokenReport {

  static final List<ReportWriter> WRITERS =
      List.of(
          new SummaryJson(),
          new SummaryCsv(),
          new SummaryMarkdown(),
          new JunitXml(),
          new ConsoleTable(),
          new IndexHtml());

  private TokenReport() {}

  /** Exits with 0, or with 2 after one line that says what is wrong with the input. */
  public static void main(String[] arguments) {
    int status = run(List.of(arguments), Command.out(), Command.err());
    if (status != 0) {
      System.exit(status);
    }
  }

  static int run(List<String> arguments, PrintStream out, PrintStream errors) {
    PrintStream err = Console.of(errors);
    try {
      TokenReportArguments parsed = TokenReportArguments.parse(arguments);
      RunReport read =
          RunReport.of(parsed.runFolders(), parsed.rule(), parsed.prices().map(Prices::read));
      RunReport report =
          parsed.server().isPresent()
              ? read.with(parsed.server().get().read())
              : withNamed(read, err);
      write(report.placedIn(parsed.outFolder()), parsed.outFolder(), out);
      return 0;
    } catch (IllegalArgumentException | RecordFormatException e) {
      err.println("TokenReport: " + e.getMessage());
    } catch (IOException e) {
      err.println("TokenReport: " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
    return 2;
  }

  /**
   * Makes the report of a run from its folder, writes it there in every format, and prints the
   * table and the path of the page.
   *
   * @throws RecordFormatException naming the file and line that is wrong
   */
  public static RunReport write(Path runFolder, PrintStream console) throws IOException {
    RunReport read = RunReport.of(List.of(runFolder), PercentileRule.WITHHOLD_WHEN_FEW);
    RunReport report = withNamed(read, console);
    write(report, runFolder, console);
    return report;
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

  private static void write(RunReport report, Path folder, PrintStream out) throws IOException {
    PrintStream console = Console.of(out);
    Files.createDirectories(folder);
    for (ReportWriter writer : WRITERS) {
      RunFiles.writeAtomically(folder.resolve(writer.fileName()), text(writer, report));
    }
    console.println();
    console.print(text(new ConsoleTable(), report));
    console.println();
    console.println("Token report:  " + folder.resolve("index.html").toAbsolutePath().normalize());
    console.println("Machine files: " + String.join(", ", machineFiles()) + " beside it");
  }

  private static List<String> machineFiles() {
    return WRITERS.stream()
        .filter(writer -> !(writer instanceof IndexHtml))
        .map(ReportWriter::fileName)
        .toList();
  }

  private static String text(ReportWriter writer, RunReport report) throws IOException {
    StringWriter text = new StringWriter();
    writer.write(report, text);
    return text.toString();
  }
}
