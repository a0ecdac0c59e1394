package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Interval;
import java.util.Locale;

/** What can be said of a number in two runs. */
public enum Change {
  /** The interval of the difference lies wholly on the good side of zero. */
  BETTER,
  /** It lies wholly on the bad side. */
  WORSE,
  /** It does not hold zero, but neither side is the good one. */
  DIFFERENT,
  /** It holds zero: chance alone could have made the difference. */
  NONE_SEEN,
  /** Too few calls for an interval. */
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
      case NONE_SEEN -> "no difference seen";
      case TOO_FEW -> "too few calls";
    };
  }

  static Change of(Interval difference, Direction direction) {
    if (difference.low() <= 0 && difference.high() >= 0) {
      return NONE_SEEN;
    }
    return switch (direction) {
      case NEUTRAL -> DIFFERENT;
      case LOW_IS_GOOD -> difference.high() < 0 ? BETTER : WORSE;
      case HIGH_IS_GOOD -> difference.low() > 0 ? BETTER : WORSE;
    };
  }
}
