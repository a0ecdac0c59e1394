package dev.gatlingllm.provider.http;

import java.time.Duration;

/** Checks that the settings of several clients have in common. */
public final class Setting {

  private static final Duration LONGEST_CONNECT = Duration.ofMillis(Integer.MAX_VALUE);

  private Setting() {}

  /**
   * Checks a text.
   *
   * @throws IllegalArgumentException if it is blank; names the key
   */
  public static String notBlank(String key, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(key + " must not be blank");
    }
    return value;
  }

  /**
   * Checks a connect timeout.
   *
   * @throws IllegalArgumentException unless it is from 1 ms to about 24 days; names the key
   */
  public static Duration connectTimeout(String key, Duration value) {
    if (value.toMillis() < 1 || value.compareTo(LONGEST_CONNECT) > 0) {
      throw new IllegalArgumentException(
          key + " must be from 1 ms to " + LONGEST_CONNECT.toMillis() + " ms, was " + value);
    }
    return value;
  }

  /**
   * Checks a number of things.
   *
   * @throws IllegalArgumentException if it is less than 1; names the key
   */
  public static int positive(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(key + " must be >= 1, was " + value);
    }
    return value;
  }
}
