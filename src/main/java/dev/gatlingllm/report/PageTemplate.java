package dev.gatlingllm.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.text.Html;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.StringLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A page that fetches nothing. Tables and numbers are in the page's text; the charts are drawn from
 * the JSON beside it by Apache ECharts, which is inlined.
 */
public final class PageTemplate {

  /** What the code begins with that renews a page. */
  static final String LIVE_SCRIPT = "<script id=\"live\">";

  private static final String FOLDER = "dev/gatlingllm/report/";

  // The smallest of the three builds that has scatter charts, logarithmic axes and marked lines.
  private static final String ECHARTS =
      "META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";

  private static final String VISIBLE = "visible html";
  private final String template;
  private final List<String> scripts;

  /**
   * A page.
   *
   * @param template file of its text
   * @param scripts files of its code, in order
   */
  public PageTemplate(String template, String... scripts) {
    this.template = template;
    this.scripts = List.of(scripts);
  }

  /**
   * Writes the page.
   *
   * @param page what the template prints
   * @param charts what the charts are drawn from
   */
  public void write(Object page, JsonNode charts, Writer out) throws IOException {
    write(page, charts, "", out);
  }

  /** The same of a run that goes on: the page renews itself. */
  void writeLive(Object page, JsonNode charts, Writer out) throws IOException {
    write(page, charts, live(), out);
  }

  /** The page of a run that has nothing to show yet. */
  static String waiting() throws IOException {
    return resource(FOLDER + "waiting.html").replace("{{ live }}", live());
  }

  private static String live() throws IOException {
    return LIVE_SCRIPT
        + resource(FOLDER + "live.js")
        + "</script>\n<style>"
        + resource(FOLDER + "live.css")
        + "</style>\n";
  }

  private void write(Object page, JsonNode charts, String live, Writer out) throws IOException {
    Map<String, Object> context = new HashMap<>();
    context.put("page", page);
    context.put("css", styles());
    context.put("js", script());
    context.put("echarts", resource(ECHARTS));
    context.put("data", json(charts));
    context.put("live", live);
    new PebbleEngine.Builder()
        .loader(new StringLoader())
        .defaultLocale(Locale.ROOT)
        .strictVariables(true)
        .autoEscaping(true)
        .addEscapingStrategy(VISIBLE, Html::text)
        .defaultEscapingStrategy(VISIBLE)
        .build()
        .getLiteralTemplate(macros() + resource(FOLDER + template))
        .evaluate(out, context, Locale.ROOT);
  }

  /** JSON that may stand inside a script element: it holds no {@code <}. */
  private static String json(JsonNode tree) {
    try {
      return VisibleJson.mapper().writeValueAsString(tree).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the page's data could not be written", e);
    }
  }

  private static String macros() throws IOException {
    return resource(FOLDER + "macros.peb") + resource(FOLDER + "first.peb");
  }

  private static String styles() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String part : List.of("report.css", "first.css", "handling.css")) {
      all.append(resource(FOLDER + part));
    }
    return all.toString();
  }

  private String script() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String script : scripts) {
      all.append(resource(FOLDER + script));
    }
    return all.toString();
  }

  private static String resource(String path) throws IOException {
    try (InputStream in = PageTemplate.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("resource " + path + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
