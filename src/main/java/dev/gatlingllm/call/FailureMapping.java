package dev.gatlingllm.call;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.Redirect;
import dev.gatlingllm.record.Exhausted;
import dev.gatlingllm.record.Outcome;
import java.util.regex.Pattern;

/**
 * Turns failures into outcomes and into texts that are few enough to be rows of a report: without
 * request ids, numbers or quotas.
 */
final class FailureMapping {

  private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,59}");

  private FailureMapping() {}

  static Outcome outcome(Failure failure) {
    return switch (failure.kind()) {
      case THROTTLED -> Outcome.THROTTLED;
      case REJECTED -> Outcome.REJECTED;
      case UNREACHABLE -> Outcome.UNREACHABLE;
      case CONNECT_TIMEOUT -> Outcome.TIMED_OUT;
      case BROKEN, STALE -> Outcome.BROKEN;
      case MALFORMED -> Outcome.MALFORMED;
      case EXHAUSTED, CRASHED -> Outcome.CRASHED;
    };
  }

  static String error(Failure failure, boolean outputCame, CallLimits limits) {
    if (failure.kind() == Failure.Kind.EXHAUSTED) {
      return Exhausted.ERROR + failure.code();
    }
    String words =
        switch (failure.kind()) {
          case THROTTLED -> "throttled";
          case REJECTED -> "rejected";
          case UNREACHABLE -> "unreachable";
          case CONNECT_TIMEOUT -> limits.connectText();
          case BROKEN -> outputCame ? "broken in mid-stream" : "broken before first token";
          case STALE -> "reused connection closed by the server";
          case MALFORMED -> "malformed response";
          case EXHAUSTED, CRASHED -> "crashed";
        };
    boolean refused =
        failure.status() >= 300
            || (failure.kind() == Failure.Kind.REJECTED && failure.status() > 0);
    String text = refused ? failure.status() + " " + words : words;
    boolean codeSaysMore =
        failure.kind() != Failure.Kind.CONNECT_TIMEOUT
            && failure.kind() != Failure.Kind.THROTTLED
            && CODE.matcher(failure.code()).matches();
    String more = Redirect.row(failure).orElse(failure.code());
    return codeSaysMore ? text + ": " + more : text;
  }

  /**
   * The error of a complete answer without output.
   *
   * @param onlyHiddenReasoning whether the service counted reasoning that it did not send
   */
  static String emptyAnswer(String finishReason, boolean onlyHiddenReasoning) {
    String text =
        onlyHiddenReasoning ? "empty answer: hidden reasoning used it up" : "empty answer";
    return text + inBrackets(finishReason);
  }

  /** The error of an answer that ended with a finish reason that is a failure. */
  static String failedAnswer(String finishReason) {
    return "the service gave up" + inBrackets(finishReason);
  }

  private static String inBrackets(String finishReason) {
    return CODE.matcher(finishReason).matches() ? " (finish reason " + finishReason + ")" : "";
  }
}
