package dev.gatlingllm.report.runs;

import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.text.Console;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The report of several finished runs side by side, none of them merged: {@code runs.html} with
 * their numbers and their courses over time on the same scales, {@code runs.md}, and {@code
 * runs.csv} with a line for each run.
 */
public final class RunsReport {

  public static final List<TextFormat<List<RunReport>>> WRITERS = writers(RunsLinks.NONE);

  private RunsReport() {}

  private static List<TextFormat<List<RunReport>>> writers(RunsLinks links) {
    return List.of(new RunsHtml(links), new RunsMarkdown(), new RunsCsv());
  }

  /**
   * Reads the folders of runs, writes their report in every format into a folder, and prints the
   * path of the page.
   *
   * @throws IllegalArgumentException if a folder is not that of a run
   * @throws dev.gatlingllm.record.RecordFormatException naming the file and line that is wrong
   */
  public static void write(List<Path> runFolders, Path folder, PrintStream out) throws IOException {
    List<RunReport> runs = new ArrayList<>();
    for (Path run : runFolders) {
      runs.add(RunReport.of(List.of(run)));
    }
    Files.createDirectories(folder);
    for (TextFormat<List<RunReport>> writer : writers(RunsLinks.of(folder, runFolders))) {
      RunFiles.writeAtomically(folder.resolve(writer.fileName()), writer.text(runs));
    }
    Console.of(out)
        .println(
            runs.size() + " runs: " + folder.resolve("runs.html").toAbsolutePath().normalize());
  }
}
