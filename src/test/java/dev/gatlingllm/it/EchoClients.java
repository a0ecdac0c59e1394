package dev.gatlingllm.it;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.azure.AzureOpenAiClient;
import dev.gatlingllm.provider.azure.AzureOpenAiSettings;
import dev.gatlingllm.provider.bedrock.BedrockApiKey;
import dev.gatlingllm.provider.bedrock.BedrockClient;
import dev.gatlingllm.provider.bedrock.BedrockOptions;
import dev.gatlingllm.provider.bedrock.BedrockSettings;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The clients of all providers in one, so that one run calls them all: the region names it. */
final class EchoClients implements LlmClient {

  /** Bedrock twice: signed by what the credential chain finds, and with an API key. */
  static final List<String> PROVIDERS = List.of("openai", "azure", "bedrock", "bedrock-key");

  private final Map<String, LlmClient> clients;

  EchoClients(String server, LlmConfig config) {
    URI uri = URI.create(server);
    ClientSettings settings = ClientSettings.of(Duration.ofSeconds(10), 500, NanoClock.SYSTEM);
    clients =
        Map.of(
            "openai",
            new OpenAiClient(
                new OpenAiSettings(
                    uri.resolve("/v1"),
                    "m",
                    key("OPENAI_API_KEY"),
                    KeyHeader.BEARER,
                    AnswerFormat.CHAT,
                    "max_tokens",
                    settings)),
            "azure",
            new AzureOpenAiClient(
                new AzureOpenAiSettings(
                    uri, "d", "2024-10-21", key("AZURE_OPENAI_API_KEY"), "max_tokens", settings)),
            "bedrock",
            bedrock(uri, Optional.empty(), settings),
            "bedrock-key",
            bedrock(
                uri,
                Optional.of(new BedrockApiKey(System.getenv("BEARER_FOR_TEST_TOKEN"))),
                settings));
  }

  private static Optional<Secret> key(String variable) {
    return Optional.of(Secret.of(System.getenv(variable)));
  }

  private static LlmClient bedrock(URI uri, Optional<BedrockApiKey> key, ClientSettings settings) {
    return new BedrockClient(
        new BedrockSettings(
            "us-east-1",
            "m",
            Optional.of(uri),
            key,
            Optional.empty(),
            BedrockSettings.Protocol.HTTP1_1,
            BedrockOptions.CONVERSE,
            settings));
  }

  @Override
  public String provider() {
    return "all";
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    return clients.get(request.region()).start(request.withRegion(""), listener);
  }

  @Override
  public List<Executor> eventLoops() {
    return clients.values().stream().flatMap(client -> client.eventLoops().stream()).toList();
  }

  @Override
  public void close() {
    clients.values().forEach(LlmClient::close);
  }
}
