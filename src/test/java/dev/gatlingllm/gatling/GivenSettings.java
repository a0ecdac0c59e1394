package dev.gatlingllm.gatling;

import dev.gatlingllm.config.LlmConfig;
import java.util.Map;
import java.util.Properties;

/** Settings as {@code -Dllm.…} gives them. */
final class GivenSettings {

  private GivenSettings() {}

  /** What the process reads if it was started with these and no other settings. */
  static LlmConfig of(Map<String, String> settings) {
    Properties before = new Properties();
    before.putAll(System.getProperties());
    try {
      System.getProperties().keySet().removeIf(key -> key.toString().startsWith("llm."));
      settings.forEach(System::setProperty);
      return LlmConfig.read();
    } finally {
      System.setProperties(before);
    }
  }
}
