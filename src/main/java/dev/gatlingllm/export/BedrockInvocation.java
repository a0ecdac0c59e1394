package dev.gatlingllm.export;

import dev.gatlingllm.export.BedrockLatencyExport.Scenario;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.Measure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of the framework's {@code invocations} file. */
final class BedrockInvocation {

  static final List<String> COLUMNS =
      List.of(
          "time_to_first_byte",
          "time_to_last_byte",
          "job_timestamp_iso",
          "configured_output_tokens_for_request",
          "model_input_tokens",
          "model_output_tokens",
          "model",
          "region",
          "invocation_id",
          "api_call_status",
          "full_error_message",
          "TEMPERATURE",
          "TOP_P",
          "TOP_K",
          "EXPERIMENT_NAME",
          "task_type",
          "inference_profile",
          "timestamp",
          "run_count");

  /** What the framework counts as throttled. */
  private static final String THROTTLED = "ThrottlingException";

  /** The label of a call that {@code llm.scenarios} gives: the run, the experiment, or both. */
  private static final Pattern EXPERIMENT =
      Pattern.compile("(?<only>\\d+)|(?<name>.+?)(?: run (?<run>\\d+))?");

  private BedrockInvocation() {}

  static List<String> fields(CallRecord call, Scenario scenario, FinishedRun run) {
    OptionalLong start = call.times().start();
    return List.of(
        Seconds.text(Measure.TTFT.of(call)),
        Seconds.text(Measure.E2E.of(call)),
        run.wallTime(start.orElse(call.times().arrival())).map(Object::toString).orElse(""),
        text(call.tokens().requestedOutput()),
        text(call.tokens().input()),
        text(call.tokens().output()),
        scenario.model(),
        scenario.region(),
        call.service().requestId(),
        status(call),
        call.error(),
        call.labels().getOrDefault("temperature", ""),
        call.labels().getOrDefault("top_p", ""),
        call.labels().getOrDefault("top_k", ""),
        experiment(call, "name").orElse(run.description()),
        call.labels().getOrDefault("task_type", ""),
        scenario.profile(),
        run.wallTime(call.times().end()).map(Object::toString).orElse(""),
        experiment(call, "run")
            .or(() -> experiment(call, "only"))
            .orElse(call.labels().getOrDefault("run_count", "1")));
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
