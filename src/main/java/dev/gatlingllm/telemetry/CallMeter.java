package dev.gatlingllm.telemetry;

import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.Measure;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Counts calls as OpenTelemetry's conventions for generative AI have it, each when it has ended,
 * and adds metrics of a load test of our own. Names, units and bucket boundaries: {@code
 * docs/gen-ai/gen-ai-metrics.md} of {@code open-telemetry/semantic-conventions-genai}, in
 * development. Safe for use by many threads.
 */
final class CallMeter {

  static final String DURATION = "gen_ai.client.operation.duration";
  static final String TIME_TO_FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";
  static final String TIME_PER_OUTPUT_CHUNK = "gen_ai.client.operation.time_per_output_chunk";
  static final String TOKEN_USAGE = "gen_ai.client.token.usage";
  static final String IN_FLIGHT = "gatling_llm.calls.in_flight";
  static final String CALLS = "gatling_llm.calls";
  static final String FAILURES = "gatling_llm.failures";
  static final String SCHEDULE_DELAY = "gatling_llm.schedule_delay";

  static final String OPERATION = "gen_ai.operation.name";
  static final String PROVIDER = "gen_ai.provider.name";
  static final String REQUEST_MODEL = "gen_ai.request.model";
  static final String RESPONSE_MODEL = "gen_ai.response.model";
  static final String TOKEN_TYPE = "gen_ai.token.type";
  static final String ERROR_TYPE = "error.type";
  static final String CALL_NAME = "gatling_llm.call.name";
  static final String OUTCOME = "gatling_llm.outcome";

  private static final List<Double> SECONDS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

  private static final List<Long> TOKENS =
      List.of(
          1L,
          4L,
          16L,
          64L,
          256L,
          1024L,
          4096L,
          16_384L,
          65_536L,
          262_144L,
          1_048_576L,
          4_194_304L,
          16_777_216L,
          67_108_864L);

  /** From a tenth of what a quiet client adds to what makes a run worthless. */
  private static final List<Double> DELAY_SECONDS =
      List.of(
          0.000_1, 0.000_2, 0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0,
          5.0, 10.0);

  /** The conventions' names of the providers that ship; others go by their own. */
  private static final Map<String, String> WELL_KNOWN =
      Map.of("azure-openai", "azure.ai.openai", "bedrock", "aws.bedrock");

  private static final int LEAST_ERROR_STATUS = 400;
  private static final double MILLIS = 1e3;
  private static final double MICROS = 1e6;

  private final DoubleHistogram duration;
  private final DoubleHistogram timeToFirstChunk;
  private final DoubleHistogram timePerOutputChunk;
  private final LongHistogram tokenUsage;
  private final DoubleHistogram scheduleDelay;
  private final LongCounter calls;
  private final LongCounter failures;
  private volatile Attributes server = Attributes.empty();

  /**
   * Counts into the instruments of this meter.
   *
   * @param inFlight asked whenever metrics are collected
   */
  CallMeter(Meter meter, LongSupplier inFlight) {
    duration = seconds(meter, DURATION, "Duration of a call, from its start to its end.", SECONDS);
    timeToFirstChunk =
        seconds(
            meter,
            TIME_TO_FIRST_CHUNK,
            "Time from the start of a streamed call to the first chunk with model output.",
            SECONDS);
    timePerOutputChunk =
        seconds(
            meter,
            TIME_PER_OUTPUT_CHUNK,
            "Each time between two consecutive chunks of a streamed call.",
            SECONDS);
    tokenUsage =
        meter
            .histogramBuilder(TOKEN_USAGE)
            .ofLongs()
            .setUnit("{token}")
            .setDescription("Input and output tokens of a call.")
            .setExplicitBucketBoundariesAdvice(TOKENS)
            .build();
    scheduleDelay =
        seconds(
            meter,
            SCHEDULE_DELAY,
            "Actual start of a call minus the instant at which it was meant to start.",
            DELAY_SECONDS);
    var unused =
        meter
            .upDownCounterBuilder(IN_FLIGHT)
            .setUnit("{call}")
            .setDescription("Calls that have started and not ended.")
            .buildWithCallback(now -> now.record(inFlight.getAsLong()));
    calls = counter(meter, CALLS, "Calls by how they ended, dropped arrivals among them.");
    failures = counter(meter, FAILURES, "Calls that failed, by what went wrong.");
  }

