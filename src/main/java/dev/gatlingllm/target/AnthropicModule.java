package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.provider.anthropic.AnthropicClient;
import dev.gatlingllm.provider.anthropic.AnthropicSettings;
import dev.gatlingllm.provider.azure.EntraTokens;
import dev.gatlingllm.provider.transport.BearerTokens;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Anthropic's Messages API, on its own host, on Microsoft Foundry and on Bedrock's mantle endpoint:
 * {@code llm.anthropic}.
 */
final class AnthropicModule implements ProviderModule {

  private static final String KEY = "ANTHROPIC_API_KEY";
  private static final String FOUNDRY_KEY = "ANTHROPIC_FOUNDRY_API_KEY";
  private static final String BEDROCK_KEY = "AWS_BEARER_TOKEN_BEDROCK";

  private final BearerTokens entra = EntraTokens.ofEnvironment();

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
    URI baseUrl = setup.address("llm.anthropic.baseUrl");
    EntraIdentity identity = EntraIdentity.of(setup);
    List<String> variables = keyVariables(baseUrl, identity);
    AnthropicSettings settings =
        new AnthropicSettings(
            baseUrl,
            setup.required("llm.anthropic.model"),
            setup.required("llm.anthropic.version"),
            variables.stream().flatMap(name -> setup.key(name).stream()).findFirst(),
            isFoundry(baseUrl) ? Optional.of(entra) : Optional.empty(),
            setup.client("llm.anthropic.plainHttp"));
    return new Service(
        baseUrl,
        () -> {
          if (settings.key().isEmpty()) {
            requireCredentials(setup, baseUrl, identity, variables);
          }
          return new AnthropicClient(settings);
        });
  }

  /** A gateway may need no key; the three services do. */
  private static void requireCredentials(
      Setup setup, URI baseUrl, EntraIdentity identity, List<String> variables) {
    String address = "llm.anthropic.baseUrl = " + baseUrl;
    if (isFoundry(baseUrl)) {
      identity.require(setup.machine(), address, variables.get(0));
    } else if (isMantle(baseUrl) || host(baseUrl).endsWith(".anthropic.com")) {
      throw new ConfigurationException(
          "no credentials for " + address + ": set the environment variable " + variables.get(0));
    }
  }

  /** The variables that may hold the key of a host, in the order in which they are looked at. */
  private static List<String> keyVariables(URI baseUrl, EntraIdentity identity) {
    if (isFoundry(baseUrl)) {
      return List.of(FOUNDRY_KEY, identity.keyVariable(), KEY);
    }
    return isMantle(baseUrl) ? List.of(BEDROCK_KEY, KEY) : List.of(KEY);
  }

  private static boolean isFoundry(URI baseUrl) {
    return host(baseUrl).endsWith(".services.ai.azure.com");
  }

  private static boolean isMantle(URI baseUrl) {
    return host(baseUrl).endsWith(".api.aws");
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
