package dev.gatlingllm.report.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.VisibleJson;
import java.util.OptionalDouble;

/**
 * How a run stands.
 *
 * @param phase {@code preparing}, {@code running} or {@code ended}
 * @param text a sentence
 * @param percent share of the load that is over; absent if nobody knows its end
 */
public record Standing(String phase, String text, OptionalDouble percent) {

  static Standing of(String phase, String text) {
    return new Standing(phase, text, OptionalDouble.empty());
  }

  /** A run under load. */
  public static Standing running(String text, OptionalDouble percent) {
    String sentence = Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    return new Standing("running", sentence, percent);
  }

  String json() {
    ObjectNode node = VisibleJson.mapper().createObjectNode();
    node.put("phase", phase).put("text", text);
    percent.ifPresent(share -> node.put("percent", (long) share));
    return node.toString();
  }
}