  private static DoubleHistogram seconds(
      Meter meter, String name, String description, List<Double> boundaries) {
    return meter
        .histogramBuilder(name)
        .setUnit("s")
        .setDescription(description)
        .setExplicitBucketBoundariesAdvice(boundaries)
        .build();
  }

  private static LongCounter counter(Meter meter, String name, String description) {
    return meter.counterBuilder(name).setUnit("{call}").setDescription(description).build();
  }

  void address(Optional<URI> address) {
    server = address.map(CallMeter::server).orElse(Attributes.empty());
  }

  private static Attributes server(URI address) {
    AttributesBuilder attributes = Attributes.builder();
    ServiceAddress.host(address)
        .ifPresent(
            host -> {
              Labels.put(attributes, "server.address", host.replaceAll("[\\[\\]]", ""));
              attributes.put("server.port", ServiceAddress.port(address));
            });
    return attributes.build();
  }

  /** Counts a call that has ended. */
  void count(CallRecord call) {
    Attributes operation = operation(call);
    Attributes ofOperation = withError(operation, call);
    long start = call.times().start().orElse(Long.MIN_VALUE);
    if (call.outcome().started() && call.times().start().isPresent()) {
      duration.record((call.times().end() - start) / 1e9, ofOperation);
    }
    Attributes load = Labels.of(Map.of(CALL_NAME, call.name()));
    OptionalDouble delay = Measure.SCHEDULE_DELAY.of(call);
    if (delay.isPresent()) {
      scheduleDelay.record(delay.getAsDouble() / MILLIS, load);
    }
    Attributes outcome = with(load, OUTCOME, call.outcome().code());
    calls.add(1, outcome);
    if (call.outcome().failed()) {
      failures.add(1, withError(outcome, call));
    }
    tokens(call, Measure.INPUT_TOKENS, with(operation, TOKEN_TYPE, "input"));
    tokens(call, Measure.OUTPUT_TOKENS, with(operation, TOKEN_TYPE, "output"));
    if (call.streaming()) {
      stream(call, operation);
    }
  }

  private void stream(CallRecord call, Attributes operation) {
    OptionalDouble first = Measure.TTFT.of(call);
    if (first.isPresent()) {
      timeToFirstChunk.record(first.getAsDouble() / MILLIS, operation);
    }
    if (Measure.countsInterChunks(call)) {
      call.interChunks()
          .forEach(
              (micros, count) -> {
                for (long i = 0; i < count; i++) {
                  timePerOutputChunk.record(micros / MICROS, operation);
                }
              });
    }
  }

  private void tokens(CallRecord call, Measure measure, Attributes attributes) {
    OptionalDouble count = measure.of(call);
    if (count.isPresent()) {
      tokenUsage.record((long) count.getAsDouble(), attributes);
    }
  }

  private Attributes operation(CallRecord call) {
    AttributesBuilder attributes = server.toBuilder();
    Labels.put(attributes, OPERATION, "chat");
    Labels.put(attributes, PROVIDER, WELL_KNOWN.getOrDefault(call.provider(), call.provider()));
    Labels.put(attributes, REQUEST_MODEL, call.model());
    Labels.put(attributes, RESPONSE_MODEL, call.served().model());
    Labels.put(attributes, CALL_NAME, call.name());
    return attributes.build();
  }

  private static Attributes with(Attributes attributes, String name, String value) {
    AttributesBuilder more = attributes.toBuilder();
    Labels.put(more, name, value);
    return more.build();
  }

  private static Attributes withError(Attributes attributes, CallRecord call) {
    return call.outcome() == Outcome.SUCCEEDED
        ? attributes
        : with(attributes, ERROR_TYPE, errorType(call));
  }

  /** The status of the last response, if it says so, else how the call ended. */
  static String errorType(CallRecord call) {
    return call.service().status() >= LEAST_ERROR_STATUS
        ? Integer.toString(call.service().status())
        : call.outcome().code();
  }
}
