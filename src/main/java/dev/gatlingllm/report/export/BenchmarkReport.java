package dev.gatlingllm.report.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.JsonNumbers;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.stats.CallCounts;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Dimension;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.Throughput;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.PlainText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One document of llm-d's Benchmark Report 0.2. Latencies are in milliseconds, as in {@code
 * summary.json} and with the same digits; rates are per second. What was not measured, and a
 * percentile that too few values support, is left out: the schema has no null.
 *
 * <p>{@code inter_token_latency} and {@code normalized_time_per_output_token} are always left out:
 * the former because a chunk may hold several tokens, the latter because nothing here is measured
 * so.
 *
 * @param run the run
 * @param report what it comes to
 * @param calls those that the document is about
 * @param stage its number, from 0; absent for all calls of the run
 */
record BenchmarkReport(FinishedRun run, RunReport report, CallStatistics calls, OptionalInt stage) {

  private static final String VERSION = "0.2";
  private static final String TOOL = "gatling-llm";
  private static final String SETTINGS = "llm.";
  private static final int RATE_DECIMALS = 6;
  private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

  private static final Map<Quantile, String> PERCENTILES = new EnumMap<>(Quantile.class);
  private static final Map<String, Measure> LATENCIES = new LinkedHashMap<>();

  static {
    for (Quantile quantile : Quantile.values()) {
      PERCENTILES.put(quantile, quantile.label().replace('.', 'p'));
    }
    LATENCIES.put("time_to_first_token", Measure.TTFT);
    LATENCIES.put("time_per_output_token", Measure.TPOT);
    LATENCIES.put("request_latency", Measure.E2E);
  }

  static Map<String, String> definitions() {
    Map<String, String> definitions = new LinkedHashMap<>();
    LATENCIES.forEach((name, measure) -> definitions.put(name, measure.definition()));
    definitions.put("input_length", Measure.INPUT_TOKENS.definition());
    definitions.put("output_length", Measure.OUTPUT_TOKENS.definition());
    definitions.put(
        "request_rate and token rates",
        "Succeeded calls, or their tokens, per second of load time. " + Throughput.LOAD_TIME);
    definitions.put(
        "total, failures, incomplete",
        "Calls sent; those that failed; those that the client cancelled, or that were in flight at"
            + " the end.");
    definitions.put("percentiles", Distribution.PERCENTILES);
    return definitions;
  }

