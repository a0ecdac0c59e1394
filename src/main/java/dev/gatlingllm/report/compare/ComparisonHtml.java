package dev.gatlingllm.report.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.decision.KeyComparison;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.report.PageTemplate;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code comparison.html}: the tables, and the distributions of both runs laid over each other. */
final class ComparisonHtml implements TextFormat<Comparison> {

  private static final PageTemplate PAGE =
      new PageTemplate("compare.peb", "charts.js", "compare.js");

  /** One of the two runs, all text. */
  record Run(String letter, String name, String verdict, String facts) {
    static Run of(String letter, RunReport run) {
      long calls = run.statistics().overall().counts().started();
      return new Run(
          letter,
          run.runs().get(0),
          run.client().verdict().level().code(),
          run.info().map(RunInfo::start).map(start -> Figures.instant(start) + ", ").orElse("")
              + Figures.count(calls)
              + " calls");
    }
  }

  @Override
  public String fileName() {
    return "comparison.html";
  }

  @Override
  public void write(Comparison comparison, Writer out) throws IOException {
    PAGE.write(page(comparison), charts(comparison.runs()), out);
  }

  /** What the template prints, by the name that it has there. */
  private static Map<String, Object> page(Comparison comparison) {
    ComparedRuns runs = comparison.runs();
    Run first = Run.of("A", runs.first());
    Run second = Run.of("B", runs.second());
    return Map.of(
        "title", runs.second().title(),
        "first", first,
        "second", second,
        "runs", List.of(first, second),
        "distrust", runs.distrust(),
        "settings", runs.settings().stream().map(SettingDifference::text).toList(),
        "notes", runs.notes(),
        "gates", comparison.gates(),
        "tables", comparison.tables());
  }

  private static ObjectNode charts(ComparedRuns runs) {
    ObjectNode root = VisibleJson.mapper().createObjectNode();
    root.put("first", runs.firstName());
    root.put("second", runs.secondName());
    ArrayNode keys = root.putArray("keys");
    List<KeyComparison> drawn = new ArrayList<>();
    if (runs.comparison().byKey().size() != 1) {
      drawn.add(runs.comparison().overall());
    }
    drawn.addAll(runs.comparison().byKey());
    drawn.forEach(key -> key(key, keys.addObject()));
    return root;
  }

  private static void key(KeyComparison key, ObjectNode node) {
    node.put("name", key.key().path());
    ObjectNode curves = node.putObject("curves");
    key.curves()
        .forEach(
            (measure, curve) -> {
              ObjectNode item = curves.putObject(measure.field());
              item.put("firstN", key.first().of(measure).n());
              item.put("secondN", key.second().of(measure).n());
              numbers(curve.first(), item.putArray("first"));
              numbers(curve.second(), item.putArray("second"));
            });
  }

  private static void numbers(List<Double> values, ArrayNode node) {
    values.forEach(value -> node.add(Figures.rounded(value)));
  }
}
