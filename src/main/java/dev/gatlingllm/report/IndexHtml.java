package dev.gatlingllm.report;

import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;

/** {@code index.html}: the report as one page. */
public final class IndexHtml implements TextFormat<RunReport> {

  private static final PageTemplate PAGE =
      new PageTemplate(
          "index.peb",
          "charts.js",
          "distributions.js",
          "tails.js",
          "views.js",
          "curve.js",
          "report.js");

  @Override
  public String fileName() {
    return "index.html";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    PAGE.write(PageView.of(report), PageData.tree(report), out);
  }
}
