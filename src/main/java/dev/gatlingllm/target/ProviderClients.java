package dev.gatlingllm.target;

import dev.gatlingllm.config.ApiConfig;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.ProviderConfig;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.azure.AzureOpenAiClient;
import dev.gatlingllm.provider.azure.AzureOpenAiSettings;
import dev.gatlingllm.provider.azure.EntraTokens;
import dev.gatlingllm.provider.bedrock.AccessKey;
import dev.gatlingllm.provider.bedrock.BedrockClient;
import dev.gatlingllm.provider.bedrock.BedrockSettings;
import dev.gatlingllm.provider.http.AnswerFormat;
import dev.gatlingllm.provider.http.BearerTokens;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Makes the client of the provider that the settings ask for. Keys come from the environment. */
public final class ProviderClients {

  private static final String OPENAI_KEY = "OPENAI_API_KEY";

  private final LlmConfig config;
  private final CredentialTraces traces;
  private final BearerTokens entra = EntraTokens.ofEnvironment();

  ProviderClients(LlmConfig config, CredentialTraces traces) {
    this.config = config;
    this.traces = traces;
  }

  public static ProviderClients of(LlmConfig config) {
    return new ProviderClients(config, CredentialTraces.ofThisMachine());
  }

  /**
   * The target of {@code llm.provider}. Sends nothing.
   *
   * @throws ConfigurationException if a setting cannot be used or there are no credentials
   */
  public Target target() {
    return ConfigurationException.in("", () -> target(config.provider()));
  }

  /** Where the target listens; empty if there are several endpoints, or one of another kind. */
  public Optional<URI> address(Target target) {
    if (target.simulator().isPresent()) {
      return target.simulator().map(Simulator::uri);
    }
    ProviderConfig provider = config.provider();
    if (provider instanceof ProviderConfig.Azure azure) {
      return Optional.of(azure.endpoint());
    }
    if (provider instanceof ProviderConfig.OpenAi openAi) {
      return Optional.of(openAi.baseUrl());
    }
    return provider instanceof ProviderConfig.Bedrock bedrock
        ? bedrock
            .endpoint()
            .or(
                () ->
                    Optional.of(
                        URI.create(
                            "https://bedrock-runtime." + bedrock.region() + ".amazonaws.com")))
        : Optional.empty();
  }

  /** A simulated endpoint that answers at once, over TLS if the target has it. */
  public SimulatedTarget quickEndpoint() {
    return SimulatedTarget.startQuick(config.tls());
  }

  /** A client of the same kind as the target's, to a simulated endpoint; does not close it. */
  public LlmClient clientOf(SimulatedTarget simulated) {
    return simulated(simulated, config.provider().wire());
  }

  /** A client of the same kind, to a simulated endpoint with usual timings and no limits. */
  public Twin twin() {
    SimulatedTarget simulated = SimulatedTarget.start(config.simulated());
    LlmClient client = clientOf(simulated);
    return new Twin(simulated.closedWith(client), simulated.simulator());
  }

  private Target target(ProviderConfig provider) {
    if (config.regions().isEmpty() || provider.wire().equals("bedrock")) {
      return ofOneEndpoint(provider);
    }
    Map<String, LlmClient> regions = new TreeMap<>();
    config.regions().forEach((name, address) -> regions.put(name, regional(provider, name)));
    // Simulated endpoints of one seed give their calls the same ids: they are not compared.
    return new Target(
        new RegionRouter(ofOneEndpoint(provider).client(), regions, NanoClock.SYSTEM),
        Optional.empty(),
        Optional.empty());
  }

  /** The client of an endpoint of {@code llm.regions}. */
  private LlmClient regional(ProviderConfig provider, String region) {
    if (provider instanceof ProviderConfig.Azure azure) {
      return azure(
          azure.at(config.regionAddress(region)), regionalKey(config.azureKeyVariable(), region));
    }
    if (provider instanceof ProviderConfig.OpenAi openAi) {
      return openAi(
          openAi.at(config.regionAddress(region)), variable -> regionalKey(variable, region));
    }
    SimulatedTarget simulated = SimulatedTarget.start(config, region);
    return simulated.closedWith(clientOf(simulated));
  }

