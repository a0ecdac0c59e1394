package dev.gatlingllm.protocol;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.ProviderConfig;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.azure.AzureOpenAiClient;
import dev.gatlingllm.provider.azure.AzureOpenAiSettings;
import dev.gatlingllm.provider.bedrock.AccessKey;
import dev.gatlingllm.provider.bedrock.BedrockClient;
import dev.gatlingllm.provider.bedrock.BedrockSettings;
import dev.gatlingllm.provider.http.Secret;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Makes the client of the provider that the settings ask for. Keys come from the environment. */
final class ProviderClients {

  private final LlmConfig config;
  private final CredentialTraces traces;

  private ProviderClients(LlmConfig config, CredentialTraces traces) {
    this.config = config;
    this.traces = traces;
  }

  /**
   * The client of {@code llm.provider}. Sends nothing.
   *
   * @throws ConfigurationException if a setting cannot be used or there are no credentials
   */
  static LlmClient create(LlmConfig config) {
    return create(config, CredentialTraces.ofThisMachine());
  }

  static LlmClient create(LlmConfig config, CredentialTraces traces) {
    try {
      return new ProviderClients(config, traces).create(config.provider());
    } catch (ConfigurationException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage());
    }
  }

  /**
   * Warms this JVM up: calls of no consequence through the client of the same provider, to a
   * simulated endpoint of its own.
   */
  static void warmUp(LlmConfig config) {
    if (config.warmUp().isZero()) {
      return;
    }
    NanoClock clock = NanoClock.SYSTEM;
    long start = clock.nanos();
    ProviderClients clients = new ProviderClients(config, CredentialTraces.ofThisMachine());
    try (LlmClient twin =
        clients.simulated(SimulatedTarget.startQuick(), config.provider().wire())) {
      int calls = new WarmUp(twin, clock).run(config.warmUp());
      System.out.printf(
          Locale.ROOT,
          "[llm] warmed up with %d calls in %.1f s%n",
          calls,
          (clock.nanos() - start) / 1e9);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LlmClient create(ProviderConfig provider) {
    if (provider instanceof ProviderConfig.Azure azure) {
      return azure(azure);
    }
    if (provider instanceof ProviderConfig.Bedrock bedrock) {
      return bedrock(bedrock);
    }
    if (provider instanceof ProviderConfig.OpenAi openAi) {
      return openAi(openAi, key("OPENAI_API_KEY"));
    }
    return simulated(SimulatedTarget.start(config), provider.wire());
  }

  private LlmClient azure(ProviderConfig.Azure azure) {
    Optional<Secret> key = key("AZURE_OPENAI_API_KEY");
    boolean mustHaveOne = azure.endpoint().getScheme().equals("https");
    if (mustHaveOne && key.isEmpty() && !azure.credentialChain() && !traces.azure()) {
      throw new ConfigurationException(
          "no credentials for llm.azure.endpoint = "
              + azure.endpoint()
              + ": set the environment variable AZURE_OPENAI_API_KEY, sign in with 'az login', or"
              + " set llm.azure.credential = chain to search Entra ID's default chain all the same");
    }
    return azure(azure, key);
  }

  private LlmClient azure(ProviderConfig.Azure azure, Optional<Secret> key) {
    return new AzureOpenAiClient(
        new AzureOpenAiSettings(
            azure.endpoint(),
            azure.deployment(),
            azure.apiVersion(),
            key,
            config.timeout().connect(),
            config.connections(),
            azure.maxTokensField(),
            NanoClock.SYSTEM));
  }

  private LlmClient bedrock(ProviderConfig.Bedrock bedrock) {
    boolean plain = bedrock.endpoint().map(uri -> uri.getScheme().equals("http")).orElse(false);
    if (!plain && !bedrock.credentialChain() && !traces.aws()) {
      throw new ConfigurationException(
          "no credentials for Amazon Bedrock: set AWS_BEARER_TOKEN_BEDROCK (a Bedrock API key) or"
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, sign in with 'aws configure', or set"
              + " llm.bedrock.credential = chain to search the SDK's default chain all the same");
    }
    Optional<AccessKey> standIn =
        plain && !traces.aws()
            ? Optional.of(new AccessKey("loopback", "loopback"))
            : Optional.empty();
    return bedrock(bedrock, standIn);
  }

  private LlmClient bedrock(ProviderConfig.Bedrock bedrock, Optional<AccessKey> accessKey) {
    return new BedrockClient(
        new BedrockSettings(
            bedrock.region(),
            bedrock.modelId(),
            bedrock.endpoint(),
            Optional.empty(),
            accessKey,
            config.timeout().connect(),
            config.connections(),
            bedrock.http2() ? BedrockSettings.Protocol.HTTP2 : BedrockSettings.Protocol.HTTP1_1,
            NanoClock.SYSTEM));
  }

  private LlmClient openAi(ProviderConfig.OpenAi openAi, Optional<Secret> key) {
    return new OpenAiClient(
        new OpenAiSettings(
            openAi.baseUrl(),
            openAi.model(),
            key,
            config.timeout().connect(),
            config.connections(),
            openAi.maxTokensField(),
            NanoClock.SYSTEM));
  }

  private LlmClient simulated(SimulatedTarget target, String wire) {
    URI address = target.address();
    return target.closedWith(
        switch (wire) {
          case "bedrock" ->
              bedrock(
                  new ProviderConfig.Bedrock(
                      "us-east-1", "simulated", Optional.of(address), "", true, false),
                  Optional.of(new AccessKey("simulated", "simulated")));
          case "openai" ->
              openAi(
                  new ProviderConfig.OpenAi(address.resolve("/v1"), "simulated", "max_tokens"),
                  Optional.empty());
          default ->
              azure(
                  new ProviderConfig.Azure(address, "simulated", "2024-10-21", "max_tokens", false),
                  Optional.empty());
        });
  }

  private Optional<Secret> key(String variable) {
    return Optional.ofNullable(traces.environment().apply(variable))
        .filter(value -> !value.isBlank())
        .map(value -> Secret.of(value.strip()));
  }
}
