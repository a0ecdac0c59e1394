package dev.gatlingllm.report.runs;

import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.table.MarkdownTable;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** {@code runs.md}: the numbers of several runs, one column per run. */
final class RunsMarkdown implements TextFormat<List<RunReport>> {

  @Override
  public String fileName() {
    return "runs.md";
  }

  @Override
  public void write(List<RunReport> runs, Writer out) throws IOException {
    out.write(MarkdownTable.of(RunsTable.of("run", runs)));
  }
}
