package dev.gatlingllm.report;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.StringLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * {@code index.html}: the report as one page that fetches nothing. Tables and numbers are in the
 * page's text; the charts are drawn from the JSON beside it by Apache ECharts, which is inlined.
 */
public final class IndexHtml implements ReportWriter {

  private static final String FOLDER = "dev/gatlingllm/report/";

  // The smallest of the three builds that has scatter charts, logarithmic axes and marked lines.
  private static final String ECHARTS =
      "META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";

  @Override
  public String fileName() {
    return "index.html";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    engine()
        .getLiteralTemplate(resource(FOLDER + "index.peb"))
        .evaluate(out, context(report), Locale.ROOT);
  }

  private static PebbleEngine engine() {
    return new PebbleEngine.Builder()
        .loader(new StringLoader())
        .defaultLocale(Locale.ROOT)
        .strictVariables(true)
        .autoEscaping(true)
        .build();
  }

  private static Map<String, Object> context(RunReport report) throws IOException {
    Map<String, Object> context = new HashMap<>();
    context.put("page", PageView.of(report));
    context.put("css", resource(FOLDER + "report.css"));
    context.put("js", resource(FOLDER + "report.js"));
    context.put("echarts", resource(ECHARTS));
    context.put("data", PageData.json(report));
    return context;
  }

  private static String resource(String path) throws IOException {
    try (InputStream in = IndexHtml.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("resource " + path + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
