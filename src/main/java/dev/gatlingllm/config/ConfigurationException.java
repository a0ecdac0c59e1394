package dev.gatlingllm.config;

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

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
