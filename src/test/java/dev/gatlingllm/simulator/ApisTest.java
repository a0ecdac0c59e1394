package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.bedrock.AccessKey;
import dev.gatlingllm.provider.bedrock.BedrockClient;
import dev.gatlingllm.provider.bedrock.BedrockOptions;
import dev.gatlingllm.provider.bedrock.BedrockSettings;
import dev.gatlingllm.provider.bedrock.body.AnswerPart;
import dev.gatlingllm.provider.bedrock.body.BodyFormat;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.chat.RecordingListener;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every API of the simulator, read by the clients of the product. */
class ApisTest {

  private static final LlmRequest HELLO = LlmRequest.ofPrompt("Hello, world!").withMaxTokens(5);
  private static final ClientSettings CLIENT =
      ClientSettings.of(Duration.ofSeconds(30), 10, NanoClock.SYSTEM);

  private final Simulator simulator =
      Simulator.start(
          Settings.quick("reasoningTokens = 2, cachedFraction = 0.5"), NanoClock.SYSTEM);

  @AfterEach
  void stop() {
    simulator.close();
  }

  private LlmClient client(String api) {
    return switch (api) {
      case "chat", "responses" ->
          new OpenAiClient(
              new OpenAiSettings(
                  simulator.uri().resolve("/v1"),
                  "m",
                  Optional.empty(),
                  KeyHeader.BEARER,
                  api.equals("chat") ? AnswerFormat.CHAT : AnswerFormat.RESPONSES,
                  "max_tokens",
                  CLIENT));
      case "converse" -> bedrock(BedrockOptions.CONVERSE);
      case "custom" ->
          bedrock(
              new BedrockOptions(
                  Optional.of(
                      BodyFormat.custom(
                          Map.of("messages", "#{messages}", "max_tokens", "#{maxTokens}"),
                          Map.of(
                              AnswerPart.TEXT,
                              "choices[0].delta.content || choices[0].message.content",
                              AnswerPart.REASONING,
                              "choices[0].delta.reasoning_content"
                                  + " || choices[0].message.reasoning_content",
                              AnswerPart.STOP_REASON,
                              "choices[0].finish_reason"))),
                  "",
                  "",
                  ""));
      default -> bedrock(new BedrockOptions(Optional.of(BodyFormat.named(api)), "", "", ""));
    };
  }

  private BedrockClient bedrock(BedrockOptions options) {
    return new BedrockClient(
        new BedrockSettings(
            "us-east-1",
            "m",
            Optional.of(simulator.uri()),
            Optional.empty(),
            Optional.of(new AccessKey("a", "b")),
            BedrockSettings.Protocol.HTTP1_1,
            options,
            CLIENT));
  }

  private RecordingListener run(String api, LlmRequest request) throws Exception {
    RecordingListener listener = new RecordingListener();
    try (LlmClient client = client(api)) {
      client.start(request, listener);
      listener.awaitEnd();
    }
    assertThat(listener.breaches()).isEmpty();
    return listener;
  }

  @ParameterizedTest
  @CsvSource({
    "responses, 5, max_output_tokens, 2",
    "anthropic, 5, max_tokens, 2",
    "llama, 5, length, 0",
    "nova, 5, max_tokens, 2",
    "titan, 5, LENGTH, 0",
    "custom, 5, length, 2"
  })
  void aStreamIsReadInFull(String api, int outputs, String finish, int reasoning) throws Exception {
    RecordingListener listener = run(api, HELLO);

    assertThat(listener.outputs()).hasSize(outputs);
    assertThat(listener.events())
        .filteredOn(event -> event.startsWith("REASONING"))
        .hasSize(reasoning);
    assertThat(listener.events()).contains("finish " + finish).endsWith("completed");
    TokenUsage usage = listener.usages().get(listener.usages().size() - 1);
    assertThat(usage.output()).hasValue(5);
    assertThat(simulator.calls().get(0).inputTokens()).hasValue((int) usage.input().getAsLong());
    assertThat(simulator.call(listener.head().requestId()).orElseThrow().chunkNanos()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"responses", "anthropic", "llama", "nova", "titan", "custom"})
  void anAnswerInOnePieceIsRead(String api) throws Exception {
    RecordingListener listener = run(api, HELLO.withStreaming(false));

    assertThat(listener.outputs()).isNotEmpty();
    assertThat(listener.events()).endsWith("completed");
    TokenUsage usage = listener.usages().get(listener.usages().size() - 1);
    assertThat(usage.output()).hasValue(5);
    assertThat(simulator.calls().get(0).inputTokens()).hasValue((int) usage.input().getAsLong());
  }

  @ParameterizedTest
  @CsvSource({
    "responses, content_filter",
    "anthropic, refusal",
    "llama, guardrail_intervened",
    "nova, content_filtered",
    "titan, CONTENT_FILTERED",
    "custom, content_filter"
  })
  void theContentFilterHasItsWord(String api, String finish) throws Exception {
    simulator.injectNext(Fault.FILTERED);

    assertThat(run(api, HELLO.withMaxTokens(50)).events()).contains("finish " + finish);
  }

  @ParameterizedTest
  @ValueSource(strings = {"responses", "anthropic", "llama", "nova", "titan", "custom"})
  void everyFaultIsSeenAsWhatItIs(String api) throws Exception {
    assertThat(failure(api, Fault.THROTTLE).kind()).isEqualTo(Failure.Kind.THROTTLED);
    assertThat(failure(api, Fault.REJECT).status()).isEqualTo(400);
    assertThat(failure(api, Fault.SERVER_ERROR).status()).isEqualTo(500);
    assertThat(failure(api, Fault.UNAVAILABLE).status()).isEqualTo(503);
    assertThat(failure(api, Fault.ERROR_EVENT).kind()).isEqualTo(Failure.Kind.BROKEN);
    assertThat(failure(api, Fault.MALFORMED).kind()).isEqualTo(Failure.Kind.MALFORMED);
    assertThat(failure(api, Fault.CUT).kind()).isEqualTo(Failure.Kind.BROKEN);
  }

  private Failure failure(String api, Fault fault) throws Exception {
    simulator.injectNext(fault);
    RecordingListener listener = run(api, HELLO.withMaxTokens(50));
    assertThat(listener.head().requestId()).as("request id of %s", fault).isNotEmpty();
    return listener.failure();
  }

  @ParameterizedTest
  @ValueSource(strings = {"responses", "anthropic", "llama", "nova", "titan", "custom"})
  void countsThatAreNotSentAreNotTold(String api) throws Exception {
    simulator.injectNext(Fault.NO_USAGE);

    assertThat(run(api, HELLO).usages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void severalAnswersAreCountedTogether(boolean streaming) throws Exception {
    RecordingListener listener =
        run("chat", HELLO.with(Parameter.CHOICES, 3).withStreaming(streaming));

    TokenUsage usage = listener.usages().get(0);
    assertThat(usage.output()).hasValue(15);
    assertThat(listener.events()).endsWith("completed");
    if (streaming) {
      assertThat(listener.outputs()).hasSize(15);
      assertThat(simulator.calls().get(0).chunkNanos()).hasSize(15).isSorted();
    }
  }

  @Test
  void modelsAreListed() throws Exception {
    try (OpenAiClient client = (OpenAiClient) client("chat")) {
      assertThat(client.models().get()).isEqualTo(List.of("simulated"));
    }
  }
}
