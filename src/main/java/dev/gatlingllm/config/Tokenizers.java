package dev.gatlingllm.config;

import dev.gatlingllm.prompt.ServerTokenizer;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.prompt.Tokenizer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tokenizer that {@code llm.tokenizer} names. */
public final class Tokenizers {

  private static final String KEY = "llm.tokenizer";

  private static final String SERVER = "server";
  private static final String ADDRESS = "llm.openai.baseUrl";

  /** Blocks of an A/B run ask for the same one. */
  private static final Map<List<String>, Tokenizer> SERVERS = new ConcurrentHashMap<>();

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
      case "o200k_base", SERVER -> TokenCounter.standard();
      case "cl100k_base" -> TokenCounter.forModel("gpt-4");
      default ->
          throw ConfigurationException.of(
              KEY, '"' + name + '"', "o200k_base, cl100k_base, server or class:NAME");
    };
  }

  /**
   * The tokenizer by which prompts have their size.
   *
   * @throws ConfigurationException if there is none of that name, or the server that counts cannot
   */
  public static Tokenizer ofPrompts(LlmConfig config) {
    if (!config.tokenizer().equals(SERVER)) {
      return config.tokenizer().equals("cl100k_base") ? of(config) : TokenCounter.standard();
    }
    if (!config.provider().name().equals("openai")) {
      throw new ConfigurationException(
          KEY
              + " = server asks the server of llm.openai.baseUrl and needs llm.provider = openai,"
              + " was "
              + config.provider().name());
    }
    return config.section(Tokenizers::ofServer);
  }

  private static Tokenizer ofServer(ConfigReader reader) {
    reader.requiredAddress(ADDRESS);
    URI address = URI.create(reader.text(ADDRESS).strip());
    String model = reader.text("llm.openai.model").strip();
    return ConfigurationException.in(
        KEY + " = server: ",
        () ->
            SERVERS.computeIfAbsent(
                List.of(address.toString(), model), any -> new ServerTokenizer(address, model)));
  }
}
