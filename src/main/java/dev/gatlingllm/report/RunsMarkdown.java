package dev.gatlingllm.report;

import dev.gatlingllm.text.Markdown;
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
    RunsTable table = RunsTable.of(runs);
    for (int column = 0; column < table.columns().size(); column++) {
      StringBuilder line = new StringBuilder("| ").append(table.columns().get(column));
      for (List<String> row : table.rows()) {
        line.append(" | ").append(Markdown.inline(row.get(column)));
      }
      out.write(line.append(" |\n").toString());
      if (column == 0) {
        out.write("|---|" + "--:|".repeat(runs.size()) + "\n");
      }
    }
  }
}
