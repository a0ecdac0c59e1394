package dev.gatlingllm.report.compare;

import dev.gatlingllm.report.PageTemplate;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code comparison.html}: what was found, the runs over time and their distributions laid over
 * each other, and the tables.
 */
final class ComparisonHtml implements TextFormat<Comparison> {

  private static final PageTemplate PAGE =
      new PageTemplate("compare.peb", "charts.js", "tools.js", "compare.js");

  /** What is found of a run, and what limits that. */
  record Found(String text, String limits) {}

  /** A run, and where its report is; empty if there is none. */
  record LinkedRun(RunRow run, String link) {}

  /** A table with the run that it is about. */
  record Titled(String title, Table table) {}

  @Override
  public String fileName() {
    return "comparison.html";
  }

  @Override
  public void write(Comparison comparison, Writer out) throws IOException {
    PAGE.write(page(comparison), ComparisonCharts.of(comparison), out);
  }

  /** What the template prints, by the name that it has there. */
  private static Map<String, Object> page(Comparison comparison) {
    Map<String, Object> page = new HashMap<>();
    List<RunRow> runs = comparison.runs();
    page.put("title", title(runs));
    page.put("many", comparison.isOfMany());
    page.put("found", found(comparison));
    page.put("doubt", comparison.doubt());
    page.put("distrust", comparison.distrust());
    page.put("runs", linked(comparison));
    page.put("headline", HeadlineTable.rows(comparison));
    page.put("letters", runs.stream().skip(1).map(RunRow::letter).toList());
    page.put("settings", SettingsTable.of(comparison));
    page.put("notes", comparison.notes());
    page.put("gates", comparison.gates());
    page.put("overTime", comparison.isInTime(0));
    page.put("legend", Comparison.LEGEND);
    page.put("tables", tables(comparison));
    return page;
  }

  private static String title(List<RunRow> runs) {
    long simulations = runs.stream().map(RunRow::simulation).distinct().count();
    String what = simulations == 1 ? ": " + runs.get(0).simulation() : "";
    return runs.size() + " runs compared" + what;
  }

  private static List<Found> found(Comparison comparison) {
    return comparison.candidates().stream()
        .map(one -> new Found(CandidateSentence.found(one), CandidateSentence.limits(one)))
        .toList();
  }

  private static List<LinkedRun> linked(Comparison comparison) {
    List<LinkedRun> linked = new ArrayList<>();
    List<RunRow> runs = comparison.runs();
    for (int i = 0; i < runs.size(); i++) {
      linked.add(new LinkedRun(runs.get(i), comparison.linkOf(i).orElse("")));
    }
    return linked;
  }

  private static List<Titled> tables(Comparison comparison) {
    List<Titled> tables = new ArrayList<>();
    for (Candidate candidate : comparison.candidates()) {
      for (Table table : candidate.tables()) {
        tables.add(new Titled(comparison.title(candidate, table), table));
      }
    }
    return tables;
  }
}
