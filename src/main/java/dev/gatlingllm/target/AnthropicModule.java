package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.provider.anthropic.AnthropicClient;
import dev.gatlingllm.provider.anthropic.AnthropicSettings;
import dev.gatlingllm.provider.aws.BedrockHost;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Anthropic's Messages API, on its own host, on Microsoft Foundry and on Bedrock's mantle endpoint:
 * {@code llm.anthropic}.
 */
final class AnthropicModule implements ProviderModule {

  private static final URI OWN = URI.create("https://api.anthropic.com");
  private static final String KEY = "ANTHROPIC_API_KEY";
  private static final String FOUNDRY_KEY = "ANTHROPIC_FOUNDRY_API_KEY";

  private final Callers callers = new Callers("llm.anthropic", "/anthropic");

  @Override
  public String name() {
    return "anthropic";
  }

  @Override
  public String modelKey() {
    return "llm.anthropic.model";
  }

  @Override
  public Service service(Setup setup) {
    URI baseUrl = callers.address(setup).orElse(OWN);
    Callers.Caller caller =
        callers.caller(
            setup, new Callers.Place(baseUrl, isFoundry(baseUrl), keyVariables(setup, baseUrl)));
    AnthropicSettings settings =
        new AnthropicSettings(
            baseUrl,
            setup.required("llm.anthropic.model"),
            setup.required("llm.anthropic.version"),
            caller.key(),
            caller.authorization(),
            setup.client("llm.anthropic.plainHttp"));
    return new Service(
        baseUrl,
        () -> {
          caller.check().run();
          requireKey(settings);
          return new AnthropicClient(settings);
        });
  }

  /** A gateway may need no key; Anthropic does. */
  private static void requireKey(AnthropicSettings settings) {
    boolean nobody = settings.key().isEmpty() && settings.authorization().isEmpty();
    if (nobody && host(settings.baseUrl()).endsWith(".anthropic.com")) {
      throw new ConfigurationException(
          "no credentials for llm.anthropic.baseUrl = "
              + settings.baseUrl()
              + ": set the environment variable "
              + KEY);
    }
  }

  /** The variables that may hold the key of a host, in the order in which they are looked at. */
  private static List<String> keyVariables(Setup setup, URI baseUrl) {
    if (isFoundry(baseUrl)) {
      return List.of(FOUNDRY_KEY, EntraIdentity.of(setup).keyVariable(), KEY);
    }
    return BedrockHost.of(baseUrl).isPresent() ? List.of(AwsIdentity.KEY, KEY) : List.of(KEY);
  }

  private static boolean isFoundry(URI baseUrl) {
    return host(baseUrl).endsWith(".services.ai.azure.com");
  }

  private static String host(URI baseUrl) {
    return ServiceAddress.host(baseUrl).orElse("").toLowerCase(Locale.ROOT);
  }

  @Override
  public LlmClient simulated(Setup setup, SimulatedTarget endpoint) {
    String version = setup.required("llm.anthropic.version");
    return endpoint.client(
        new AnthropicSettings(
            endpoint.address(),
            "simulated",
            version,
            endpoint.key(),
            Optional.empty(),
            setup.client()),
        AnthropicClient::new,
        AnthropicClient::trusting);
  }
}
