package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** The simulator read by the AWS SDK, over HTTP/1.1 and over HTTP/2 with prior knowledge. */
class AwsSdkTest {

  private static final String MODEL = "anthropic.claude-3-haiku-20240307-v1:0";

  /** Shared, because each one takes seconds to close. */
  private static final SdkEventLoopGroup LOOPS =
      SdkEventLoopGroup.builder().numberOfThreads(2).build();

  private final Simulator simulator =
      Simulator.start(Settings.quick("reasoningTokens = 2"), NanoClock.SYSTEM);

  @AfterAll
  static void stopLoops() {
    LOOPS.eventLoopGroup().shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP1_1", "HTTP2"})
  void theStreamIsReadInFull(Protocol protocol) {
    try (BedrockRuntimeAsyncClient client = client(protocol)) {
      List<ConverseStreamOutput> events = stream(client, 5).join();

      assertThat(texts(events)).hasSize(3).allMatch(text -> text.startsWith(" "));
      assertThat(events).filteredOn(event -> reasoning(event) != null).hasSize(2);
      ConverseStreamMetadataEvent metadata =
          (ConverseStreamMetadataEvent) events.get(events.size() - 1);
      assertThat(metadata.usage().inputTokens()).isEqualTo(11);
      assertThat(metadata.usage().outputTokens()).isEqualTo(5);
      assertThat(metadata.metrics().latencyMs()).isNotNegative();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP1_1", "HTTP2"})
  void theAnswerInOnePieceIsRead(Protocol protocol) {
    try (BedrockRuntimeAsyncClient client = client(protocol)) {
      ConverseResponse answer =
          client
              .converse(
                  request ->
                      request
                          .modelId(MODEL)
                          .messages(message())
                          .inferenceConfig(config -> config.maxTokens(5)))
              .join();

      assertThat(answer.stopReason()).isEqualTo(StopReason.MAX_TOKENS);
      assertThat(answer.usage().totalTokens()).isEqualTo(16);
      assertThat(answer.output().message().content().get(0).reasoningContent().reasoningText())
          .isNotNull();
      assertThat(answer.output().message().content().get(1).text().trim().split(" ")).hasSize(3);
      assertThat(simulator.call(answer.responseMetadata().requestId())).isPresent();
    }
  }

  @Test
  void aHundredStreamsShareHttp2Connections() {
    try (BedrockRuntimeAsyncClient client = client(Protocol.HTTP2)) {
      List<CompletableFuture<List<ConverseStreamOutput>>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        answers.add(stream(client, 30));
      }

      for (CompletableFuture<List<ConverseStreamOutput>> answer : answers) {
        assertThat(texts(answer.join())).hasSize(28);
      }
      assertThat(simulator.completed()).isEqualTo(100);
      assertThat(simulator.calls())
          .allSatisfy(call -> assertThat(call.chunkNanos()).hasSize(30).isSorted());
    }
  }

  @Test
  void aPromptLargerThanEveryWindowOfHttp2ComesIn() {
    try (BedrockRuntimeAsyncClient client = client(Protocol.HTTP2)) {
      ConverseResponse answer =
          client
              .converse(
                  request ->
                      request
                          .modelId(MODEL)
                          .messages(
                              Message.builder()
                                  .role(ConversationRole.USER)
                                  .content(ContentBlock.fromText("word ".repeat(400_000)))
                                  .build())
                          .inferenceConfig(config -> config.maxTokens(5)))
              .join();

      assertThat(answer.usage().inputTokens()).isGreaterThanOrEqualTo(400_000);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP1_1", "HTTP2"})
  void aCallThatTheClientGivesUpIsAbandoned(Protocol protocol) {
    try (BedrockRuntimeAsyncClient client = client(protocol)) {
      simulator.injectNext(Fault.HANG);
      CompletableFuture<Void> call = start(client, 5, new ArrayList<>());
      Until.holds(() -> simulator.calls().size() == 1);

      call.cancel(true);

      Until.holds(() -> simulator.inFlight() == 0);
    }
  }

  @Test
  void aResetEndsOneStreamOfAnHttp2ConnectionAndACutEndsThemAll() {
    try (BedrockRuntimeAsyncClient client = client(Protocol.HTTP2)) {
      simulator.injectNext(Fault.STALL);
      CompletableFuture<List<ConverseStreamOutput>> stalled = stream(client, 5);
      Until.holds(() -> simulator.calls().size() == 1);

      simulator.injectNext(Fault.RESET);
      assertThat(stream(client, 5).join())
          .as("the SDK takes a stream that was reset for one that is complete")
          .hasSize(3)
          .noneMatch(ConverseStreamMetadataEvent.class::isInstance);
      assertThat(texts(stream(client, 5).join())).hasSize(3);
      assertThat(stalled).isNotDone();

      simulator.injectNext(Fault.CUT);
      assertThatThrownBy(stream(client, 5)::join).isInstanceOf(CompletionException.class);
      assertThatThrownBy(stalled::join).isInstanceOf(CompletionException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP1_1", "HTTP2"})
  void errorsAreReadAsTheSdksExceptions(Protocol protocol) {
    try (BedrockRuntimeAsyncClient client = client(protocol)) {
      simulator.injectNext(Fault.THROTTLE, Fault.ERROR_EVENT, Fault.MALFORMED);

      assertThatThrownBy(stream(client, 5)::join).hasCauseInstanceOf(ThrottlingException.class);
      assertThatThrownBy(stream(client, 5)::join)
          .hasCauseInstanceOf(ModelStreamErrorException.class);
      assertThatThrownBy(stream(client, 5)::join).isInstanceOf(CompletionException.class);
    }
  }

  @Test
  void aCutHttp1ConnectionIsTakenForACompleteAnswerByTheSdk() {
    try (BedrockRuntimeAsyncClient client = client(Protocol.HTTP1_1)) {
      simulator.injectNext(Fault.CUT, Fault.RESET);

      assertThat(stream(client, 5).join())
          .hasSize(3)
          .noneMatch(ConverseStreamMetadataEvent.class::isInstance);
      assertThatThrownBy(stream(client, 5)::join).isInstanceOf(CompletionException.class);
    }
  }

  @Test
  void anAnswerWithoutItsLastEventEndsInOrder() {
    try (BedrockRuntimeAsyncClient client = client(Protocol.HTTP1_1)) {
      simulator.injectNext(Fault.NO_DONE, Fault.NO_USAGE, Fault.EMPTY);

      assertThat(stream(client, 5).join()).noneMatch(ConverseStreamMetadataEvent.class::isInstance);
      List<ConverseStreamOutput> withoutUsage = stream(client, 5).join();
      assertThat(withoutUsage).last().isInstanceOf(ConverseStreamMetadataEvent.class);
      assertThat(((ConverseStreamMetadataEvent) withoutUsage.get(withoutUsage.size() - 1)).usage())
          .isNull();
      assertThat(texts(stream(client, 5).join())).isEmpty();
    }
  }

  private static List<String> texts(List<ConverseStreamOutput> events) {
    List<String> texts = new ArrayList<>();
    ConverseStreamResponseHandler.Visitor visitor =
        ConverseStreamResponseHandler.Visitor.builder()
            .onContentBlockDelta(
                event -> {
                  if (event.delta().text() != null) {
                    texts.add(event.delta().text());
                  }
                })
            .build();
    events.forEach(event -> event.accept(visitor));
    return texts;
  }

  private static String reasoning(ConverseStreamOutput event) {
    List<String> found = new ArrayList<>();
    event.accept(
        ConverseStreamResponseHandler.Visitor.builder()
            .onContentBlockDelta(
                delta -> {
                  if (delta.delta().reasoningContent() != null) {
                    found.add(delta.delta().reasoningContent().text());
                  }
                })
            .build());
    return found.isEmpty() ? null : found.get(0);
  }

  private static CompletableFuture<List<ConverseStreamOutput>> stream(
      BedrockRuntimeAsyncClient client, int maxTokens) {
    List<ConverseStreamOutput> events = new ArrayList<>();
    return start(client, maxTokens, events).thenApply(unused -> events);
  }

  private static CompletableFuture<Void> start(
      BedrockRuntimeAsyncClient client, int maxTokens, List<ConverseStreamOutput> events) {
    return client.converseStream(
        request ->
            request
                .modelId(MODEL)
                .messages(message())
                .inferenceConfig(config -> config.maxTokens(maxTokens)),
        ConverseStreamResponseHandler.builder().subscriber(events::add).build());
  }

  private static Message message() {
    return Message.builder()
        .role(ConversationRole.USER)
        .content(ContentBlock.fromText("Hello, world!"))
        .build();
  }

  private BedrockRuntimeAsyncClient client(Protocol protocol) {
    return BedrockRuntimeAsyncClient.builder()
        .endpointOverride(simulator.uri())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
        .overrideConfiguration(
            configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .httpClientBuilder(
            NettyNioAsyncHttpClient.builder()
                .protocol(protocol)
                .eventLoopGroup(LOOPS)
                .maxConcurrency(200)
                .connectionAcquisitionTimeout(Duration.ofMinutes(1)))
        .build();
  }
}
