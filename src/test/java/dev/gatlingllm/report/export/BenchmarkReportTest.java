package dev.gatlingllm.report.export;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.SampleRuns;
import dev.gatlingllm.report.TokenReport;
import dev.gatlingllm.stats.PercentileRule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkReportTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> MEASURES =
      Map.of(
          "/latency/time_to_first_token", "ttftMillis",
          "/latency/time_per_output_token", "tpotMillis",
          "/latency/request_latency", "e2eMillis",
          "/requests/input_length", "inputTokens",
          "/requests/output_length", "outputTokens");

  @TempDir private Path temp;

  @Test
  void itsFiguresAreThoseOfTheSummary() throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      calls.add(
          call()
              .id(i)
              .from(1000 * i, 1000 * i + 1500)
              .streamed(1000 * i + 200 + i, 1000 * i + 1400)
              .tokens(100, 50 + i)
              .record());
    }
    Path run = temp.resolve("run");
    SampleRuns.write(run, calls);
    JsonNode aggregate = aggregate(report(run, BenchmarkReportExport.ALL));
    JsonNode overall = summary(run).get("overall");
    assertSame(aggregate, overall);
    assertThat(aggregate.at("/latency/time_to_first_token/p95").isNumber()).isTrue();
    assertThat(aggregate.at("/latency/time_to_first_token/p99").isMissingNode()).isTrue();
  }

  @Test
  void aLadderHasAStageForEachLevelAndNothingOfAllTogether() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    List<Path> files = export(run);
    JsonNode summary = summary(run);
    assertThat(files).noneMatch(file -> file.endsWith(BenchmarkReportExport.ALL));
    for (int i = 0; i < summary.get("calls").size(); i++) {
      JsonNode report = report(run, "stage-" + i + ".json");
      JsonNode key = summary.get("calls").get(i);
      assertSame(aggregate(report), key);
      if (key.at("/measures/inputTokens/n").asLong() > 0) {
        assertThat(report.at("/scenario/load/standardized/stage").asInt()).isEqualTo(i);
        assertThat(key.get("path").asText())
            .contains(report.at("/scenario/load/standardized/concurrency").asText());
      }
    }
  }

  @Test
  void aSearchHasAStageForEachProbeAndNothingOfAllTogether() throws IOException {
    Path run = temp.resolve("run");
    SampleRuns.write(
        run,
        List.of(
            call().id(1).name("chat", "probe 01: 60 per minute").from(0, 900).record(),
            call().id(2).name("chat", "probe 02: 120 per minute").from(2000, 2900).record()));
    new RunFiles(run).writeInfo(SampleRuns.info(Optional.empty(), Map.of(), List.of()));
    OptionalDouble none = OptionalDouble.empty();
    CapacityResult found =
        new CapacityResult(
            true, true, false, "spent", "", "", none, none, none, none, none, none, none, 5, 2, 200,
            3, List.of());
    Files.writeString(new RunFiles(run).capacity(), found.format());
    assertThat(export(run))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("stage-0.json", "stage-1.json", "definitions.txt");
  }

  @Test
  void eachDocumentHasAnIdOfItsOwn() throws IOException {
    Path run = temp.resolve("run");
    SampleRuns.write(
        run,
        List.of(
            call().id(1).name("chat").from(0, 900).record(),
            call().id(2).name("title").from(100, 900).record()));
    List<String> ids = new ArrayList<>();
    for (String name : List.of(BenchmarkReportExport.ALL, "stage-0.json", "stage-1.json")) {
      ids.add(report(run, name).at("/run/uid").asText());
    }
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void ofAKilledRunNothingIsSaidThatIsUnknown() throws IOException {
    Path run = SampleRuns.killed(temp.resolve("run"));
    List<Path> files = export(run);
    String text = Files.readString(files.get(0));
    assertThat(text).doesNotContain("null").doesNotContain("\"end\"").contains("\"start\"");
  }

  @Test
  void aRunWithoutASuccessHasCountsAndNoLatency() throws IOException {
    Path run = temp.resolve("run");
    SampleRuns.write(
        run, List.of(call().id(1).from(0, 20).ended(Outcome.THROTTLED, "429").record()));
    JsonNode report = report(run, BenchmarkReportExport.ALL);
    assertThat(aggregate(report).at("/requests/failures").asInt()).isEqualTo(1);
    assertThat(aggregate(report).get("latency").isEmpty()).isTrue();
    assertThat(report.has("scenario")).isFalse();
  }

  @Test
  void definitionsStandBesideTheFiles() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    assertThat(Files.readString(export(run).get(0).resolveSibling("definitions.txt")))
        .contains("time_per_output_token: Time per output token: (last chunk");
  }

  private static void assertSame(JsonNode aggregate, JsonNode expected) {
    assertThat(aggregate.at("/requests/total").asLong())
        .isEqualTo(expected.get("started").asLong());
    assertThat(aggregate.at("/requests/failures").asLong())
        .isEqualTo(expected.get("failed").asLong());
    MEASURES.forEach(
        (place, measure) -> {
          JsonNode values = expected.at("/measures/" + measure);
          JsonNode found = aggregate.at(place);
          if (values.get("n").asLong() == 0) {
            assertThat(found.isMissingNode()).isTrue();
            return;
          }
          for (String statistic : List.of("mean", "min", "max", "p50", "p90", "p95", "p99")) {
            assertThat(found.path(statistic))
                .as(place + statistic)
                .isEqualTo(values.path(statistic));
          }
        });
    JsonNode rate = expected.get("requestsPerMinute");
    if (rate != null) {
      assertThat(aggregate.at("/throughput/request_rate/mean").asDouble() * 60)
          .isCloseTo(rate.asDouble(), within(0.001));
    }
  }

  private static JsonNode aggregate(JsonNode report) {
    return report.at("/results/request_performance/aggregate");
  }

  private JsonNode report(Path run, String name) throws IOException {
    export(run);
    return JSON.readTree(temp.resolve("out").resolve(name).toFile());
  }

  private List<Path> export(Path run) throws IOException {
    return Export.write(
        run, "benchmark-report", temp.resolve("out"), false, PercentileRule.WITHHOLD_WHEN_FEW);
  }

  private static JsonNode summary(Path run) throws IOException {
    TokenReport.write(
        run, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    return JSON.readTree(run.resolve("summary.json").toFile());
  }
}
