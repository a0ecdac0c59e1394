package dev.gatlingllm.secret;

import java.util.Objects;
import java.util.regex.Pattern;

/** An API key. Prints as {@code ***}, so that it can stand in a settings record. Immutable. */
public final class Secret {

  // A token that the SDK fetched itself is not known here, but its scheme stands before it.
  private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[\\w.~+/=-]{8,}");
  private static final int SHORTEST_WITH_BEARER = "bearer ".length() + 8;

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Wraps a key, which no writer of this process shows from now on (see {@link Redaction}).
   *
   * @throws IllegalArgumentException if it is blank, or holds a character no header can carry
   */
  public static Secret of(String value) {
    Secret secret = harmless(value);
    KnownSecrets.ofProcess().add(value);
    return secret;
  }

  /**
   * Wraps a key that opens nothing, such as that of a simulated endpoint: an everyday word that may
   * stand in any file.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public static Secret harmless(String value) {
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

  /**
   * A text of a service without this key, however short it is, without any other known secret, even
   * one whose rest was cut off at the end of the text, and without anything after {@code Bearer}.
   */
  public String hideIn(String text) {
    return hideBearer(text.replace(value, Redaction.HIDDEN));
  }

  /** A text of a service without known secrets and without anything after {@code Bearer}. */
  public static String hideBearer(String text) {
    // Most texts of a response are empty or short: a matcher for each would be garbage.
    String clean = text.isEmpty() ? text : Redaction.serviceText(text);
    return clean.length() < SHORTEST_WITH_BEARER
        ? clean
        : BEARER.matcher(clean).replaceAll("$1" + Redaction.HIDDEN);
  }

  @Override
  public String toString() {
    return Redaction.HIDDEN;
  }
}
