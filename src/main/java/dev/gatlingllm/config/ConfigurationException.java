package dev.gatlingllm.config;

import java.util.function.Supplier;

/**
 * A setting that cannot be used. The message names the key, the value and what is accepted. It has
 * no stack trace: whoever reads it has to change a setting, not the code.
 */
public final class ConfigurationException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message);
  }

  /** For {@code key = value}, of which {@code accepted} says what would do. */
  public static ConfigurationException of(String key, String value, String accepted) {
    return new ConfigurationException(key + " must be " + accepted + ", was " + value);
  }

  /**
   * What a step returns; its {@link IllegalArgumentException} becomes one of this class.
   *
   * @param place what its message lacks, such as {@code llm.heatmap.}
   */
  public static <T> T in(String place, Supplier<T> step) {
    try {
      return step.get();
    } catch (ConfigurationException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(placed(place, e.getMessage()));
    }
  }

  /** A message that begins with a whole key needs no place. */
  static String placed(String place, String message) {
    return message != null && message.startsWith("llm.") ? message : place + message;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
