package dev.gatlingllm.bench;

import static dev.gatlingllm.bench.MarkdownTable.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** (g) How long the report takes. */
final class ReportTimePart implements Part {

  private static final List<Integer> CALLS = List.of(10_000, 100_000, 1_000_000);

  @Override
  public String letter() {
    return "g";
  }

  @Override
  public String run() throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable(
            "(g) Report: time against calls",
            "`report` on a generated run, heap of 512 MiB; a process of its own, its start"
                + " included.",
            List.of("calls", "seconds", "µs per call"));
    for (int calls : CALLS) {
      double seconds = seconds(calls);
      table.row(
          List.of(String.valueOf(calls), number(1, seconds), number(1, seconds * 1e6 / calls)));
    }
    return table.toString();
  }

  private static double seconds(int calls) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("benchmark");
    try (ChildJvm generator =
        ChildJvm.start(
            List.of(),
            "dev.gatlingllm.report.BigRun",
            List.of(folder.toString(), String.valueOf(calls)))) {
      generator.awaitEnd();
    }
    long start = System.nanoTime();
    try (ChildJvm report =
        ChildJvm.start(
            List.of("-Xmx512m"), "dev.gatlingllm.Main", List.of("report", folder.toString()))) {
      report.awaitEnd();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!Files.exists(folder.resolve("index.html"))) {
      throw new IOException("no report was written");
    }
    Files.delete(folder.resolve("calls.jsonl"));
    return seconds;
  }
}
