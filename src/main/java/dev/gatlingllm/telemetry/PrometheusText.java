package dev.gatlingllm.telemetry;

import dev.gatlingllm.text.PlainText;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Metrics in Prometheus's text format 0.0.4, under the names that OpenTelemetry's specification of
 * its compatibility with Prometheus gives them: dots become underscores, the unit ends the name,
 * {@code _total} that of a counter, and the attributes of the resource are labels of {@code
 * target_info}.
 */
final class PrometheusText {

  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> ofRun = new TreeMap<>();

  private PrometheusText() {}

  static String of(Collection<MetricData> metrics) {
    PrometheusText written = new PrometheusText();
    List<MetricData> sorted =
        metrics.stream().sorted(Comparator.comparing(MetricData::getName)).toList();
    sorted.stream()
        .findFirst()
        .ifPresent(first -> written.target(first.getResource().getAttributes()));
    sorted.forEach(written::metric);
    return written.text.toString();
  }

  /**
   * Attributes of the resource are labels of {@code target_info} only. Those that identify the run
   * and the share are labels of every series.
   */
  private void target(Attributes resource) {
    String share = resource.get(AttributeKey.stringKey(Telemetry.SHARE));
    if (share != null) {
      labels(resource)
          .forEach(
              (name, value) -> {
                if (name.equals(word(Telemetry.SHARE)) || name.equals(word(Telemetry.RUN_ID))) {
                  ofRun.put(name, value);
                }
              });
    }
    head("target_info", "gauge", "The run.");
    sample("target_info", labels(resource), "1");
  }

  private void metric(MetricData metric) {
    String name = name(metric);
    if (metric.getType() == MetricDataType.HISTOGRAM) {
      head(name, "histogram", metric.getDescription());
      metric.getHistogramData().getPoints().forEach(point -> histogram(name, point));
    } else if (metric.getType() == MetricDataType.LONG_SUM) {
      boolean counter = metric.getLongSumData().isMonotonic();
      head(name, counter ? "counter" : "gauge", metric.getDescription());
      for (LongPointData point : metric.getLongSumData().getPoints()) {
        sample(name, labels(point.getAttributes()), Long.toString(point.getValue()));
      }
    } else {
      throw new IllegalStateException("no text for " + metric.getType() + " " + metric.getName());
    }
  }

  /** The name of a metric as Prometheus has it, without what a histogram adds. */
  static String name(MetricData metric) {
    String unit = metric.getUnit().equals("s") ? "_seconds" : "";
    boolean counter =
        metric.getType() == MetricDataType.LONG_SUM && metric.getLongSumData().isMonotonic();
    return word(metric.getName()) + unit + (counter ? "_total" : "");
  }

  private void histogram(String name, HistogramPointData point) {
    Map<String, String> labels = labels(point.getAttributes());
    long below = 0;
    for (int i = 0; i < point.getBoundaries().size(); i++) {
      below += point.getCounts().get(i);
      bucket(name, labels, number(point.getBoundaries().get(i)), below);
    }
    bucket(name, labels, "+Inf", point.getCount());
    sample(name + "_sum", labels, number(point.getSum()));
    sample(name + "_count", labels, Long.toString(point.getCount()));
  }

  private void bucket(String name, Map<String, String> labels, String most, long count) {
    Map<String, String> all = new TreeMap<>(labels);
    all.put("le", most);
    sample(name + "_bucket", all, Long.toString(count));
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, Map<String, String> ofPoint, String value) {
    Map<String, String> labels = new TreeMap<>(ofRun);
    labels.putAll(ofPoint);
    StringJoiner list = new StringJoiner(",", "{", "}").setEmptyValue("");
    labels.forEach((label, labelled) -> list.add(label + "=\"" + escaped(labelled) + '"'));
    text.append(name).append(list).append(' ').append(value).append('\n');
  }

  private static Map<String, String> labels(Attributes attributes) {
    Map<String, String> labels = new TreeMap<>();
    attributes.forEach(
        (key, value) ->
            labels.merge(
                word(key.getKey()), String.valueOf(value), (one, other) -> one + ";" + other));
    return labels;
  }

  private static String word(String name) {
    String word = name.replaceAll("[^a-zA-Z0-9_]", "_");
    return word.matches("[0-9].*") ? "_" + word : word;
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static String escaped(String value) {
    return PlainText.visible(value)
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n");
  }
}