  private Optional<Secret> regionalKey(String variable, String region) {
    return key(variable + "_" + region.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
        .or(() -> key(variable));
  }

  private Target ofOneEndpoint(ProviderConfig provider) {
    if (provider instanceof ProviderConfig.Azure azure) {
      return Target.of(azure(azure, key(config.azureKeyVariable())));
    }
    if (provider instanceof ProviderConfig.Bedrock bedrock) {
      return Target.of(bedrock(bedrock));
    }
    if (provider instanceof ProviderConfig.OpenAi openAi) {
      return Target.of(openAi(openAi, this::key));
    }
    SimulatedTarget simulated = SimulatedTarget.start(config);
    LlmClient client = clientOf(simulated);
    return new Target(
        simulated.closedWith(client),
        Target.of(client).ahead(),
        Optional.of(simulated.simulator()));
  }

  private LlmClient azure(ProviderConfig.Azure azure, Optional<Secret> key) {
    if (azure.endpoint().getScheme().equals("https") && key.isEmpty()) {
      requireAzureIdentity(
          "llm.azure.endpoint = " + azure.endpoint(),
          config.azureKeyVariable(),
          azure.credentialChain());
    }
    return new AzureOpenAiClient(settings(azure, key));
  }

  private void requireAzureIdentity(String address, String keyVariable, boolean credentialChain) {
    if (!credentialChain && !traces.azure()) {
      throw new ConfigurationException(
          "no credentials for "
              + address
              + ": set the environment variable "
              + keyVariable
              + ", sign in with 'az login', or"
              + " set llm.azure.credential = chain to search Entra ID's default chain all the"
              + " same");
    }
  }

  private AzureOpenAiSettings settings(ProviderConfig.Azure azure, Optional<Secret> key) {
    return new AzureOpenAiSettings(
        azure.endpoint(),
        azure.deployment(),
        azure.apiVersion(),
        key,
        azure.maxTokensField(),
        client());
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
    return new BedrockClient(settings(bedrock, config.api().bedrock(), standIn));
  }

  private BedrockSettings settings(
      ProviderConfig.Bedrock bedrock, ApiConfig.Bedrock api, Optional<AccessKey> accessKey) {
    return new BedrockSettings(
        bedrock.region(),
        bedrock.modelId(),
        bedrock.endpoint(),
        Optional.empty(),
        accessKey,
        bedrock.http2() ? BedrockSettings.Protocol.HTTP2 : BedrockSettings.Protocol.HTTP1_1,
        BedrockBodies.options(api),
        client());
  }

  private LlmClient openAi(ProviderConfig.OpenAi openAi, Function<String, Optional<Secret>> keyOf) {
    KeyHeader header =
        switch (openAi.keyHeader()) {
          case "bearer" -> KeyHeader.BEARER;
          case "api-key" -> KeyHeader.API_KEY;
          default -> KeyHeader.of(openAi.baseUrl());
        };
    Optional<Secret> key =
        header == KeyHeader.API_KEY
            ? keyOf.apply(config.azureKeyVariable()).or(() -> keyOf.apply(OPENAI_KEY))
            : keyOf.apply(OPENAI_KEY);
    OpenAiSettings settings = authorized(openAi, settings(openAi, key, header));
    return new OpenAiClient(
        settings.model().isEmpty() ? settings.withModel(OnlyModel.of(settings)) : settings);
  }

  /** Azure takes nobody without a key or a token; a token of Azure goes to its own hosts only. */
  private OpenAiSettings authorized(ProviderConfig.OpenAi openAi, OpenAiSettings settings) {
    if (settings.key().isPresent() || !KeyHeader.isAzure(openAi.baseUrl())) {
      return settings;
    }
    requireAzureIdentity(
        "llm.openai.baseUrl = " + openAi.baseUrl(),
        settings.keyHeader() == KeyHeader.API_KEY ? config.azureKeyVariable() : OPENAI_KEY,
        openAi.credentialChain());
    return settings.withTokens(entra);
  }

  private OpenAiSettings settings(
      ProviderConfig.OpenAi openAi, Optional<Secret> key, KeyHeader header) {
    return new OpenAiSettings(
        openAi.baseUrl(),
        openAi.model(),
        key,
        header,
        config.api().responses() ? AnswerFormat.RESPONSES : AnswerFormat.CHAT,
        openAi.maxTokensField(),
        client());
  }

  private ClientSettings client() {
    return new ClientSettings(
        config.timeout().connect(), config.connections(), config.userAgent(), NanoClock.SYSTEM);
  }

  private LlmClient simulated(SimulatedTarget target, String wire) {
    URI address = target.address();
    Optional<X509Certificate> certificate = target.simulator().certificate();
    // Over TLS the Azure SDK would look for an identity, were there no key.
    Optional<Secret> key = certificate.map(tls -> Secret.harmless("simulated"));
    return switch (wire) {
      case "bedrock" -> {
        BedrockSettings settings =
            settings(
                new ProviderConfig.Bedrock(
                    "us-east-1", "simulated", Optional.of(address), http2(), false),
                config.api().bedrock().simulated(),
                Optional.of(new AccessKey("simulated", "simulated")));
        yield certificate
            .map(only -> BedrockClient.trusting(only, settings))
            .orElseGet(() -> new BedrockClient(settings));
      }
      case "openai" -> {
        OpenAiSettings settings =
            settings(
                new ProviderConfig.OpenAi(
                    address.resolve("/v1"), "simulated", "bearer", "max_tokens", false),
                key,
                KeyHeader.BEARER);
        yield certificate
            .map(only -> OpenAiClient.trusting(only, settings))
            .orElseGet(() -> new OpenAiClient(settings));
      }
      default -> {
        AzureOpenAiSettings settings =
            settings(
                new ProviderConfig.Azure(address, "simulated", "2024-10-21", "max_tokens", false),
                key);
        yield certificate
            .map(only -> AzureOpenAiClient.trusting(only, settings))
            .orElseGet(() -> new AzureOpenAiClient(settings));
      }
    };
  }

  private boolean http2() {
    return !(config.provider() instanceof ProviderConfig.Bedrock bedrock) || bedrock.http2();
  }

  private Optional<Secret> key(String variable) {
    return Optional.ofNullable(traces.environment().apply(variable))
        .filter(value -> !value.isBlank())
        .map(value -> Secret.of(value.strip()));
  }
}
