package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.aws.BedrockHost;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** OpenAI, servers that speak its format, Azure's v1 path and Bedrock: {@code llm.openai}. */
final class OpenAiModule implements ProviderModule {

  private static final String KEY = "OPENAI_API_KEY";

  /**
   * Where Bedrock's mantle endpoint has the API for most models; others are below {@code
   * /openai/v1}, as their cards in AWS's user guide say.
   */
  private static final String MANTLE_PATH = "/v1";

  private final Callers callers = new Callers("llm.openai", MANTLE_PATH);

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
    URI baseUrl = callers.address(setup).orElseThrow(() -> setup.missing("llm.openai.baseUrl"));
    KeyHeader header = keyHeader(reader, baseUrl);
    // A token of Azure goes to its own hosts only, unless the settings ask for it.
    Callers.Caller caller =
        callers.caller(
            setup,
            new Callers.Place(
                baseUrl, KeyHeader.isAzure(baseUrl), keyVariables(setup, baseUrl, header)));
    OpenAiSettings settings =
        new OpenAiSettings(
            baseUrl,
            reader.text("llm.openai.model").strip(),
            caller.key(),
            header,
            caller.authorization(),
            api(reader),
            reader.choice(
                "llm.openai.maxTokensField", List.of("max_tokens", "max_completion_tokens")),
            setup.client("llm.openai.plainHttp"));
    return new Service(
        baseUrl,
        () -> {
          caller.check().run();
          return client(settings);
        });
  }

  /** A key of Bedrock goes to Bedrock's own hosts only, where it comes before one of OpenAI. */
  static List<String> keyVariables(Setup setup, URI baseUrl, KeyHeader header) {
    Stream<String> bedrock = BedrockHost.of(baseUrl).stream().map(unused -> AwsIdentity.KEY);
    Stream<String> azure =
        header == KeyHeader.API_KEY
            ? Stream.of(EntraIdentity.of(setup).keyVariable())
            : Stream.empty();
    return Stream.of(bedrock, azure, Stream.of(KEY)).flatMap(variables -> variables).toList();
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
