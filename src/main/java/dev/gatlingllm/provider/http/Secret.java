package dev.gatlingllm.provider.http;

import java.util.Objects;
import java.util.regex.Pattern;

/** An API key. Prints as {@code ***}, so that it can stand in a settings record. Immutable. */
public final class Secret {

  private static final String HIDDEN = "***";

  // A token that the SDK fetched itself is not known here, but its scheme stands before it.
  private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[\\w.~+/=-]{8,}");

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Wraps a key.
   *
   * @throws IllegalArgumentException if it is blank, or holds a character no header can carry
   */
  public static Secret of(String value) {
    Objects.requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("the key must not be blank");
    }
    if (!value.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException("the key must consist of printable ASCII characters");
    }
    return new Secret(value);
  }

  /** The key itself, for the one header that carries it. */
  public String reveal() {
    return value;
  }

  /** The text with this key, and anything after {@code Bearer}, replaced by {@code ***}. */
  public String hideIn(String text) {
    return hideBearer(text.replace(value, HIDDEN));
  }

  /** The text with anything after {@code Bearer} replaced by {@code ***}. */
  public static String hideBearer(String text) {
    return BEARER.matcher(text).replaceAll("$1" + HIDDEN);
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
