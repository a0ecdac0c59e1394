package dev.gatlingllm.bench;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.anthropic.AnthropicClient;
import dev.gatlingllm.provider.anthropic.AnthropicSettings;
import dev.gatlingllm.provider.azure.AzureOpenAiClient;
import dev.gatlingllm.provider.azure.AzureOpenAiSettings;
import dev.gatlingllm.provider.bedrock.AccessKey;
import dev.gatlingllm.provider.bedrock.BedrockClient;
import dev.gatlingllm.provider.bedrock.BedrockOptions;
import dev.gatlingllm.provider.bedrock.BedrockSettings;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The product's own path without Gatling: its client, its call, its timeline. */
final class OurPath implements StreamPath {

  private static final Duration CONNECT = Duration.ofSeconds(60);
  private static final int CONNECTIONS = 12_000;
  private static final long MINUTES = 60_000_000_000L;
  private static final CallLimits LIMITS =
      new CallLimits(5 * MINUTES, 5 * MINUTES, 5 * MINUTES, 30 * MINUTES);

  private final LlmClient client;

  OurPath(String provider, URI endpoint) {
    client = client(provider, endpoint);
  }

  @Override
  public void stream(String prompt, int tokens, Consumer<CallStamps> onEnd) {
    new LlmCall(
            client,
            LlmRequest.ofPrompt(prompt).withMaxTokens(tokens),
            NanoClock.SYSTEM.nanos(),
            LIMITS,
            RetryPolicy.NONE,
            (delay, task) -> () -> {},
            NanoClock.SYSTEM,
            result -> onEnd.accept(stamps(result)))
        .start();
  }

  private static CallStamps stamps(CallResult result) {
    var timeline = result.timeline();
    StampList stamps = new StampList(timeline.start().orElse(0), timeline.chunks());
    if (timeline.firstOutput().isPresent()) {
      long at = timeline.firstOutput().getAsLong();
      stamps.add(at);
      for (long gap : timeline.interChunkNanos()) {
        at += gap;
        stamps.add(at);
      }
    }
    return stamps.of(result.head().requestId());
  }

  @Override
  public void close() {
    client.close();
  }

  private static LlmClient client(String provider, URI endpoint) {
    return switch (provider) {
      case "azure-openai" ->
          new AzureOpenAiClient(
              new AzureOpenAiSettings(
                  endpoint,
                  "gpt",
                  "2024-10-21",
                  Optional.empty(),
                  "max_tokens",
                  ClientSettings.of(CONNECT, CONNECTIONS, NanoClock.SYSTEM)));
      case "openai" ->
          new OpenAiClient(
              new OpenAiSettings(
                  endpoint.resolve("/v1"),
                  "gpt",
                  Optional.empty(),
                  KeyHeader.BEARER,
                  AnswerFormat.CHAT,
                  "max_tokens",
                  ClientSettings.of(CONNECT, CONNECTIONS, NanoClock.SYSTEM)));
      case "anthropic" ->
          new AnthropicClient(
              new AnthropicSettings(
                  endpoint,
                  "claude",
                  "2023-06-01",
                  Optional.empty(),
                  Optional.empty(),
                  ClientSettings.of(CONNECT, CONNECTIONS, NanoClock.SYSTEM)));
      default ->
          new BedrockClient(
              new BedrockSettings(
                  "us-east-1",
                  "model",
                  Optional.of(endpoint),
                  Optional.empty(),
                  Optional.of(new AccessKey("simulated", "simulated")),
                  provider.equals("bedrock")
                      ? BedrockSettings.Protocol.HTTP2
                      : BedrockSettings.Protocol.HTTP1_1,
                  BedrockOptions.CONVERSE,
                  ClientSettings.of(CONNECT, CONNECTIONS, NanoClock.SYSTEM)));
    };
  }
}
