package dev.gatlingllm.config;

import java.util.Map;
import java.util.Properties;

/** Settings as {@code -Dllm.…} gives them, without touching the properties of this JVM. */
public final class GivenSettings {

  private GivenSettings() {}

  /** What a process reads that was started with these and no other settings. */
  public static LlmConfig of(Map<String, String> settings) {
    Properties properties = new Properties();
    properties.putAll(settings);
    return LlmConfig.read(properties);
  }
}
