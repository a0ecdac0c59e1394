package dev.gatlingllm.provider;

import java.math.BigDecimal;

/** A number that a request may carry, with the range that every service accepts at most. */
public enum Parameter {
  /** Upper bound of the output, in tokens. */
  MAX_TOKENS("maxTokens", 1, Integer.MAX_VALUE, true),
  /** Sampling temperature. */
  TEMPERATURE("temperature", 0, 2, false),
  /** Nucleus sampling. */
  TOP_P("topP", 0, 1, false),
  /** Penalty for words that have been said. */
  PRESENCE_PENALTY("presencePenalty", -2, 2, false),
  /** Penalty for words by how often they have been said. */
  FREQUENCY_PENALTY("frequencyPenalty", -2, 2, false),
  /** How many answers to one call. */
  CHOICES("n", 1, 128, true),
  /** Most tokens of thinking. */
  THINKING_BUDGET("thinkingBudget", 1, Integer.MAX_VALUE, true),
  /** Sampling seed. */
  SEED("seed", Long.MIN_VALUE, Long.MAX_VALUE, true);

  private final String key;
  private final BigDecimal least;
  private final BigDecimal most;
  private final boolean whole;

  Parameter(String key, long least, long most, boolean whole) {
    this.key = key;
    this.least = BigDecimal.valueOf(least);
    this.most = BigDecimal.valueOf(most);
    this.whole = whole;
  }

  /** Its name in settings, in the DSL and in messages. */
  public String key() {
    return key;
  }

  /**
   * The value as it is sent: a Long if it must be whole, else a Double.
   *
   * @throws IllegalArgumentException if it is not in the range; names key, value and range
   */
  public Number check(Number value) {
    BigDecimal exact = exact(value);
    boolean fits = exact.compareTo(least) >= 0 && exact.compareTo(most) <= 0;
    if (!fits || (whole && exact.stripTrailingZeros().scale() > 0)) {
      throw refused(value);
    }
    if (whole) {
      return exact.longValueExact();
    }
    return exact.doubleValue();
  }

  /**
   * The number that a text says, as {@link #check} gives it.
   *
   * @throws IllegalArgumentException if it says none, or one that is not accepted
   */
  public Number parse(String text) {
    try {
      return check(new BigDecimal(text.strip()));
    } catch (NumberFormatException noNumber) {
      throw refused(text);
    }
  }

  private BigDecimal exact(Number value) {
    try {
      return new BigDecimal(value.toString());
    } catch (NumberFormatException notFinite) {
      throw refused(value);
    }
  }

  private IllegalArgumentException refused(Object value) {
    String kind = whole ? "a whole number " : "a number ";
    return new IllegalArgumentException(key + " must be " + kind + range() + ", was " + value);
  }

  private String range() {
    if (this == SEED) {
      return "of 64 bits";
    }
    return most.intValueExact() == Integer.MAX_VALUE
        ? "of at least " + least
        : "from " + least + " to " + most;
  }
}
