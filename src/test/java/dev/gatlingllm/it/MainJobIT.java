package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.record.HealthSampleReader;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.telemetry.OtlpReceiver;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The main job on the simulated endpoint, shortened: 20 calls in 5 s. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobIT {

  private final OtlpReceiver collector = OtlpReceiver.start();
  private GatlingProcess gatling;
  private int exitCode;

  @BeforeAll
  void run(@TempDir Path folder) throws InterruptedException {
    gatling =
        GatlingProcess.start(
            folder,
            "rpm.ShapeProfileSimulation",
            "llm.load.rpm=240",
            // A locale with digits of its own and a comma that is not one changes nothing here.
            "user.language=ar",
            "user.country=EG",
            "llm.load.duration=5s",
            "llm.warmUp.atMost=1s",
            "llm.otlp.endpoint=" + collector.address(),
            "llm.labels.night=first",
            "llm.profile.shape=custom",
            "llm.profile.contextTokens=100",
            "llm.profile.maxTokens=30");
    exitCode = gatling.exitCode();
    collector.close();
  }

  @Test
  void itSucceedsAndLeavesTheWholeRunFolder() {
    assertThat(exitCode).as(gatling.console()).isZero();
    for (String file :
        List.of(
            "run.json",
            "calls.jsonl",
            "summary.json",
            "summary.csv",
            "summary.md",
            "index.html",
            "junit.xml",
            "NOTICE.txt",
            "gatling/index.html")) {
      assertThat(gatling.run().folder().resolve(file)).isNotEmptyFile();
    }
  }

  @Test
  void noDigitIsWrittenAsTheLocaleWritesIt() throws Exception {
    for (String file :
        List.of("run.json", "calls.jsonl", "summary.json", "summary.csv", "summary.md")) {
      assertThat(gatling.file(file)).as(file).doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
    }
    assertThat(gatling.console().lines().filter(line -> line.startsWith("[llm]")))
        .isNotEmpty()
        .noneMatch(line -> line.matches(".*[\\p{Nd}&&[^0-9]].*"));
  }

  @Test
  void gatlingsReportHasARowForEachMeasureAndOneRequestForEachCall() throws Exception {
    assertThat(gatling.gatlingRows())
        .containsExactly("All Requests 20", "chat 20", "TTFT 20", "tokens/s 20", "call 20");
  }

  @Test
  void everyCallIsRecordedWithTheProvidersOwnCounts() throws Exception {
    List<CallRecord> calls = gatling.calls();
    assertThat(calls).hasSize(20).allMatch(call -> call.outcome() == Outcome.SUCCEEDED);
    assertThat(calls)
        .allSatisfy(
            call -> {
              assertThat(call.tokens().output()).hasValue(30);
              assertThat(call.tokens().input()).hasValue(100);
              assertThat(call.chunks()).isEqualTo(10);
              assertThat(call.service().requestId()).isNotEmpty();
              assertThat(call.service().finishReason()).isEqualTo("length");
              assertThat(call.content().prompt()).isEmpty();
            });
  }

  @Test
  void arrivalsAreWhereTheScheduleHasThem() throws Exception {
    List<Long> arrivals =
        gatling.calls().stream().map(call -> call.times().arrival()).sorted().toList();
    for (int i = 1; i < arrivals.size(); i++) {
      assertThat(arrivals.get(i) - arrivals.get(i - 1)).isEqualTo(250_000_000L);
    }
  }

  @Test
  void runJsonSaysHowTheRunWasMadeAndThatItEnded() throws Exception {
    assertThat(gatling.info().limits()).hasValue(List.of());
    assertThat(gatling.file("junit.xml")).contains("failures=\"0\"");
    assertThat(gatling.info().end()).isPresent();
    assertThat(gatling.info().period().interrupted()).isFalse();
    assertThat(gatling.info().simulation()).isEqualTo("rpm.ShapeProfileSimulation");
    assertThat(gatling.info().configuration()).containsEntry("llm.load.rpm", "240");
  }

  @Test
  void theConsoleSaysHowItGoesAndWhereTheReportsAre() {
    assertThat(gatling.console())
        .contains("in flight")
        .contains("index.html")
        .contains(gatling.run().folder().getFileName().toString());
  }

  @Test
  void everyCallIsHeldAgainstWhatTheSimulatedEndpointSent() throws Exception {
    MeasurementError error = gatling.info().preparation().measurementError().orElseThrow();
    assertThat(error.source()).isEqualTo(MeasurementError.Source.RUN);
    assertThat(error.calls()).isEqualTo(20);
    assertThat(error.otherCalls()).isZero();
    assertThat(error.chunks()).isEqualTo(200);
    assertThat(error.scheduleDelay().n()).isEqualTo(20);
    assertThat(error.interChunk().n()).isEqualTo(180);
    assertThat(error.firstTtftNanos().getAsLong()).isPositive();
    assertThat(gatling.console()).doesNotContain("the calibration run");
  }

  @Test
  void aCollectorHasTheTotalsOfTheRunAndNothingOfTheWarmUp() throws Exception {
    JsonNode overall = new ObjectMapper().readTree(gatling.file("summary.json")).get("overall");
    List<CallRecord> calls = gatling.calls();
    assertTotals(
        "gen_ai.client.operation.duration",
        overall.at("/measures/e2eMillis/n"),
        calls.stream()
            .mapToDouble(call -> (call.times().end() - call.times().start().getAsLong()) / 1e9));
    assertTotals(
        "gen_ai.client.operation.time_to_first_chunk",
        overall.at("/measures/ttftMillis/n"),
        calls.stream()
            .mapToDouble(
                call ->
                    (call.times().firstOutput().getAsLong() - call.times().start().getAsLong())
                        / 1e9));
    assertTotals(
        "gen_ai.client.operation.time_per_output_chunk",
        overall.at("/measures/interChunkMillis/n"),
        calls.stream().mapToDouble(MainJobIT::secondsBetweenChunks));
    assertTotals(
        "gatling_llm.schedule_delay",
        overall.at("/measures/scheduleDelayMillis/n"),
        calls.stream()
            .mapToDouble(
                call -> (call.times().start().getAsLong() - call.times().arrival()) / 1e9));
    assertThat(collector.sum("gatling_llm.calls", any -> true))
        .isEqualTo(overall.get("succeeded").asLong())
        .isEqualTo(20);
    assertThat(collector.sum("gatling_llm.calls.in_flight", any -> true)).isZero();
    for (String type : List.of("input", "output")) {
      HistogramDataPoint tokens =
          collector
              .histogram(
                  "gen_ai.client.token.usage", point -> type.equals(point.get("gen_ai.token.type")))
              .get(0);
      JsonNode summary = overall.at("/measures/" + type + "Tokens");
      assertThat(tokens.getCount()).isEqualTo(summary.get("n").asLong());
      assertThat(tokens.getSum()).isEqualTo(summary.get("mean").asDouble() * tokens.getCount());
    }
    assertThat(collector.resource())
        .containsEntry("gatling_llm.run.id", gatling.run().folder().getFileName().toString())
        .containsEntry("gatling_llm.simulation", "rpm.ShapeProfileSimulation")
        .containsEntry("gatling_llm.label.night", "first");
  }

  private void assertTotals(String name, JsonNode count, DoubleStream seconds) {
    List<HistogramDataPoint> points = collector.histogram(name, any -> true);
    assertThat(points).as(name).hasSize(1);
    double sum = seconds.sum();
    assertThat(count.asLong()).as(name).isPositive();
    assertThat(points.get(0).getCount()).as(name).isEqualTo(count.asLong());
    assertThat(points.get(0).getSum()).as(name).isCloseTo(sum, within(1e-9 * sum));
  }

  private static double secondsBetweenChunks(CallRecord call) {
    double[] seconds = new double[1];
    call.interChunks().forEach((micros, count) -> seconds[0] += micros * count / 1e6);
    return seconds[0];
  }

  @Test
  void theFirstCallIsMeasuredByAClientThatHasMadeCalls() throws Exception {
    assertThat(gatling.info().preparation().warmUp().orElseThrow().calls())
        .isGreaterThanOrEqualTo(10);
    assertThat(gatling.console()).containsSubsequence("[llm] warmed up with", "[llm] run folder");
  }

  @Test
  void everyRunHasAVerdictInEachOfItsFiles() throws Exception {
    JsonNode verdict = new ObjectMapper().readTree(gatling.file("summary.json")).get("verdict");
    String level = verdict.get("level").asText();
    assertThat(level).isIn("trusted", "degraded", "invalid");
    // All but the error of the gaps, for whose p99 so few calls have too few, and the four that
    // count calls for which the client ran out of something.
    assertThat(verdict.get("figures").size()).isEqualTo(15);
    assertThat(verdict.get("figures").has("descriptorsPercent")).isTrue();
    assertThat(verdict.get("figures").has("ttftErrorMedianMillis")).isTrue();
    assertThat(gatling.console()).contains("[llm] verdict: " + level);
    assertThat(gatling.file("summary.md")).contains("Verdict: **" + level + "**");
    assertThat(gatling.file("summary.txt")).contains("Verdict: " + level);
    assertThat(gatling.file("index.html")).contains("badge " + level);
    List<HealthSample> samples = new ArrayList<>();
    HealthSampleReader.read(gatling.run().health(), samples::add);
    assertThat(samples).hasSizeGreaterThan(4);
    assertThat(samples).anyMatch(sample -> sample.inFlight() > 0);
    assertThat(samples).anyMatch(sample -> !sample.loopDelay().micros().isEmpty());
    assertThat(samples).anyMatch(sample -> !sample.backlog().micros().isEmpty());
  }
}
