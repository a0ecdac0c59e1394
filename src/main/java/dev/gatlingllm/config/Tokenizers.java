package dev.gatlingllm.config;

import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.prompt.Tokenizer;

/** The tokenizer that {@code llm.tokenizer} names. */
public final class Tokenizers {

  private static final String KEY = "llm.tokenizer";

  private Tokenizers() {}

  /**
   * The tokenizer of these settings.
   *
   * @throws ConfigurationException if there is none of that name
   */
  public static Tokenizer of(LlmConfig config) {
    String name = config.tokenizer();
    if (name.startsWith(ClassSetting.PREFIX)) {
      return ClassSetting.make(
          KEY, name.substring(ClassSetting.PREFIX.length()), Tokenizer.class, config);
    }
    return switch (name) {
      case "o200k_base" -> TokenCounter.standard();
      case "cl100k_base" -> TokenCounter.forModel("gpt-4");
      default ->
          throw ConfigurationException.of(
              KEY, '"' + name + '"', "o200k_base, cl100k_base or class:NAME");
    };
  }
}
