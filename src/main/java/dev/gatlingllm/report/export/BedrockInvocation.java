package dev.gatlingllm.report.export;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.report.export.BedrockLatencyExport.Scenario;
import dev.gatlingllm.stats.Measure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of the framework's {@code invocations} file. */
record BedrockInvocation(CallRecord call, Scenario scenario, FinishedRun run) {

  static final Map<String, Function<BedrockInvocation, String>> COLUMNS = new LinkedHashMap<>();

  /** What the framework counts as throttled. */
  private static final String THROTTLED = "ThrottlingException";

  /** The label of a call that {@code llm.scenarios} gives: the run, the experiment, or both. */
  private static final Pattern EXPERIMENT =
      Pattern.compile("(?<only>\\d+)|(?<name>.+?)(?: run (?<run>\\d+))?");

  static {
    COLUMNS.put("time_to_first_byte", one -> Seconds.text(Measure.TTFT.of(one.call)));
    COLUMNS.put("time_to_last_byte", one -> Seconds.text(Measure.E2E.of(one.call)));
    COLUMNS.put(
        "job_timestamp_iso",
        one ->
            one.run
                .wallTime(one.call.times().start().orElse(one.call.times().arrival()))
                .map(Object::toString)
                .orElse(""));
    COLUMNS.put(
        "configured_output_tokens_for_request", one -> text(one.call.tokens().requestedOutput()));
    COLUMNS.put("model_input_tokens", one -> text(one.call.tokens().input()));
    COLUMNS.put("model_output_tokens", one -> text(one.call.tokens().output()));
    COLUMNS.put("model", one -> one.scenario.model());
    COLUMNS.put("region", one -> one.scenario.region());
    COLUMNS.put("invocation_id", one -> one.call.service().requestId());
    COLUMNS.put("api_call_status", one -> status(one.call));
    COLUMNS.put("full_error_message", one -> one.call.error());
    COLUMNS.put("TEMPERATURE", one -> one.call.labels().getOrDefault("temperature", ""));
    COLUMNS.put("TOP_P", one -> one.call.labels().getOrDefault("top_p", ""));
    COLUMNS.put("TOP_K", one -> one.call.labels().getOrDefault("top_k", ""));
    COLUMNS.put(
        "EXPERIMENT_NAME", one -> experiment(one.call, "name").orElse(one.run.description()));
    COLUMNS.put("task_type", one -> one.call.labels().getOrDefault("task_type", ""));
    COLUMNS.put("inference_profile", one -> one.scenario.profile());
    COLUMNS.put(
        "timestamp",
        one -> one.run.wallTime(one.call.times().end()).map(Object::toString).orElse(""));
    COLUMNS.put(
        "run_count",
        one ->
            experiment(one.call, "run")
                .or(() -> experiment(one.call, "only"))
                .orElse(one.call.labels().getOrDefault("run_count", "1")));
  }

  List<String> fields() {
    return COLUMNS.values().stream().map(column -> column.apply(this)).toList();
  }

  private static Optional<String> experiment(CallRecord call, String group) {
    Matcher label = EXPERIMENT.matcher(call.labels().getOrDefault("experiment", ""));
    return label.matches() ? Optional.ofNullable(label.group(group)) : Optional.empty();
  }

  private static String status(CallRecord call) {
    if (call.outcome() == Outcome.SUCCEEDED) {
      return "Success";
    }
    return call.outcome() == Outcome.THROTTLED ? THROTTLED : call.outcome().code();
  }

  private static String text(OptionalLong count) {
    return count.isPresent() ? Long.toString(count.getAsLong()) : "";
  }

  private static String text(OptionalInt count) {
    return count.isPresent() ? Integer.toString(count.getAsInt()) : "";
  }
}
