package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.config.SimulatorConfig;
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
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.simulator.SimulatedCall;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.simulator.SimulatorSettings;
import dev.gatlingllm.timing.CallTimeline;
import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measured minus true, on one clock: the simulated endpoint stamps what it does, and the client's
 * figures are held against that. 20 streams of 50 tok/s in chunks of three, 200 ms to the first.
 */
@Isolated("compares with the true times: nothing else may use the processors")
class TruthIT {

  /** What a busy machine passes too; {@code -Dtruth.limitMillis=1} is for a quiet one. */
  private static final double LIMIT_MILLIS = Integer.getInteger("truth.limitMillis", 20);

  private static final int ROUNDS = LIMIT_MILLIS > 1 ? 10 : 400;
  private static final int STREAMS = 20;
  private static final int TOKENS = 60;
  private static final CallLimits LIMITS =
      new CallLimits(30_000_000_000L, 30_000_000_000L, 30_000_000_000L, 60_000_000_000L);
  private static final SimulatorSettings FIXED_TIMINGS =
      SimulatorConfig.of(
          "ttft = 200 ms, prefillPerToken = 0 ms, tokensPerSecond = 50, tokensPerChunk = 3",
          "jitter = 0, capacity = 1000");

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "azure-openai", "openai", "bedrock"})
  void firstTokensAndInterChunkLatenciesAreMeasuredAsTheSimulatedEndpointSentThem(String provider)
      throws Exception {
    try (Simulator simulator = Simulator.start(FIXED_TIMINGS, NanoClock.SYSTEM);
        LlmClient client = client(provider, simulator)) {
      warmUp(provider);
      streams(client, 0);
      List<CallResult> results = streams(client, 5);

      List<Double> ttftErrors = new ArrayList<>();
      List<Double> gapErrors = new ArrayList<>();
      List<Double> rateErrors = new ArrayList<>();
      for (CallResult result : results) {
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.usage().output()).hasValue(TOKENS);
        SimulatedCall truth = simulator.call(result.head().requestId()).orElseThrow();
        compare(result.timeline(), truth, ttftErrors, gapErrors, rateErrors);
      }
      System.out.printf(
          Locale.ROOT,
          "%-12s measured - true, medians: TTFT %.3f ms, inter-chunk latency %.3f ms, tokens/s %.2f %% (%d of them)%n",
          provider,
          median(ttftErrors),
          median(gapErrors),
          100 * median(rateErrors),
          gapErrors.size());
      assertThat(median(ttftErrors)).isBetween(0.0, LIMIT_MILLIS);
      assertThat(median(gapErrors)).isBetween(0.0, LIMIT_MILLIS);
      assertThat(median(rateErrors)).isLessThan(0.01);
    }
  }

  private static void compare(
      CallTimeline measured,
      SimulatedCall truth,
      List<Double> ttftErrors,
      List<Double> gapErrors,
      List<Double> rateErrors) {
    long[] sent = truth.chunkNanos();
    assertThat(measured.chunks()).isEqualTo(sent.length).isEqualTo(TOKENS / 3);
    long measuredTtft = measured.firstOutput().getAsLong() - measured.start().getAsLong();
    ttftErrors.add((measuredTtft - (sent[0] - truth.receivedNanos())) / 1e6);
    long[] gaps = measured.interChunkNanos();
    for (int i = 0; i < gaps.length; i++) {
      gapErrors.add(Math.abs(gaps[i] - (sent[i + 1] - sent[i])) / 1e6);
    }
    double window = measured.lastOutput().getAsLong() - measured.firstOutput().getAsLong();
    double trueWindow = sent[sent.length - 1] - sent[0];
    rateErrors.add(Math.abs(trueWindow / window - 1));
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
  }

  private static void warmUp(String provider) throws InterruptedException {
    SimulatorSettings quick =
        SimulatorConfig.of("ttft = 1 ms, tokensPerSecond = 5000, capacity = 1000");
    try (Simulator simulator = Simulator.start(quick, NanoClock.SYSTEM);
        LlmClient client = client(provider, simulator)) {
      for (int round = 0; round < ROUNDS; round++) {
        streams(client, 0);
      }
    }
  }

  private static List<CallResult> streams(LlmClient client, long pauseMillis)
      throws InterruptedException {
    BlockingQueue<CallResult> ended = new LinkedBlockingQueue<>();
    for (int i = 0; i < STREAMS; i++) {
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
      LlmRequest request = LlmRequest.ofPrompt("Stream " + i).withMaxTokens(TOKENS);
      new LlmCall(
              client,
              request,
              NanoClock.SYSTEM.nanos(),
              LIMITS,
              RetryPolicy.NONE,
              (delay, task) -> () -> {},
              NanoClock.SYSTEM,
              ended::add)
          .start();
    }
    List<CallResult> results = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      CallResult result = ended.poll(60, TimeUnit.SECONDS);
      assertThat(result).as("result %d", i).isNotNull();
      results.add(result);
    }
    return results;
  }

  private static LlmClient client(String provider, Simulator simulator) {
    Duration connect = Duration.ofSeconds(10);
    return switch (provider) {
      case "anthropic" ->
          new AnthropicClient(
              new AnthropicSettings(
                  simulator.uri(),
                  "m",
                  "2023-06-01",
                  Optional.empty(),
                  Optional.empty(),
                  ClientSettings.of(connect, 100, NanoClock.SYSTEM)));
      case "azure-openai" ->
          new AzureOpenAiClient(
              new AzureOpenAiSettings(
                  simulator.uri(),
                  "gpt",
                  "2024-10-21",
                  Optional.empty(),
                  "max_tokens",
                  ClientSettings.of(connect, 100, NanoClock.SYSTEM)));
      case "openai" ->
          new OpenAiClient(
              new OpenAiSettings(
                  simulator.uri().resolve("/v1"),
                  "m",
                  Optional.empty(),
                  KeyHeader.BEARER,
                  AnswerFormat.CHAT,
                  "max_tokens",
                  ClientSettings.of(connect, 100, NanoClock.SYSTEM)));
      default ->
          new BedrockClient(
              new BedrockSettings(
                  "us-east-1",
                  "m",
                  Optional.of(simulator.uri()),
                  Optional.empty(),
                  Optional.of(new AccessKey("a", "b")),
                  BedrockSettings.Protocol.HTTP2,
                  BedrockOptions.CONVERSE,
                  ClientSettings.of(connect, 100, NanoClock.SYSTEM)));
    };
  }
}
