package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;

/** {@code index.html}: the report as one page. */
public final class IndexHtml implements TextFormat<RunReport> {

  private static final PageTemplate PAGE =
      new PageTemplate(
          "index.peb",
          "charts.js",
          "tools.js",
          "window.js",
          "distributions.js",
          "tails.js",
          "views.js",
          "curve.js",
          "timeline.js",
          "failures.js",
          "report.js");

  @Override
  public String fileName() {
    return "index.html";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    PAGE.write(PageView.of(report), PageData.tree(report), out);
  }

  /** The same page with code that renews it while the run goes on. */
  static String live(RunReport report, JsonNode charts) throws IOException {
    StringWriter out = new StringWriter();
    PAGE.writeLive(PageView.of(report), charts, out);
    return out.toString();
  }
}
