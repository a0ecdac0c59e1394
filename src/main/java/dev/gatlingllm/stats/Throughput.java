package dev.gatlingllm.stats;

import dev.gatlingllm.record.Outcome;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Completions per time. A completion is a succeeded call; its tokens count when it completes.
 *
 * @param wallSeconds from the first start to the last end of any started call; absent if none
 * @param requestsPerMinute completions ÷ wall time
 * @param steadyRequestsPerMinute completions in (first completion, last start] ÷ its length: the
 *     fill and the drain of the run are outside; absent when that window is empty
 * @param inputTokensPerMinute input tokens of completions ÷ wall time; absent if none were counted
 * @param outputTokensPerMinute output tokens of completions ÷ wall time; absent if none were
 *     counted
 */
public record Throughput(
    OptionalDouble wallSeconds,
    OptionalDouble requestsPerMinute,
    OptionalDouble steadyRequestsPerMinute,
    OptionalDouble inputTokensPerMinute,
    OptionalDouble outputTokensPerMinute) {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double SECONDS_PER_MINUTE = 60;

  /** Input and output tokens together; absent unless both were counted. */
  public OptionalDouble totalTokensPerMinute() {
    return inputTokensPerMinute.isPresent() && outputTokensPerMinute.isPresent()
        ? OptionalDouble.of(
            inputTokensPerMinute.getAsDouble() + outputTokensPerMinute.getAsDouble())
        : OptionalDouble.empty();
  }

  static Throughput of(List<CallTable> tables) {
    Span span = Span.of(tables);
    double seconds = (span.lastEnd - span.firstStart) / NANOS_PER_SECOND;
    if (!(seconds > 0)) {
      return new Throughput(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());
    }
    return new Throughput(
        OptionalDouble.of(seconds),
        OptionalDouble.of(span.completions * SECONDS_PER_MINUTE / seconds),
        steady(tables, span),
        perMinute(CallTable.values(tables, Measure.INPUT_TOKENS), seconds),
        perMinute(CallTable.values(tables, Measure.OUTPUT_TOKENS), seconds));
  }

  private static OptionalDouble steady(List<CallTable> tables, Span span) {
    double seconds = (span.lastStart - span.firstCompletion) / NANOS_PER_SECOND;
    if (!(seconds > 0)) {
      return OptionalDouble.empty();
    }
    long inside = 0;
    for (CallTable table : tables) {
      for (int row = 0; row < table.size(); row++) {
        if (table.outcome(row) == Outcome.SUCCEEDED
            && table.endNanos(row) > span.firstCompletion
            && table.endNanos(row) <= span.lastStart) {
          inside++;
        }
      }
    }
    return OptionalDouble.of(inside * SECONDS_PER_MINUTE / seconds);
  }

  private static OptionalDouble perMinute(double[] tokens, double seconds) {
    if (tokens.length == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (double count : tokens) {
      sum += count;
    }
    return OptionalDouble.of(sum * SECONDS_PER_MINUTE / seconds);
  }

  /** The instants that bound the calls. */
  private static final class Span {
    private double firstStart = Double.POSITIVE_INFINITY;
    private double lastStart = Double.NEGATIVE_INFINITY;
    private double firstCompletion = Double.POSITIVE_INFINITY;
    private double lastEnd = Double.NEGATIVE_INFINITY;
    private long completions;

    static Span of(List<CallTable> tables) {
      Span span = new Span();
      for (CallTable table : tables) {
        for (int row = 0; row < table.size(); row++) {
          span.add(table.startNanos(row), table.endNanos(row), table.outcome(row));
        }
      }
      return span;
    }

    private void add(double start, double end, Outcome outcome) {
      firstStart = Math.min(firstStart, start);
      lastStart = Math.max(lastStart, start);
      lastEnd = Math.max(lastEnd, end);
      if (outcome == Outcome.SUCCEEDED) {
        firstCompletion = Math.min(firstCompletion, end);
        completions++;
      }
    }
  }
}