  ObjectNode toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", VERSION);
    run(root.putObject("run"));
    if (calls.of(Measure.INPUT_TOKENS).n() > 0) {
      load(root.putObject("scenario").putObject("load"));
    }
    ObjectNode aggregate =
        root.putObject("results").putObject("request_performance").putObject("aggregate");
    requests(aggregate.putObject("requests"));
    latency(aggregate.putObject("latency"));
    throughput(aggregate.putObject("throughput"));
    return root;
  }

  private void run(ObjectNode node) {
    String folder = PlainText.visible(run.name());
    node.put(
        "uid", stage.isEmpty() ? folder : Figures.fill("%s-stage-%d", folder, stage.getAsInt()));
    node.put("eid", folder);
    if (!run.description().isEmpty()) {
      node.put("description", PlainText.visible(run.description()));
    }
    if (run.info().isEmpty()) {
      return;
    }
    RunInfo info = run.info().get();
    info.labels()
        .forEach(
            (name, value) -> node.withArray("keywords").add(PlainText.visible(name + "=" + value)));
    ObjectNode time = node.putObject("time");
    Instant start = info.start().truncatedTo(ChronoUnit.MILLIS);
    time.put("start", start.toString());
    if (info.end().isPresent()) {
      Instant end = info.end().get().truncatedTo(ChronoUnit.MILLIS);
      time.put("end", end.toString());
      time.put("duration", Duration.between(start, end).toString());
    }
  }

  private void load(ObjectNode node) {
    Map<String, String> settings = run.info().map(RunInfo::configuration).orElse(Map.of());
    ObjectNode metadata = node.putObject("metadata");
    metadata.put("cfg_id", PlainText.visible(run.simulation()));
    metadata.put("description", PlainText.visible(calls.key().path()));
    ObjectNode standard = node.putObject("standardized");
    standard.put("tool", TOOL);
    standard.put(
        "tool_version",
        run.info().map(info -> info.setup().versions().get(TOOL)).orElse("unknown"));
    standard.put("parallelism", 1);
    standard.put("source", sized() ? "random" : "unknown");
    standard.put("stage", stage.orElse(0));
    length(standard.putObject("input_seq_len"), calls.of(Measure.INPUT_TOKENS));
    if (calls.of(Measure.OUTPUT_TOKENS).n() > 0) {
      length(standard.putObject("output_seq_len"), calls.of(Measure.OUTPUT_TOKENS));
    }
    clients(settings).ifPresent(clients -> standard.put("concurrency", clients));
    ObjectNode own = node.putObject("native").putObject("config");
    ObjectNode set = own.putObject("settings");
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(SETTINGS)) {
            set.put(PlainText.visible(key), PlainText.visible(value));
          }
        });
    ObjectNode defined = own.putObject("definitions");
    definitions().forEach(defined::put);
  }

  private boolean sized() {
    return run.info().flatMap(info -> info.preparation().sizes()).isPresent();
  }

  /** The clients of a level, or of a closed load; empty for arrivals. */
  private Optional<Integer> clients(Map<String, String> settings) {
    String clients =
        Dimension.levelOf(calls.key()).orElse(settings.getOrDefault("llm.load.clients", ""));
    return clients.matches("[1-9]\\d{0,8}")
        ? Optional.of(Integer.valueOf(clients))
        : Optional.empty();
  }

  private static void length(ObjectNode node, Distribution tokens) {
    boolean fixed = tokens.min().equals(tokens.max());
    node.put("distribution", fixed ? "fixed" : "other");
    JsonNumbers.put(node, "value", tokens.mean());
    if (!fixed) {
      JsonNumbers.put(node, "std_dev", tokens.sd());
      node.put("min", (long) tokens.min().orElse(0));
      node.put("max", (long) tokens.max().orElse(0));
    }
  }

  private void requests(ObjectNode node) {
    CallCounts counts = calls.counts();
    node.put("total", counts.started());
    node.put("failures", counts.failed());
    node.put("incomplete", counts.started() - counts.succeeded() - counts.failed());
    statistics(node, "input_length", "count", calls.of(Measure.INPUT_TOKENS));
    statistics(node, "output_length", "count", calls.of(Measure.OUTPUT_TOKENS));
  }

  private void latency(ObjectNode node) {
    LATENCIES.forEach(
        (name, measure) ->
            statistics(node, name, measure == Measure.TPOT ? "ms/token" : "ms", calls.of(measure)));
  }

  private static void statistics(
      ObjectNode parent, String name, String units, Distribution values) {
    if (values.n() == 0) {
      return;
    }
    ObjectNode node = parent.putObject(name);
    node.put("units", units);
    JsonNumbers.put(node, "mean", values.mean());
    JsonNumbers.put(node, "stddev", values.sd());
    JsonNumbers.put(node, "min", values.min());
    values
        .quantiles()
        .forEach(
            (quantile, value) -> {
              if (!values.isLowerBound(quantile)) {
                JsonNumbers.put(node, PERCENTILES.get(quantile), value);
              }
            });
    JsonNumbers.put(node, "max", values.max());
  }

  private void throughput(ObjectNode node) {
    Throughput rates = calls.throughput();
    rate(node, "input_token_rate", "tokens/s", rates.inputTokensPerMinute());
    rate(node, "output_token_rate", "tokens/s", rates.outputTokensPerMinute());
    rate(node, "total_token_rate", "tokens/s", rates.totalTokensPerMinute());
    rate(node, "request_rate", "queries/s", rates.requestsPerMinute());
  }

  private static void rate(ObjectNode parent, String name, String units, OptionalDouble perMinute) {
    if (perMinute.isPresent()) {
      ObjectNode node = parent.putObject(name);
      node.put("units", units);
      BigDecimal perSecond =
          BigDecimal.valueOf(perMinute.getAsDouble())
              .divide(SECONDS_PER_MINUTE, RATE_DECIMALS, RoundingMode.HALF_EVEN);
      node.put("mean", Figures.shortest(perSecond));
    }
  }
}
