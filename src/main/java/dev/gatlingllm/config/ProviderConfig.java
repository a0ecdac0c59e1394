package dev.gatlingllm.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where the calls go. */
public sealed interface ProviderConfig {

  /** The wire format: {@code azure-openai}, {@code bedrock} or {@code openai}. */
  String wire();

  /** Whether calls to the target go over TLS. */
  boolean tls();

  /**
   * {@code llm.azure}.
   *
   * @param endpoint address of the resource, such as {@code https://name.openai.azure.com}
   * @param deployment name of the deployment
   * @param apiVersion the {@code api-version} parameter
   * @param maxTokensField {@code max_tokens} or {@code max_completion_tokens}
   * @param credentialChain whether to search Entra ID's default chain without a trace of an
   *     identity
   */
  record Azure(
      URI endpoint,
      String deployment,
      String apiVersion,
      String maxTokensField,
      boolean credentialChain)
      implements ProviderConfig {
    /** The same deployment at another address. */
    public Azure at(URI address) {
      return new Azure(address, deployment, apiVersion, maxTokensField, credentialChain);
    }

    @Override
    public String wire() {
      return "azure-openai";
    }

    @Override
    public boolean tls() {
      return isTls(endpoint);
    }
  }

  /**
   * {@code llm.bedrock}.
   *
   * @param region the region to call
   * @param modelId model id, inference profile id or ARN; may be empty if every call names its own
   * @param endpoint another address than the region's own
   * @param http2 whether HTTP/2 is spoken
   * @param credentialChain whether to search the SDK's default chain without a trace of an identity
   */
  record Bedrock(
      String region, String modelId, Optional<URI> endpoint, boolean http2, boolean credentialChain)
      implements ProviderConfig {
    @Override
    public String wire() {
      return "bedrock";
    }

    @Override
    public boolean tls() {
      return endpoint.map(ProviderConfig::isTls).orElse(true);
    }
  }

  /**
   * {@code llm.openai}.
   *
   * @param baseUrl address up to and without {@code /chat/completions} or {@code /responses}
   * @param model name of the model; empty to ask the server
   * @param keyHeader header of the key: {@code auto}, {@code bearer} or {@code api-key}
   * @param maxTokensField {@code max_tokens} or {@code max_completion_tokens}
   * @param credentialChain whether to search Entra ID's default chain for Azure's v1 path without a
   *     trace of an identity
   */
  record OpenAi(
      URI baseUrl, String model, String keyHeader, String maxTokensField, boolean credentialChain)
      implements ProviderConfig {
    /** The same model at another address. */
    public OpenAi at(URI address) {
      return new OpenAi(address, model, keyHeader, maxTokensField, credentialChain);
    }

    @Override
    public String wire() {
      return "openai";
    }

    @Override
    public boolean tls() {
      return isTls(baseUrl);
    }
  }

  /**
   * The simulated endpoint in this process.
   *
   * @param wire whose wire format: {@code azure-openai}, {@code bedrock} or {@code openai}
   */
  record Simulated(String wire) implements ProviderConfig {
    /** {@code llm.simulator.tls} says so. */
    @Override
    public boolean tls() {
      return false;
    }
  }

  /**
   * A client of the user's own.
   *
   * @param className class that implements {@link dev.gatlingllm.provider.LlmClient}
   * @param wire what the simulated endpoint speaks where it takes the client's place
   */
  record Plugin(String className, String wire) implements ProviderConfig {
    @Override
    public boolean tls() {
      return false;
    }
  }

  /** The names that {@code llm.provider} accepts. */
  List<String> NAMES = List.of("simulator", "azure-openai", "bedrock", "openai");

  private static boolean isTls(URI address) {
    return address.getScheme().equals("https");
  }

  private static List<String> wires() {
    return NAMES.subList(1, NAMES.size());
  }

  static ProviderConfig read(ConfigReader reader) {
    String provider = reader.text("llm.provider");
    if (provider.startsWith(ClassSetting.PREFIX)) {
      return new Plugin(
          provider.substring(ClassSetting.PREFIX.length()),
          reader.choice("llm.simulator.wire", wires()));
    }
    return switch (reader.choice("llm.provider", NAMES)) {
      case "azure-openai" -> azure(reader);
      case "bedrock" -> bedrock(reader);
      case "openai" -> openAi(reader);
      default -> new Simulated(reader.choice("llm.simulator.wire", wires()));
    };
  }

  private static Azure azure(ConfigReader reader) {
    return new Azure(
        required(reader.address("llm.azure.endpoint"), "llm.azure.endpoint", "azure-openai"),
        required(reader, "llm.azure.deployment", "azure-openai"),
        required(reader, "llm.azure.apiVersion", "azure-openai"),
        maxTokensField(reader, "llm.azure.maxTokensField"),
        credentialChain(reader, "llm.azure.credential"));
  }

  private static Bedrock bedrock(ConfigReader reader) {
    return new Bedrock(
        required(reader, "llm.bedrock.region", "bedrock"),
        reader.text("llm.bedrock.modelId"),
        reader.address("llm.bedrock.endpoint"),
        reader.choice("llm.bedrock.http", List.of("http2", "http1")).equals("http2"),
        credentialChain(reader, "llm.bedrock.credential"));
  }

  private static boolean credentialChain(ConfigReader reader, String key) {
    return reader.choice(key, List.of("auto", "chain")).equals("chain");
  }

  private static OpenAi openAi(ConfigReader reader) {
    return new OpenAi(
        required(reader.address("llm.openai.baseUrl"), "llm.openai.baseUrl", "openai"),
        reader.text("llm.openai.model").strip(),
        reader.choice("llm.openai.keyHeader", List.of("auto", "bearer", "api-key")),
        maxTokensField(reader, "llm.openai.maxTokensField"),
        credentialChain(reader, "llm.azure.credential"));
  }

  private static String maxTokensField(ConfigReader reader, String key) {
    return reader.choice(key, List.of("max_tokens", "max_completion_tokens"));
  }

  private static String required(ConfigReader reader, String key, String provider) {
    String value = reader.text(key).strip();
    return required(value.isEmpty() ? Optional.empty() : Optional.of(value), key, provider);
  }

  private static <T> T required(Optional<T> value, String key, String provider) {
    return value.orElseThrow(
        () -> new ConfigurationException(key + " must be set for llm.provider = " + provider));
  }
}
