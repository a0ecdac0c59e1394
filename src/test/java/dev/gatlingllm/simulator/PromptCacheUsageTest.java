package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.bedrock.AccessKey;
import dev.gatlingllm.provider.bedrock.BedrockClient;
import dev.gatlingllm.provider.bedrock.BedrockOptions;
import dev.gatlingllm.provider.bedrock.BedrockSettings;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.chat.RecordingListener;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same prompt twice: what the clients of the product make of the services' accounting. */
class PromptCacheUsageTest {

  private static final ClientSettings CLIENT =
      ClientSettings.of(Duration.ofSeconds(30), 10, NanoClock.SYSTEM);
  private static final Message SYSTEM = Message.system("word ".repeat(400).strip());

  private final Simulator simulator =
      Simulator.start(
          Settings.quick("recordedCalls = 10, cacheTtl = 5 min, cacheMinTokens = 256"),
          NanoClock.SYSTEM);

  @AfterEach
  void stop() {
    simulator.close();
  }

  private LlmClient client(String api) {
    return api.equals("converse")
        ? new BedrockClient(
            new BedrockSettings(
                "us-east-1",
                "m",
                Optional.of(simulator.uri()),
                Optional.empty(),
                Optional.of(new AccessKey("a", "b")),
                BedrockSettings.Protocol.HTTP1_1,
                BedrockOptions.CONVERSE,
                CLIENT))
        : new OpenAiClient(
            new OpenAiSettings(
                simulator.uri().resolve("/v1"),
                "m",
                Optional.empty(),
                KeyHeader.BEARER,
                api.equals("chat") ? AnswerFormat.CHAT : AnswerFormat.RESPONSES,
                "max_tokens",
                CLIENT));
  }

  private TokenUsage usage(LlmClient client) throws Exception {
    // OpenAI's services cache by themselves and take no cache points.
    CachePoint point = client instanceof BedrockClient ? CachePoint.DEFAULT : CachePoint.NONE;
    RecordingListener listener = new RecordingListener();
    client.start(
        LlmRequest.ofMessages(List.of(SYSTEM.with(point), Message.user("one"))).withMaxTokens(1),
        listener);
    listener.awaitEnd();
    assertThat(listener.events()).endsWith("completed");
    return listener.usages().get(listener.usages().size() - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "responses", "converse"})
  void inputTokensAreAllOfThemWhetherOrNotTheServiceCountsCachedOnesApart(String api)
      throws Exception {
    try (LlmClient client = client(api)) {
      TokenUsage cold = usage(client);
      TokenUsage warm = usage(client);
      int sent = simulator.calls().get(0).inputTokens().orElseThrow();
      assertThat(cold.input()).hasValue(sent);
      assertThat(warm.input()).hasValue(sent);
      assertThat(cold.cachedInput()).hasValue(0);
      assertThat(warm.cachedInput().getAsLong()).isBetween(384L, sent - 1L);
    }
  }

  @Test
  void converseTellsWhatItWritesAndChatCompletionsSayNothingOfIt() throws Exception {
    try (LlmClient converse = client("converse");
        LlmClient chat = client("chat")) {
      TokenUsage cold = usage(converse);
      TokenUsage warm = usage(converse);
      assertThat(cold.cacheWrite()).isEqualTo(warm.cachedInput());
      assertThat(warm.cacheWrite()).hasValue(0);
      assertThat(usage(chat).cacheWrite()).isEmpty();
    }
  }
}
