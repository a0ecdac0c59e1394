package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Interval;
import java.util.Locale;

/** What can be said of a number in two runs. */
public enum Change {
  /** The second run is shown to be better. */
  BETTER,
  /** The second run is shown to be worse. */
  WORSE,
  /** The runs are shown to differ, but neither side is the good one. */
  DIFFERENT,
  /** The runs are shown to differ by less than matters. */
  EQUIVALENT,
  /** The second run may be better, and is shown to be worse by less than matters, if it is. */
  NO_WORSE,
  /** None of these is shown: there may be a difference or none. */
  CANNOT_TELL,
  /** Too few calls for the number itself. */
  TOO_FEW;

  /** The word in records. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The words in print. */
  public String text() {
    return switch (this) {
      case BETTER -> "better";
      case WORSE -> "worse";
      case DIFFERENT -> "different";
      case EQUIVALENT -> "equivalent";
      case NO_WORSE -> "no worse";
      case CANNOT_TELL -> "cannot tell";
      case TOO_FEW -> "too few calls";
    };
  }

  /** Stands before the words where marks are compared at a glance. */
  public String sign() {
    return switch (this) {
      case BETTER, NO_WORSE -> "✓";
      case WORSE -> "✗";
      case DIFFERENT -> "≠";
      case EQUIVALENT -> "=";
      case CANNOT_TELL, TOO_FEW -> "?";
    };
  }

  /** What an interval of {@code second} against {@code first} looks like, whatever matters. */
  static Change of(Interval difference, Direction direction) {
    if (difference.low() <= 0 && difference.high() >= 0) {
      return CANNOT_TELL;
    }
    return switch (direction) {
      case NEUTRAL -> DIFFERENT;
      case LOW_IS_GOOD -> difference.high() < 0 ? BETTER : WORSE;
      case HIGH_IS_GOOD -> difference.low() > 0 ? BETTER : WORSE;
    };
  }
}
