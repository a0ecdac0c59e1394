package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecord.Tokens;
import dev.gatlingllm.record.FinishReason;
import dev.gatlingllm.record.FinishReason.Meaning;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The sizes that succeeded calls asked for beside those that the service counted; calls whose
 * counts are estimated are in neither.
 *
 * @param input tokens of the prompts, as they were built and as they were counted
 * @param output tokens of the answers, as the calls asked for at most and as they were counted
 * @param atLimit answers among those of {@code output} that the limit of their tokens ended
 */
public record AskedSizes(Side input, Side output, long atLimit) {

  /** The definition, as it is printed in reports. */
  public static final String DEFINITION =
      "Of succeeded calls that asked for a size and whose tokens the service counted. in: tokens"
          + " that the prompt was built to, on average, and tokens counted ÷ these, of one call;"
          + " far from 100 % the model has another tokenizer than the prompts, or the service adds"
          + " to them. out: most tokens asked for, on average, and tokens delivered ÷ these; at"
          + " limit: answers that the limit ended, so that all others were shorter.";

  /**
   * Tokens asked for and counted.
   *
   * @param calls that say both
   * @param asked tokens that they asked for together
   * @param counted tokens that were counted of them together
   * @param p50Percent median over the calls of counted ÷ asked, to 0.1 %; absent without calls
   * @param p95Percent 95th percentile of it; absent if too few calls support it
   */
  public record Side(
      long calls, long asked, long counted, OptionalDouble p50Percent, OptionalDouble p95Percent) {

    /** How many tokens a call asked for on average; absent without calls. */
    public OptionalDouble meanAsked() {
      return calls == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) asked / calls);
    }
  }

  /** {@code atLimit} in percent of the answers; absent without any. */
  public OptionalDouble atLimitPercent() {
    return Percent.of(atLimit, output.calls);
  }

  /** Counts the calls of one key. Confined to one thread. */
  static final class Tally {

    private final SideTally input = new SideTally();
    private final SideTally output = new SideTally();
    private long atLimit;

    /** Adds a succeeded call. */
    void add(CallRecord call) {
      Tokens tokens = call.tokens();
      if (tokens.estimated()) {
        return;
      }
      if (tokens.requestedInput().isPresent() && tokens.input().isPresent()) {
        input.add(tokens.requestedInput().getAsInt(), tokens.input().getAsLong());
      }
      if (tokens.requestedOutput().isPresent() && tokens.output().isPresent()) {
        output.add(tokens.requestedOutput().getAsInt(), tokens.output().getAsLong());
        atLimit += isAtLimit(call) ? 1 : 0;
      }
    }

    /** Some services say neither that the limit nor that the model ended the answer. */
    private static boolean isAtLimit(CallRecord call) {
      Meaning meaning = FinishReason.meaningOf(call.service().finishReason());
      boolean told = meaning != Meaning.NONE && meaning != Meaning.UNKNOWN;
      return told
          ? meaning == Meaning.CUT
          : call.tokens().output().getAsLong() >= call.tokens().requestedOutput().getAsInt();
    }

    void addAll(Tally other) {
      input.addAll(other.input);
      output.addAll(other.output);
      atLimit += other.atLimit;
    }

    /** Absent if no call asked for a size that was counted. */
    Optional<AskedSizes> result(PercentileRule rule) {
      return input.calls == 0 && output.calls == 0
          ? Optional.empty()
          : Optional.of(new AskedSizes(input.result(rule), output.result(rule), atLimit));
    }
  }

  private static final class SideTally {

    private static final int PER_PERCENT = 10;

    /** Above that a ratio is as good as any other. */
    private static final long MOST = 1_000_000;

    private final Map<Integer, long[]> ratios = new HashMap<>();
    private long calls;
    private long asked;
    private long counted;

    void add(int wanted, long found) {
      calls++;
      asked += wanted;
      counted += found;
      double ratio = Math.rint(100.0 * PER_PERCENT * found / Math.max(1, wanted));
      count((int) Math.min(MOST, ratio), 1);
    }

    void addAll(SideTally other) {
      calls += other.calls;
      asked += other.asked;
      counted += other.counted;
      other.ratios.forEach((ratio, count) -> count(ratio, count[0]));
    }

    private void count(int ratio, long more) {
      ratios.computeIfAbsent(ratio, any -> new long[1])[0] += more;
    }

    Side result(PercentileRule rule) {
      return new Side(
          calls, asked, counted, percentile(Quantile.P50, rule), percentile(Quantile.P95, rule));
    }

    private OptionalDouble percentile(Quantile quantile, PercentileRule rule) {
      if (calls == 0 || !rule.shows(quantile, calls)) {
        return OptionalDouble.empty();
      }
      long left = (long) Math.ceil(calls * quantile.percent() / 100);
      int last = 0;
      for (Map.Entry<Integer, long[]> one : new TreeMap<>(ratios).entrySet()) {
        last = one.getKey();
        left -= one.getValue()[0];
        if (left <= 0) {
          break;
        }
      }
      return OptionalDouble.of((double) last / PER_PERCENT);
    }
  }
}
