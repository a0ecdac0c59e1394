package dev.gatlingllm.decision;

import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.stats.ShareCount;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What calls prove about a limit.
 *
 * @param outcome at 95 %, one-sided
 * @param reason in words, without a full stop
 * @param calls that were looked at
 * @param worth how many independent calls they are worth
 * @param share of the calls that keep the limit, 0 to 1; absent without a call
 * @param bound the least share that the limit takes for sure if it is met, the greatest if it is
 *     missed; the least otherwise; absent without a call
 * @param wouldTell how many calls would decide it, if they went on like these; absent if it is
 *     decided, or if no number of calls would
 */
public record Evidence(
    Outcome outcome,
    String reason,
    long calls,
    double worth,
    OptionalDouble share,
    OptionalDouble bound,
    OptionalLong wouldTell) {

  /** Whether the limit holds. */
  public enum Outcome {
    /** Shown to hold. */
    MET,
    /** Shown not to hold. */
    MISSED,
    /** Neither is shown. */
    UNDECIDED;

    /** The word in records and in print. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The outcome of a word in records.
     *
     * @throws RecordFormatException if it is no such word
     */
    static Outcome of(String code) {
      return Stream.of(values())
          .filter(outcome -> outcome.code().equals(code))
          .findFirst()
          .orElseThrow(
              () ->
                  new RecordFormatException(
                      "an outcome must be one of met, missed, undecided, was \"" + code + '"'));
    }
  }

  /** The calls that keep the limit; there must be calls. */
  ShareCount kept() {
    return new ShareCount(Math.round(share.orElseThrow() * calls), calls, worth);
  }

  static Evidence ofNothing() {
    return new Evidence(
        Outcome.UNDECIDED,
        "nothing measured",
        0,
        0,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty());
  }
}
