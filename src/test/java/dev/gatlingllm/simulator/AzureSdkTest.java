package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletionStreamOptions;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.ai.openai.models.CompletionsFinishReason;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulator read by the Azure SDK. */
class AzureSdkTest {

  private final Simulator simulator =
      Simulator.start(Settings.quick("apiKey = the-key"), NanoClock.SYSTEM);

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void theStreamIsReadInFull() {
    List<ChatCompletions> events =
        client("the-key")
            .getChatCompletionsStream(
                "gpt-4o", options(), new ChatCompletionStreamOptions().setIncludeUsage(true))
            .collectList()
            .block();

    assertThat(events).hasSize(9);
    assertThat(events.get(0).getChoices()).isEmpty();
    assertThat(events.get(0).getPromptFilterResults()).hasSize(1);
    assertThat(events.subList(2, 7))
        .allSatisfy(
            event -> assertThat(event.getChoices().get(0).getDelta().getContent()).startsWith(" "));
    assertThat(events.get(7).getChoices().get(0).getFinishReason())
        .isEqualTo(CompletionsFinishReason.TOKEN_LIMIT_REACHED);
    assertThat(events.get(8).getUsage().getPromptTokens()).isEqualTo(11);
    assertThat(events.get(8).getUsage().getCompletionTokens()).isEqualTo(5);
  }

  @Test
  void theAnswerInOnePieceIsRead() {
    ChatCompletions answer = client("the-key").getChatCompletions("gpt-4o", options()).block();

    assertThat(answer.getChoices().get(0).getMessage().getContent().trim().split(" ")).hasSize(5);
    assertThat(answer.getUsage().getTotalTokens()).isEqualTo(16);
  }

  @Test
  void aWrongKeyIsRefused() {
    assertThatThrownBy(() -> client("another").getChatCompletions("gpt-4o", options()).block())
        .isInstanceOfSatisfying(
            HttpResponseException.class,
            refused -> assertThat(refused.getResponse().getStatusCode()).isEqualTo(401));
  }

  private static ChatCompletionsOptions options() {
    return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("Hello, world!")))
        .setMaxTokens(5);
  }

  /** A key credential refuses plain HTTP, so the header is set by a policy. */
  private OpenAIAsyncClient client(String key) {
    return new OpenAIClientBuilder()
        .endpoint(simulator.uri().toString())
        .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
        .addPolicy(
            (context, next) -> {
              context.getHttpRequest().setHeader(HttpHeaderName.fromString("api-key"), key);
              return next.process();
            })
        .buildAsyncClient();
  }
}
