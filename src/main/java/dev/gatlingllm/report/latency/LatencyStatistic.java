package dev.gatlingllm.report.latency;

import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Quantile;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of the table, with the sentence that explains each. */
enum LatencyStatistic {
  MODEL_MAX_TOKENS(
      "Model_MaxTokens",
      "Deployment or model and, after the underscore, the upper bound of the output in tokens.",
      row -> RowName.of(row)),
  ITERATIONS(
      "Iterations",
      "Calls that ended, failed ones included.",
      row -> LatencyFigures.count(row.iterations())),
  REGIONS(
      "Regions",
      "The regions that answered, as the response's header says, not as was asked for.",
      row -> LatencyFigures.text(String.join(", ", row.regions()))),
  AVERAGE_TIME(
      "Average Time",
      "Mean time in seconds from the actual start to the end of the answer, of calls that"
          + " succeeded; a connection that had to be opened first is in it.",
      row -> LatencyFigures.seconds(row.seconds().mean())),
  MEDIAN_TIME(
      "Median Time",
      "Half of the calls took less, in seconds: a single slow call does not move it.",
      row -> LatencyFigures.seconds(row.seconds().median())),
  IQR_TIME(
      "IQR Time",
      "Distance of the quartiles in seconds: how far the middle half of the calls is spread.",
      row -> LatencyFigures.seconds(row.seconds().iqr())),
  P95_TIME(
      "95th Percentile Time",
      "Nineteen of twenty calls took less, in seconds.",
      row -> LatencyFigures.seconds(row.seconds().at(Quantile.P95))),
  P99_TIME(
      "99th Percentile Time",
      "Ninety-nine of a hundred calls took less, in seconds.",
      row -> LatencyFigures.seconds(row.seconds().at(Quantile.P99))),
  CV_TIME(
      "CV Time",
      "Sample standard deviation ÷ mean of the time: how steady it is, whatever its size.",
      row -> LatencyFigures.ratio(row.seconds().cv())),
  MEDIAN_PROMPT(
      "Median Prompt Tokens",
      "Half of the calls had fewer input tokens, as the service counts them.",
      row -> LatencyFigures.tokens(row.promptTokens().median())),
  IQR_PROMPT(
      "IQR Prompt Tokens",
      "Distance of the quartiles of the input tokens; 0 if all prompts have one size.",
      row -> LatencyFigures.tokens(row.promptTokens().iqr())),
  MEDIAN_COMPLETION(
      "Median Completion Tokens",
      "Half of the calls had fewer output tokens, as the service counts them.",
      row -> LatencyFigures.tokens(row.completionTokens().median())),
  IQR_COMPLETION(
      "IQR Completion Tokens",
      "Distance of the quartiles of the output tokens.",
      row -> LatencyFigures.tokens(row.completionTokens().iqr())),
  P95_COMPLETION(
      "95th Percentile Completion Tokens",
      "Nineteen of twenty answers had fewer output tokens.",
      row -> LatencyFigures.tokens(row.completionTokens().at(Quantile.P95))),
  P99_COMPLETION(
      "99th Percentile Completion Tokens",
      "Ninety-nine of a hundred answers had fewer output tokens.",
      row -> LatencyFigures.tokens(row.completionTokens().at(Quantile.P99))),
  CV_COMPLETION(
      "CV Completion Tokens",
      "Sample standard deviation ÷ mean of the output tokens: if it is large, times are of answers"
          + " of different lengths.",
      row -> LatencyFigures.ratio(row.completionTokens().cv())),
  ERROR_RATE(
      "Error Rate",
      "Share of the calls that failed, throttled ones included, 0 to 1.",
      row -> LatencyFigures.ratio(row.errorRate())),
  ERROR_TYPES(
      "Error Types",
      "What failed calls ended with, and how often.",
      row ->
          LatencyFigures.text(
              row.errors().entrySet().stream()
                  .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                  .collect(Collectors.joining(", ")))),
  SUCCESSFUL_RUNS(
      "Successful Runs",
      "Calls that succeeded: the n of every time and token count here.",
      row -> LatencyFigures.count(row.successes())),
  UNSUCCESSFUL_RUNS(
      "Unsuccessful Runs", "Calls that failed.", row -> LatencyFigures.count(row.failures())),
  THROTTLE_COUNT(
      "Throttle Count",
      "Calls that ended because the service asked to slow down (429).",
      row -> LatencyFigures.count(row.throttled())),
  THROTTLE_RATE(
      "Throttle Rate",
      "Share of the calls that were throttled, 0 to 1.",
      row -> LatencyFigures.ratio(row.throttleRate())),
  BEST_RUN(
      "Best Run",
      "The fastest call: it may be the one with the shortest answer.",
      row -> LatencyFigures.run(row.best())),
  WORST_RUN(
      "Worst Run",
      "The slowest call: it may be the one with the longest answer.",
      row -> LatencyFigures.run(row.worst())),
  N_TTFT(
      "Median TTFT",
      "Half of the calls had their first token sooner, in seconds; of streamed answers.",
      row -> LatencyFigures.seconds(row.ttftSeconds().median())),
  P95_TTFT(
      "95th Percentile TTFT",
      "Nineteen of twenty calls had their first token sooner, in seconds.",
      row -> LatencyFigures.seconds(row.ttftSeconds().at(Quantile.P95))),
  TOKENS_PER_SECOND(
      "Median Tokens per Second",
      "Median decode rate of a call: the wait for its first token is not in it.",
      row -> LatencyFigures.tokens(row.tokensPerSecond().median())),
  MILLIS_PER_TOKEN(
      "Median Time per Output Token",
      "Median of end-to-end time ÷ output tokens, in milliseconds: compares answers of different"
          + " lengths.",
      row -> LatencyFigures.millis(row.millisPerOutputToken().median())),
  BEST_PER_TOKEN(
      "Best Run per Token",
      "The call that took least time for each output token.",
      row -> LatencyFigures.run(row.bestPerToken())),
  WORST_PER_TOKEN(
      "Worst Run per Token",
      "The call that took most time for each output token.",
      row -> LatencyFigures.run(row.worstPerToken()));

  /** What is said of all of them. */
  static final String RULES =
      "Times and tokens are of calls that succeeded. "
          + Distribution.PERCENTILES
          + " A quartile distance needs 20.";

  private final String column;
  private final String description;

  // A function without state, though its type cannot say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<LatencyRow, String> cell;

  LatencyStatistic(String column, String description, Function<LatencyRow, String> cell) {
    this.column = column;
    this.description = description;
    this.cell = cell;
  }

  String column() {
    return column;
  }

  String description() {
    return description;
  }

  /** The value of a row, in print; a dash if there is none. */
  String of(LatencyRow row) {
    return cell.apply(row);
  }
}
