package dev.gatlingllm.report;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.ErrorCount;
import dev.gatlingllm.text.PlainText;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Failed call in words, for a reader who has no table: what it ended with, and what to do. */
public final class FailureSentence {

  private static final int LONGEST_SAID = 200;

  private FailureSentence() {}

  /**
   * What the service said to a failed call, and the advice on it.
   *
   * @param configuration the settings of the run, by key
   * @return sentences with a blank before the first; empty if there is neither
   */
  public static String after(CallRecord call, Map<String, String> configuration) {
    String said = PlainText.line(call.errorDetail()).strip();
    String advice = FailureAdvice.of(configuration).on(count(call));
    boolean own = call.outcome() == Outcome.CRASHED || status(call).isEmpty();
    String quoted =
        said.isEmpty() || call.error().contains(said)
            ? ""
            : (own ? " In detail: \"" : " The service said: \"") + shortened(said) + "\".";
    return advice.isEmpty() ? quoted : quoted + " " + advice;
  }

  private static OptionalInt status(CallRecord call) {
    int status = call.service().status();
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST_SAID) {
      return text;
    }
    char last = text.charAt(LONGEST_SAID - 1);
    return text.substring(0, LONGEST_SAID - (Character.isHighSurrogate(last) ? 1 : 0)) + "…";
  }

  private static ErrorCount count(CallRecord call) {
    return new ErrorCount(
        call.error(),
        call.outcome(),
        1,
        0,
        0,
        status(call),
        call.errorDetail(),
        OptionalLong.empty(),
        List.of());
  }
}
