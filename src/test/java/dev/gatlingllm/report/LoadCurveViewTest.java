package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.record.CapacityResult.Probe;
import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCurveViewTest {

  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

  @TempDir private Path temp;

  @Test
  void aLadderHasAPointForEachLevelAndSaysWhereItsKneeIs() throws IOException {
    RunReport report = ladder(Map.of(), 1, 2, 4, 8);

    LoadCurveView view = LoadCurveView.of(report).orElseThrow();
    assertThat(view.table().texts())
        .containsExactly(
            List.of("1", "60", "100", "100", "100", "1,000", "1,000", "60", ""),
            List.of("2", "120", "100", "100", "100", "1,000", "1,000", "120", ""),
            List.of("4", "240", "100", "100", "100", "1,000", "1,000", "240", "knee"),
            List.of("8", "240", "50", "100", "100", "2,000", "2,000", "120", ""));
    assertThat(view.knee())
        .isEqualTo(
            "The knee is at 4 clients, between 2 and 8: power is greatest there, at 240 calls a"
                + " minute and an e2e p50 of 1,000 ms. Throughput there is 100 % of one that grows"
                + " in proportion to the load.");
    assertThat(report.conclusion().sure()).startsWith("At the knee: 4 clients");
    assertThat(new IndexHtml().text(report))
        .contains("<section id=\"curve\">", "The knee is at 4 clients", "L. Kleinrock, Power and")
        .contains("id=\"curve-ttft\"", "id=\"curve-e2e\"", "id=\"curve-throughput\"");
  }

  @Test
  void aLadderThatEndsBeforeTheKneeSaysSo() throws IOException {
    assertThat(LoadCurveView.of(ladder(Map.of(), 1, 2, 4)).orElseThrow().knee())
        .isEqualTo(
            "No knee seen up to 4 clients, the greatest load: power does not fall by 5 %."
                + " Throughput there is 100 % of one that grows in proportion to the load.");
    assertThat(ladder(Map.of(), 1, 2, 4).conclusion().sure())
        .contains(". No knee was seen up to 4 clients. This rests on");
  }

  @Test
  void theConclusionNamesTheKneeBesideTheLevelThatKeptTheLimits() throws IOException {
    assertThat(ladder(Map.of("llm.slo.e2e.p50", "3 s"), 1, 2, 4, 8).conclusion().sure())
        .startsWith("The greatest level that kept the limits: 8 clients")
        .contains(". The knee is at 4 clients (between 2 and 8). This rests on");
  }

  @Test
  void noTileOfALadderPoolsItsLevels() throws IOException {
    assertThat(Tile.of(ladder(Map.of(), 1, 2)).stream().map(Tile::label))
        .containsExactly("Calls started");
    assertThat(Tile.of(ladder(Map.of(), 2)).stream().map(Tile::label))
        .contains("Success rate", "TTFT p95", "Completed rpm");
  }

  @Test
  void limitsOnWhatIsDrawnAreInTheDataOfThePageAndOthersAreNot() throws IOException {
    Map<String, String> settings =
        Map.of("llm.slo.ttft.p95", "1.5 s", "llm.slo.ttft.p99", "3 s", "llm.slo.e2e.p50", "900ms");
    JsonNode curve = summary(ladder(settings, 1, 2)).get("curve");

    assertThat(curve.get("limits"))
        .hasToString(
            "[{\"of\":\"ttftP95Millis\",\"statistic\":\"p95\",\"millis\":1500},"
                + "{\"of\":\"e2eP50Millis\",\"statistic\":\"p50\",\"millis\":900}]");
  }

  @Test
  void theSummaryHasThePointsAndTheKnee() throws IOException {
    JsonNode curve = summary(ladder(Map.of(), 1, 2, 4, 8)).get("curve");

    assertThat(curve.get("load").asText()).isEqualTo("clients");
    assertThat(curve.get("points")).hasSize(4);
    assertThat(curve.get("points").get(3))
        .hasToString(
            "{\"load\":8,\"requestsPerMinute\":240,\"proportionalPercent\":50,"
                + "\"ttftP50Millis\":100,\"ttftP95Millis\":100,\"e2eP50Millis\":2000,"
                + "\"e2eP95Millis\":2000,\"power\":120}");
    JsonNode knee = curve.get("knee");
    assertThat(knee.get("kind").asText()).isEqualTo("between");
    assertThat(knee.get("point").asInt()).isEqualTo(2);
    assertThat(knee.get("load").asInt()).isEqualTo(4);
    assertThat(knee.get("low").asInt()).isEqualTo(2);
    assertThat(knee.get("high").asInt()).isEqualTo(8);
    assertThat(knee.get("method").asText()).isEqualTo("greatest-power");
  }

  @Test
  void aRunOfOneLoadHasNoCurve() throws IOException {
    RunReport report = ladder(Map.of(), 2);

    assertThat(LoadCurveView.of(report)).isEmpty();
    assertThat(summary(report).has("curve")).isFalse();
    assertThat(new IndexHtml().text(report)).doesNotContain("id=\"curve\"", "id=\"curve-ttft\"");
  }

  @Test
  void aSearchHasAPointForEachProbeInTheOrderOfTheLoad() throws IOException {
    RunReport report =
        search(
            probe(1, 60, 200, 60, 1000),
            probe(2, 240, 200, 150, 4000),
            probe(3, 120, 99, 118, 1100));
    LoadCurveView view = LoadCurveView.of(report).orElseThrow();

    assertThat(view.table().heads()).startsWith("calls/min");
    assertThat(view.table().texts())
        .containsExactly(
            List.of("60", "60", "100", "500", "800", "1,000", "2,000", "60", ""),
            List.of("120", "118", "98.3", "500", "–", "1,100", "–", "107", "knee"),
            List.of("240", "150", "62.5", "500", "800", "4,000", "8,000", "37.5", ""));
    assertThat(view.knee()).startsWith("The knee is at 120 calls a minute, between 60 and 240:");
    assertThat(report.conclusion().sure())
        .startsWith("The knee is at 120 calls a minute (between 60 and 240). The search took");
    assertThat(CapacityText.probes(report.capacity().orElseThrow()).texts().get(2))
        .endsWith("500", "–", "1,100", "–");
    assertThat(new IndexHtml().text(report))
        .contains("<section id=\"curve\">")
        .doesNotContain("<section class=\"tiles\"");
  }

  @Test
  void aSearchThatDidNotYetCountCompletionsHasNoCurve() throws IOException {
    search(probe(1, 60, 200, 60, 1000), probe(2, 240, 200, 150, 4000));
    Path file = new RunFiles(temp).capacity();
    Files.writeString(
        file, Files.readString(file).replaceAll(",\\s*\"completedPerMinute\"[^,}]*", ""));

    assertThat(Files.readString(file)).doesNotContain("completedPerMinute");
    RunReport report = RunReport.of(List.of(temp));
    assertThat(report.capacity().orElseThrow().probes()).hasSize(2);
    assertThat(LoadCurveView.of(report)).isEmpty();
  }

  private static JsonNode summary(RunReport report) throws IOException {
    return new ObjectMapper().readTree(new SummaryJson().text(report));
  }

  /** One level after the other, of a service with four places and calls of a second. */
  private RunReport ladder(Map<String, String> settings, int... levels) throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    double begin = 0;
    for (int clients : levels) {
      double e2e = 1000 * Math.max(1, clients / 4.0);
      for (int round = 0; round < 120 / clients + 1; round++) {
        for (int client = 0; client < clients; client++) {
          double start = begin + round * e2e;
          calls.add(
              call()
                  .id(calls.size())
                  .name("chat", clients + " clients")
                  .from(start, start + e2e)
                  .streamed(100, e2e - 10)
                  .record());
        }
      }
      begin += 1000 * e2e;
    }
    SampleRuns.write(temp, calls);
    new RunFiles(temp)
        .writeInfo(
            SampleRuns.info(Optional.of(SampleRuns.START.plusSeconds(900)), settings, List.of()));
    return RunReport.of(List.of(temp));
  }

  private RunReport search(Probe... probes) throws IOException {
    SampleRuns.write(temp, List.of(call().record()));
    CapacityResult result =
        new CapacityResult(
            true,
            true,
            false,
            "limit",
            "llm.slo.ttft.p95",
            "",
            OptionalDouble.of(150),
            UNKNOWN,
            UNKNOWN,
            UNKNOWN,
            UNKNOWN,
            UNKNOWN,
            UNKNOWN,
            5,
            500,
            9000,
            180,
            List.of(probes));
    Files.writeString(new RunFiles(temp).capacity(), result.format());
    return RunReport.of(List.of(temp));
  }

  private static Probe probe(int number, double load, long calls, double rate, double e2e) {
    return new Probe(
        number,
        "bracket",
        load,
        60,
        calls,
        0,
        0,
        calls,
        OptionalDouble.of(100),
        "met",
        "met",
        "llm.slo.ttft.p95",
        OptionalDouble.of(load),
        UNKNOWN,
        UNKNOWN,
        OptionalDouble.of(500),
        OptionalDouble.of(800),
        OptionalDouble.of(e2e),
        OptionalDouble.of(2 * e2e),
        OptionalDouble.of(rate));
  }
}
