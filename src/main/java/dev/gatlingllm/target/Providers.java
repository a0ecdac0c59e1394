package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.ProviderConfig;
import java.util.List;
import java.util.stream.Stream;

/** The providers by name. */
record Providers(List<ProviderModule> modules) {

  /** Those that ship. */
  static Providers shipped() {
    return new Providers(
        List.of(new AnthropicModule(), new AzureModule(), new BedrockModule(), new OpenAiModule()));
  }

  /**
   * The provider whose wire format the calls have: that of {@code llm.provider}, or, with the
   * simulated endpoint or a client of the user's own, that of {@code llm.simulator.wire}.
   *
   * @throws ConfigurationException if there is none of this name
   */
  ProviderModule chosen(ProviderConfig provider, ConfigReader settings) {
    List<String> names = modules.stream().map(ProviderModule::name).toList();
    String name =
        provider.ships()
            ? settings.choice(
                "llm.provider",
                Stream.concat(Stream.of(ProviderConfig.SIMULATOR), names.stream()).toList())
            : settings.choice("llm.simulator.wire", names);
    return modules.get(names.indexOf(name));
  }
}
