package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.azure.AzureOpenAiClient;
import dev.gatlingllm.provider.azure.AzureOpenAiSettings;
import java.net.URI;
import java.util.List;

/** A deployment of Azure OpenAI: {@code llm.azure}. */
final class AzureModule implements ProviderModule {

  @Override
  public String name() {
    return "azure-openai";
  }

  @Override
  public String modelKey() {
    return "llm.azure.deployment";
  }

  @Override
  public Service service(Setup setup) {
    ConfigReader reader = setup.settings();
    EntraIdentity identity = EntraIdentity.of(setup);
    URI address = setup.address("llm.azure.endpoint");
    AzureOpenAiSettings settings =
        new AzureOpenAiSettings(
            address,
            setup.required("llm.azure.deployment"),
            setup.required("llm.azure.apiVersion"),
            setup.key(identity.keyVariable()),
            reader.choice(
                "llm.azure.maxTokensField", List.of("max_tokens", "max_completion_tokens")),
            setup.client("llm.azure.plainHttp"));
    return new Service(
        address,
        () -> {
          if (address.getScheme().equals("https") && settings.key().isEmpty()) {
            identity.require(
                setup.machine(), "llm.azure.endpoint = " + address, identity.keyVariable());
          }
          return new AzureOpenAiClient(settings);
        });
  }

  @Override
  public LlmClient simulated(Setup setup, SimulatedTarget endpoint) {
    return endpoint.client(
        new AzureOpenAiSettings(
            endpoint.address(),
            "simulated",
            "2024-10-21",
            endpoint.key(),
            "max_tokens",
            setup.client()),
        AzureOpenAiClient::new,
        AzureOpenAiClient::trusting);
  }
}
