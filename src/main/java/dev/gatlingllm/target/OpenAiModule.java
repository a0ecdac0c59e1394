package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.provider.azure.EntraTokens;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.provider.transport.BearerTokens;
import dev.gatlingllm.secret.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** OpenAI, servers that speak its format, and Azure's v1 path: {@code llm.openai}. */
final class OpenAiModule implements ProviderModule {

  private static final String KEY = "OPENAI_API_KEY";
  private static final String BEDROCK_KEY = "AWS_BEARER_TOKEN_BEDROCK";

  /** Regional, FIPS, dual stack and VPC hosts of Bedrock's endpoint in the format of OpenAI. */
  private static final Pattern BEDROCK =
      Pattern.compile(
          "(.+\\.)?bedrock-(runtime|mantle)(-fips)?\\.[a-z0-9-]+(\\.vpce)?"
              + "\\.(amazonaws\\.com(\\.cn)?|api\\.aws)",
          Pattern.CASE_INSENSITIVE);

  private final BearerTokens entra = EntraTokens.ofEnvironment();

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public String modelKey() {
    return "llm.openai.model";
  }

  @Override
  public Service service(Setup setup) {
    ConfigReader reader = setup.settings();
    URI baseUrl = setup.address("llm.openai.baseUrl");
    EntraIdentity identity = EntraIdentity.of(setup);
    KeyHeader header = keyHeader(reader, baseUrl);
    String variable = header == KeyHeader.API_KEY ? identity.keyVariable() : KEY;
    OpenAiSettings settings =
        new OpenAiSettings(
            baseUrl,
            reader.text("llm.openai.model").strip(),
            key(setup, baseUrl, variable),
            header,
            api(reader),
            reader.choice(
                "llm.openai.maxTokensField", List.of("max_tokens", "max_completion_tokens")),
            setup.client("llm.openai.plainHttp"));
    // Azure takes nobody without a key or a token; a token of Azure goes to its own hosts only.
    boolean token = settings.key().isEmpty() && KeyHeader.isAzure(baseUrl);
    return new Service(
        baseUrl,
        () -> {
          if (token) {
            identity.require(setup.machine(), "llm.openai.baseUrl = " + baseUrl, variable);
          }
          return client(token ? settings.withTokens(entra) : settings);
        });
  }

  /** A key of Bedrock goes to Bedrock's own hosts only, where it comes before one of OpenAI. */
  static Optional<Secret> key(Setup setup, URI baseUrl, String variable) {
    boolean bedrock = BEDROCK.matcher(ServiceAddress.host(baseUrl).orElse("")).matches();
    return (bedrock ? setup.key(BEDROCK_KEY) : Optional.<Secret>empty())
        .or(() -> setup.key(variable))
        .or(() -> setup.key(KEY));
  }

  private static KeyHeader keyHeader(ConfigReader reader, URI baseUrl) {
    return switch (reader.choice("llm.openai.keyHeader", List.of("auto", "bearer", "api-key"))) {
      case "bearer" -> KeyHeader.BEARER;
      case "api-key" -> KeyHeader.API_KEY;
      default -> KeyHeader.of(baseUrl);
    };
  }

  private static AnswerFormat api(ConfigReader reader) {
    return reader.choice("llm.openai.api", List.of("chat", "responses")).equals("responses")
        ? AnswerFormat.RESPONSES
        : AnswerFormat.CHAT;
  }

  private static LlmClient client(OpenAiSettings settings) {
    return new OpenAiClient(
        settings.model().isEmpty() ? settings.withModel(ModelDiscovery.of(settings)) : settings);
  }

  @Override
  public LlmClient simulated(Setup setup, SimulatedTarget endpoint) {
    return endpoint.client(
        new OpenAiSettings(
            endpoint.address().resolve("/v1"),
            "simulated",
            endpoint.key(),
            KeyHeader.BEARER,
            api(setup.settings()),
            "max_tokens",
            setup.client()),
        OpenAiClient::new,
        OpenAiClient::trusting);
  }
}
