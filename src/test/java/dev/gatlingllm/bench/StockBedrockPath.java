package dev.gatlingllm.bench;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** The loop of the SDK's own documentation: a visitor of model objects, stamped as they come. */
final class StockBedrockPath implements StreamPath {

  private final BedrockRuntimeAsyncClient sdk;

  StockBedrockPath(URI endpoint) {
    sdk =
        BedrockRuntimeAsyncClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(endpoint)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("simulated", "simulated")))
            .httpClientBuilder(
                NettyNioAsyncHttpClient.builder()
                    .maxConcurrency(12_000)
                    .maxPendingConnectionAcquires(12_000)
                    .connectionAcquisitionTimeout(Duration.ofMinutes(5))
                    .protocolNegotiation(
                        software.amazon.awssdk.http.ProtocolNegotiation.ASSUME_PROTOCOL)
                    .readTimeout(Duration.ofMinutes(10)))
            .build();
  }

  @Override
  public void stream(String prompt, int tokens, Consumer<CallStamps> onEnd) {
    StampList stamps = new StampList(System.nanoTime(), tokens);
    AtomicReference<String> id = new AtomicReference<>("");
    ConverseStreamResponseHandler handler =
        ConverseStreamResponseHandler.builder()
            .onResponse(response -> id.set(response.responseMetadata().requestId()))
            .subscriber(
                ConverseStreamResponseHandler.Visitor.builder()
                    .onContentBlockDelta(
                        event -> {
                          long nanos = System.nanoTime();
                          if (event.delta().text() != null && !event.delta().text().isEmpty()) {
                            stamps.add(nanos);
                          }
                        })
                    .build())
            .build();
    var unused =
        sdk.converseStream(
                request ->
                    request
                        .modelId("model")
                        .messages(
                            Message.builder()
                                .role(ConversationRole.USER)
                                .content(ContentBlock.fromText(prompt))
                                .build())
                        .inferenceConfig(config -> config.maxTokens(tokens)),
                handler)
            .whenComplete((nothing, failure) -> onEnd.accept(stamps.of(id.get())));
  }

  @Override
  public void close() {
    sdk.close();
  }
}
