package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.bedrock.BedrockSettings.Protocol;
import dev.gatlingllm.timing.NanoClock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.SdkInternalExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpExecutionAttributes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/** What the SDK makes of a stream that was read before it. */
class StampingHttpClientTest {

  private final List<String> seenBySdk = new CopyOnWriteArrayList<>();
  private final ConverseStreamResponseHandler handler =
      ConverseStreamResponseHandler.builder()
          .onResponse(response -> seenBySdk.add("response"))
          .onError(error -> seenBySdk.add("error"))
          .onComplete(() -> seenBySdk.add("complete"))
          .subscriber(event -> seenBySdk.add("event"))
          .build();

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void theSdkWhoseDecoderTakesTwoMebibytesNeverHearsOfTheBody(Protocol protocol) throws Exception {
    RecordingListener listener = new RecordingListener();
    SdkExchange exchange = new SdkExchange(listener, NanoClock.SYSTEM, "us-east-1");
    CompletableFuture<Void> bodyRead = new CompletableFuture<>();
    exchange.whenBodyIsRead(() -> bodyRead.complete(null));
    try (StubBedrock stub = new StubBedrock(protocol);
        Transport transport = new Transport(Settings.to(stub, protocol));
        BedrockRuntimeAsyncClient sdk = sdk(Settings.to(stub, protocol), transport)) {
      CompletableFuture<Void> answer = sdk.converseStream(requestOf(exchange), handler);
      StubCall call = stub.take().stream().bytes(Frames.text("Hello"));
      listener.nextOutput();
      assertThat(bodyRead).isNotDone();
      call.bytes(Frames.stop("end_turn")).bytes(Frames.usage(1, 1)).end();

      assertThat(bodyRead.get(60, TimeUnit.SECONDS)).isNull();
      assertThat(answer).isNotDone();
      assertThat(seenBySdk).containsExactly("response");
      assertThat(listener.events())
          .containsExactly("head:200", "CONTENT:Hello", "finish:end_turn", "usage", "completed");
    }
  }

  @Test
  void refusesARequestThatBelongsToNoCall() throws Exception {
    try (StubBedrock stub = new StubBedrock(Protocol.HTTP2);
        Transport transport = new Transport(Settings.to(stub, Protocol.HTTP2));
        BedrockRuntimeAsyncClient sdk = sdk(Settings.to(stub, Protocol.HTTP2), transport)) {
      ConverseStreamRequest stray = ConverseStreamRequest.builder().modelId("m").build();
      CompletableFuture<Void> answer = sdk.converseStream(stray, handler);

      assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS))
          .hasRootCauseMessage("the SDK sent a request that belongs to no call");
      assertThat(stub.requests()).isZero();
    }
  }

  private static ConverseStreamRequest requestOf(SdkExchange exchange) {
    return ConverseCall.of(LlmRequest.ofPrompt("Hi"), "m", BedrockOptions.CONVERSE)
        .streamed(
            AwsRequestOverrideConfiguration.builder()
                .putExecutionAttribute(
                    SdkInternalExecutionAttribute.SDK_HTTP_EXECUTION_ATTRIBUTES,
                    SdkHttpExecutionAttributes.builder().put(SdkExchange.KEY, exchange).build())
                .build());
  }

  private static BedrockRuntimeAsyncClient sdk(BedrockSettings settings, Transport transport) {
    StampingHttpClient httpClient =
        new StampingHttpClient(transport, new SdkFailures(new Secrets()));
    return RegionClient.of("us-east-1", settings, httpClient).sdk();
  }
}
