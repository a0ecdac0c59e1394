package dev.gatlingllm.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard and the documentation name the metrics that there are, and no others. */
class GrafanaDashboardTest {

  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z]\\w*)[{ ]");
  private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=\"");
  private static final Pattern NAMED = Pattern.compile("\\b(?:gen_ai|gatling_llm|target_info)\\w*");
  private static final Pattern DOTTED =
      Pattern.compile("`((?:gen_ai\\.client|gatling_llm)\\.[a-z_.]+)`");

  private final MetricsReader reader = new MetricsReader();
  private final String text = text();

  private String text() {
    try (SdkMeterProvider provider =
        SdkMeterProvider.builder()
            .setResource(Resource.create(Labels.of(Map.of("gatling_llm.run.id", "run"))))
            .registerMetricReader(reader)
            .build()) {
      CallMeter meter = new CallMeter(provider.get("test"), () -> 0);
      meter.count(
          CallFixture.call()
              .from(0, 3000)
              .streamed(200, 2400)
              .interChunkMicros(20_000L, 3L)
              .tokens(100, 30)
              .record());
      meter.count(CallFixture.call().ended(Outcome.BROKEN, "cut").record());
      return PrometheusText.of(reader.collect());
    }
  }

  private static Set<String> all(Pattern pattern, String in) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(in);
    while (matcher.find()) {
      found.add(matcher.group(matcher.groupCount()));
    }
    return found;
  }

  @Test
  void everyQueryNamesMetricsAndLabelsThatThereAre() throws IOException {
    Set<String> known = all(SAMPLE, text);
    known.addAll(all(LABEL, text));
    List<String> queries = new ArrayList<>();
    JsonNode dashboard =
        new ObjectMapper().readTree(Files.readString(Path.of("reports/grafana-dashboard.json")));
    dashboard.findValues("expr").forEach(query -> queries.add(query.asText()));
    dashboard.findValues("definition").forEach(query -> queries.add(query.asText()));
    assertThat(queries).hasSizeGreaterThan(12);
    for (String query : queries) {
      assertThat(all(NAMED, query)).as(query).isNotEmpty().isSubsetOf(known);
    }
  }

  @Test
  void everyMetricIsOnTheDashboard() throws IOException {
    String dashboard = Files.readString(Path.of("reports/grafana-dashboard.json"));
    assertThat(reader.collect())
        .hasSize(8)
        .allSatisfy(metric -> assertThat(dashboard).contains(PrometheusText.name(metric)));
  }

  @Test
  void theDocumentationHasEachMetricOnce() throws IOException {
    Set<String> documented = new TreeSet<>();
    Files.readString(Path.of("reports/README.md"))
        .lines()
        .filter(line -> line.startsWith("| `gen_ai.client.") || line.startsWith("| `gatling_llm."))
        .forEach(line -> documented.addAll(all(DOTTED, line.split("\\|", -1)[1])));
    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            reader.collect().stream().map(metric -> metric.getName()).toList());
  }
}
