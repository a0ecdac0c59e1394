package dev.gatlingllm.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.TelemetryConfig;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.timing.NanoClock;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsOfRunTest {

  private final OtlpReceiver receiver = OtlpReceiver.start();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @AfterEach
  void stop() {
    receiver.close();
  }

  private Telemetry telemetry(String... settings) {
    Map<String, String> given = new TreeMap<>();
    given.put("llm.otlp.endpoint", receiver.address());
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    TelemetryConfig config = GivenSettings.of(given).telemetry();
    return Telemetry.of(
        config,
        Map.of("service.name", "gatling-llm", "gatling_llm.run.id", "2026-run"),
        NanoClock.SYSTEM,
        new PrintStream(printed, true, UTF_8));
  }

  private void told(CallRecord... calls) {
    try (Telemetry telemetry = telemetry()) {
      telemetry.address(Optional.of(URI.create("https://models.example/v1")));
      for (CallRecord call : calls) {
        telemetry.started();
        telemetry.ended(call);
      }
      telemetry.end();
    }
  }

  private static CallFixture call() {
    return CallFixture.call()
        .provider("azure-openai")
        .model("gpt-a")
        .servedBy("gpt-a-2026", "")
        .from(1000, 3500)
        .arrival(999)
        .streamed(200, 2400)
        .interChunkMicros(20_000L, 3L, 40_000L, 2L)
        .tokens(100, 30);
  }

  @Test
  void aCallIsTheValuesOfItsRecordUnderTheNamesOfTheConventions() {
    told(call().record());
    HistogramDataPoint duration = only("gen_ai.client.operation.duration");
    assertThat(duration.getSum()).isEqualTo(2.5);
    assertThat(OtlpReceiver.texts(duration.getAttributesList()))
        .containsEntry("gen_ai.operation.name", "chat")
        .containsEntry("gen_ai.provider.name", "azure.ai.openai")
        .containsEntry("gen_ai.request.model", "gpt-a")
        .containsEntry("gen_ai.response.model", "gpt-a-2026")
        .containsEntry("server.address", "models.example")
        .containsEntry("server.port", "443")
        .doesNotContainKey("error.type");
    assertThat(only("gen_ai.client.operation.time_to_first_chunk").getSum())
        .isCloseTo(0.2, within(1e-12));
    HistogramDataPoint chunks = only("gen_ai.client.operation.time_per_output_chunk");
    assertThat(chunks.getCount()).isEqualTo(5);
    assertThat(chunks.getSum()).isCloseTo(0.14, within(1e-12));
    assertThat(tokens("input").getSum()).isEqualTo(100);
    assertThat(tokens("output").getSum()).isEqualTo(30);
    assertThat(only("gatling_llm.schedule_delay").getSum()).isCloseTo(0.001, within(1e-12));
    assertThat(receiver.sum("gatling_llm.calls", any -> true)).isEqualTo(1);
  }

  @Test
  void unitsAndBucketsAreThoseOfTheConventions() {
    told(call().record());
    List<Double> seconds =
        List.of(
            0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
    for (String name :
        List.of(
            "gen_ai.client.operation.duration",
            "gen_ai.client.operation.time_to_first_chunk",
            "gen_ai.client.operation.time_per_output_chunk")) {
      assertThat(metric(name).getUnit()).as(name).isEqualTo("s");
      assertThat(only(name).getExplicitBoundsList()).as(name).isEqualTo(seconds);
    }
    assertThat(metric("gen_ai.client.token.usage").getUnit()).isEqualTo("{token}");
    List<Double> powersOfFour = new ArrayList<>();
    for (double bound = 1; bound <= 67_108_864; bound *= 4) {
      powersOfFour.add(bound);
    }
    assertThat(tokens("input").getExplicitBoundsList()).isEqualTo(powersOfFour);
  }

  @Test
  void aFailureHasATypeAndCountsForNothingThatOnlyAnAnswerHas() {
    told(
        call().ended(Outcome.THROTTLED, "429 throttled").served(429, "", "", "").record(),
        call().ended(Outcome.TIMED_OUT, "no first token within 60 s").record());
    assertThat(receiver.histogram("gen_ai.client.operation.duration", any -> true))
        .extracting(point -> OtlpReceiver.texts(point.getAttributesList()).get("error.type"))
        .containsExactlyInAnyOrder("429", "timed-out");
    assertThat(receiver.metric("gen_ai.client.operation.time_to_first_chunk")).isEmpty();
    assertThat(receiver.metric("gen_ai.client.operation.time_per_output_chunk")).isEmpty();
    assertThat(receiver.metric("gen_ai.client.token.usage")).isEmpty();
    assertThat(receiver.sum("gatling_llm.failures", point -> point.get("error.type").equals("429")))
        .isEqualTo(1);
    assertThat(receiver.sum("gatling_llm.failures", any -> true)).isEqualTo(2);
  }

  @Test
  void whatTheClientCancelledIsNoFailureAndNoAnswer() {
    told(call().toCancel(500).cancelled().record());
    assertThat(receiver.sum("gatling_llm.failures", any -> true)).isZero();
    assertThat(
            receiver.sum(
                "gatling_llm.calls", point -> point.get("gatling_llm.outcome").equals("cancelled")))
        .isEqualTo(1);
    assertThat(
            receiver.histogram(
                "gen_ai.client.operation.duration", point -> !point.containsKey("error.type")))
        .isEmpty();
  }

  @Test
  void timesOfChunksAreOfStreamsOnly() {
    told(call().notStreaming().record());
    assertThat(only("gen_ai.client.operation.duration").getCount()).isEqualTo(1);
    assertThat(receiver.metric("gen_ai.client.operation.time_to_first_chunk")).isEmpty();
    assertThat(receiver.metric("gen_ai.client.operation.time_per_output_chunk")).isEmpty();
  }

  @Test
  void aDroppedArrivalIsCountedAndIsNoOperation() {
    try (Telemetry telemetry = telemetry()) {
      telemetry.unsent(CallFixture.call().neverStarted().ended(Outcome.DROPPED, "").record());
      telemetry.end();
    }
    assertThat(
            receiver.sum(
                "gatling_llm.calls", point -> point.get("gatling_llm.outcome").equals("dropped")))
        .isEqualTo(1);
    assertThat(receiver.metric("gen_ai.client.operation.duration")).isEmpty();
    assertThat(receiver.metric("gatling_llm.schedule_delay")).isEmpty();
  }

  @Test
  void callsInFlightAreThoseThatHaveNotEnded() {
    try (Telemetry telemetry = telemetry()) {
      telemetry.started();
      telemetry.started();
      telemetry.ended(call().record());
      telemetry.end();
    }
    assertThat(receiver.sum("gatling_llm.calls.in_flight", any -> true)).isEqualTo(1);
  }

  @Test
  void whatComesAfterTheEndIsNotCountedAndDoesNoHarm() {
    try (Telemetry telemetry = telemetry()) {
      telemetry.end();
      telemetry.unsent(call().record());
    }
    assertThat(receiver.paths()).containsExactly("/v1/metrics", "/v1/metrics");
    assertThat(receiver.sum("gatling_llm.calls", any -> true)).isZero();
  }

  @Test
  void theFirstExportComesBeforeTheLoad() {
    try (Telemetry telemetry = telemetry()) {
      assertThat(receiver.paths()).hasSize(1);
      assertThat(receiver.sum("gatling_llm.calls.in_flight", any -> true)).isZero();
      assertThat(receiver.metric("gatling_llm.calls.in_flight")).isPresent();
      telemetry.started();
    }
  }

  @Test
  void theRunIsNamedByTheAttributesOfTheResource() {
    try (Telemetry telemetry =
        telemetry(
            "llm.otlp.resource.deployment.environment.name",
            "staging",
            "llm.otlp.resource.service.name",
            "night load")) {
      telemetry.end();
    }
    assertThat(receiver.resource())
        .containsEntry("service.name", "night load")
        .containsEntry("gatling_llm.run.id", "2026-run")
        .containsEntry("deployment.environment.name", "staging");
  }

  @Test
  void noTotalsAreLostWhenTheCollectorRefusesTheFirstTries() {
    receiver.answers(503);
    try (Telemetry telemetry = telemetry()) {
      telemetry.ended(call().record());
      Thread recovers =
          new Thread(
              () -> {
                while (receiver.paths().isEmpty()) {
                  Thread.onSpinWait();
                }
                receiver.answers(200);
              });
      recovers.start();
      telemetry.end();
    }
    assertThat(receiver.sum("gatling_llm.calls", any -> true)).isEqualTo(1);
    assertThat(printed.toString(UTF_8))
        .contains("it answered HTTP 503")
        .contains("the last one brought the totals of the run");
  }

  private Metric metric(String name) {
    return receiver.metric(name).orElseThrow();
  }

  private HistogramDataPoint only(String name) {
    List<HistogramDataPoint> points = receiver.histogram(name, any -> true);
    assertThat(points).as(name).hasSize(1);
    return points.get(0);
  }

  private HistogramDataPoint tokens(String type) {
    List<HistogramDataPoint> points =
        receiver.histogram(
            "gen_ai.client.token.usage", point -> type.equals(point.get("gen_ai.token.type")));
    assertThat(points).hasSize(1);
    return points.get(0);
  }
}
