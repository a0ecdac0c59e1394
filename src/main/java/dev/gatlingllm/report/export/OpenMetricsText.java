package dev.gatlingllm.report.export;

import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.text.PlainText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Writes OpenMetrics text, one family after another. Confined to one thread. */
final class OpenMetricsText {

  private static final MathContext DIGITS = new MathContext(9);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> run;
  private final String timestamp;

  OpenMetricsText(String run, String simulation, Optional<Instant> end) {
    this.run = Map.of("run", run, "simulation", simulation);
    this.timestamp = end.map(at -> " " + at.getEpochSecond()).orElse("");
  }

  /** Begins a family; its unit, if it has one, ends its name. */
  void family(String name, String type, String unit, String help) {
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    if (!unit.isEmpty()) {
      text.append("# UNIT ").append(name).append(' ').append(unit).append('\n');
    }
    text.append("# HELP ").append(name).append(' ').append(escaped(help)).append('\n');
  }

  void sample(String name, CallKey key, Map<String, String> more, String value) {
    Map<String, String> labels = new TreeMap<>();
    key.labels().forEach((label, text) -> labels.put(labelName(label), text));
    labels.put("group", String.join(" / ", key.groups()));
    labels.put("name", key.name());
    labels.putAll(more);
    sample(name, labels, value);
  }

  void sample(String name, Map<String, String> more, String value) {
    Map<String, String> labels = new TreeMap<>(run);
    labels.putAll(more);
    StringJoiner list = new StringJoiner(",", "{", "}");
    labels.forEach((label, labelled) -> list.add(label + "=\"" + escaped(labelled) + '"'));
    text.append(name).append(list).append(' ').append(value).append(timestamp).append('\n');
  }

  /** The distribution of a measure in each key; nothing if none has a value. */
  void summary(Measure measure, List<CallStatistics> keys) {
    if (keys.stream().allMatch(key -> key.of(measure).n() == 0)) {
      return;
    }
    boolean seconds = measure.unit().equals("ms");
    boolean ratio = measure.unit().equals("%");
    String name = "llm_" + snakeCase(measure.field().replaceAll("(Millis|Percent)$", ""));
    String unit = seconds ? "seconds" : ratio ? "ratio" : "";
    String family = unit.isEmpty() ? name : name + "_" + unit;
    double scale = seconds ? 1e-3 : ratio ? 1e-2 : 1;
    family(family, "summary", unit, measure.definition());
    for (CallStatistics key : keys) {
      summary(family, key.key(), key.of(measure), scale);
    }
  }

  private void summary(String family, CallKey key, Distribution values, double scale) {
    if (values.n() == 0) {
      return;
    }
    values
        .quantiles()
        .forEach(
            (quantile, value) -> {
              // The format has no way to say that a value is only known to be above a number.
              if (!values.isLowerBound(quantile)) {
                String share =
                    BigDecimal.valueOf(quantile.percent()).divide(HUNDRED).toPlainString();
                sample(family, key, Map.of("quantile", share), number(value * scale));
              }
            });
    sample(family + "_count", key, Map.of(), Long.toString(values.n()));
    sample(family + "_sum", key, Map.of(), number(values.mean().orElse(0) * values.n() * scale));
  }

  /** The whole text. */
  String end() {
    return text + "# EOF\n";
  }

  static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
    return rounded.toPlainString();
  }

  /** {@code ttftFromArrival} is {@code ttft_from_arrival}. */
  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** Labels of the user must not hide ours, nor hold a character that a name may not have. */
  private static String labelName(String label) {
    return "label_" + label.replaceAll("[^a-zA-Z0-9_]", "_");
  }

  private static String escaped(String value) {
    return PlainText.visible(value)
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n");
  }
}
