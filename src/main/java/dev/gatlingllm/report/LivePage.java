package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.secret.Redaction;
import dev.gatlingllm.text.Html;
import java.io.IOException;

/**
 * The page of a run that goes on: that of {@link IndexHtml}, with code that renews it in place.
 *
 * @param html the page whole, for whoever opens it
 * @param update the same without what never changes, JSON in one line, for whoever has it open
 */
public record LivePage(String html, String update) {

  private static final String BODY = "<body>";

  /** The page of what there is to say so far, without any secret that the process knows. */
  public static LivePage of(RunReport report) throws IOException {
    JsonNode charts = PageData.tree(report);
    String html = Redaction.text(IndexHtml.live(report, charts));
    ObjectNode update = VisibleJson.mapper().createObjectNode();
    update.put("body", between(html, BODY, PageTemplate.LIVE_SCRIPT));
    update.set("data", charts);
    return new LivePage(html, Redaction.text(VisibleJson.mapper().writeValueAsString(update)));
  }

  /** The page before there is anything to say. */
  public static String waiting() throws IOException {
    return PageTemplate.waiting();
  }

  /** The page whole, for whoever opens it when nothing more comes. */
  public String standing(String json) {
    int at = html.indexOf(BODY);
    return html.substring(0, at)
        + "<body data-standing=\""
        + Html.text(json)
        + "\">"
        + html.substring(at + BODY.length());
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin);
    int to = text.indexOf(end, from);
    if (from < 0 || to < 0) {
      throw new IllegalStateException("the page has no " + (from < 0 ? begin : end));
    }
    return text.substring(from + begin.length(), to);
  }
}
