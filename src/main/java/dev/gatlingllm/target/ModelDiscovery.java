package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.provider.transport.CredentialException;
import dev.gatlingllm.text.Console;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Finds out which model a server has, where the settings name none. */
final class ModelDiscovery {

  private static final long MOST_SECONDS = 30;

  private ModelDiscovery() {}

  /**
   * The only model that the server lists.
   *
   * @throws ConfigurationException if it has several, or none, or does not tell
   */
  static String of(OpenAiSettings settings) {
    List<String> models = listed(settings);
    if (models.size() == 1) {
      Console.out().println("[llm] llm.openai.model is not set: the server has " + models.get(0));
      return models.get(0);
    }
    throw new ConfigurationException(
        "llm.openai.model must be set: "
            + (models.isEmpty()
                ? "the server lists no model"
                : "the server has " + String.join(", ", models)));
  }

  private static List<String> listed(OpenAiSettings settings) {
    try (OpenAiClient client = new OpenAiClient(settings)) {
      return client.models().orTimeout(MOST_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new ConfigurationException(
          "llm.openai.model must be set: the server at "
              + settings.baseUrl()
              + " does not list its models ("
              + reason(e.getCause())
              + ")");
    }
  }

  /** Why there are no credentials is said here, and not by each call of the load. */
  private static String reason(Throwable cause) {
    return cause instanceof CredentialException
        ? cause.getMessage()
        : cause.getClass().getSimpleName();
  }
}
