package dev.gatlingllm.scrape;

import dev.gatlingllm.record.ServerScrape.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric that the user asks for, such as {@code vllm:lora_requests_info} or {@code
 * queue_depth{pool="a"}}.
 *
 * @param name of the metric; of a histogram or summary without {@code _sum} and {@code _count}
 * @param labels that a value must have; others may come beside them
 */
public record MetricSelector(String name, Map<String, String> labels) {

  /** The setting that names them. */
  public static final String SETTING = "llm.serverMetrics.metrics";

  /** What is accepted, in words. */
  public static final String ACCEPTED =
      "names of metrics between commas, each perhaps with labels, such as"
          + " queue_depth{pool=\"a\"}";

  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern SELECTOR =
      Pattern.compile("\\s*(" + NAME + ")\\s*(?:\\{([^{}]*)})?\\s*(?:,|$)");
  private static final Pattern LABEL =
      Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*(?:\"([^\"]*)\"|([^\",]*))\\s*(?:,|$)");

  /** Copies the labels. */
  public MetricSelector {
    labels = Map.copyOf(labels);
  }

  /**
   * Reads a list between commas.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static List<MetricSelector> all(String text) {
    List<MetricSelector> all = new ArrayList<>();
    Matcher next = SELECTOR.matcher(text.strip());
    int at = 0;
    while (at < text.strip().length()) {
      if (!next.find(at) || next.start() != at) {
        throw new IllegalArgumentException(ACCEPTED);
      }
      all.add(
          new MetricSelector(next.group(1), labels(next.group(2) == null ? "" : next.group(2))));
      at = next.end();
    }
    return all;
  }

  /** Those of a run, by its settings as {@code run.json} has them. */
  public static List<MetricSelector> ofConfiguration(Map<String, String> configuration) {
    try {
      return all(configuration.getOrDefault(SETTING, "").replaceAll("^\\[|]$", ""));
    } catch (IllegalArgumentException ofAnotherVersion) {
      return List.of();
    }
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher next = LABEL.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!next.find(at) || next.start() != at) {
        throw new IllegalArgumentException(ACCEPTED);
      }
      String quoted = next.group(2);
      labels.put(next.group(1), quoted == null ? next.group(3).strip() : quoted);
      at = next.end();
    }
    return labels;
  }

  /** Whether a value is of this metric: of a histogram its sum and its count. */
  public boolean selects(Sample sample) {
    boolean split = sample.type().equals("histogram") || sample.type().equals("summary");
    boolean named =
        split
            ? sample.name().equals(name + "_sum") || sample.name().equals(name + "_count")
            : sample.name().equals(name) || sample.name().equals(name + "_total");
    return named && sample.labels().entrySet().containsAll(labels.entrySet());
  }
}
