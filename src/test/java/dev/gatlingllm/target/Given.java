package dev.gatlingllm.target;

import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of a run, and machines. */
final class Given {

  private Given() {}

  /** Settings such as {@code llm.provider=openai}. */
  static LlmConfig settings(String... settings) {
    Map<String, String> values = new HashMap<>();
    for (String setting : settings) {
      String[] pair = setting.split("=", 2);
      values.put(pair[0], pair[1]);
    }
    return GivenSettings.of(values);
  }

  /** A machine with these environment variables, and no other trace of an identity. */
  static CredentialTraces machine(Map<String, String> environment) {
    Path nowhere = Path.of("no-such-folder");
    return new CredentialTraces(environment::get, nowhere, nowhere);
  }

  /** The clients on a machine without a key or an identity. */
  static ProviderClients clients(String... settings) {
    return new ProviderClients(settings(settings), machine(Map.of()));
  }
}
