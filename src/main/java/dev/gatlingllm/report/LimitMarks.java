package dev.gatlingllm.report;

import dev.gatlingllm.decision.Evidence.Outcome;

/** How limits stand in a list: in which order, and with which mark. */
final class LimitMarks {

  private LimitMarks() {}

  /** What was missed comes first, then what is undecided. */
  static int order(Outcome outcome) {
    return switch (outcome) {
      case MISSED -> 0;
      case UNDECIDED -> 1;
      case MET -> 2;
    };
  }

  static String mark(Outcome outcome) {
    return switch (outcome) {
      case MET -> "✓";
      case MISSED -> "✗";
      case UNDECIDED -> "?";
    };
  }
}
