package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.Failure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.SdkInternalExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpExecutionAttributes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;

/** One call from its start to its end, whichever way it takes. */
final class BedrockCall implements CallHandle {

  private final SdkExchange exchange;
  private final SdkFailures failures;
  private final AtomicReference<CompletableFuture<?>> inFlight = new AtomicReference<>();

  BedrockCall(SdkExchange exchange, SdkFailures failures) {
    this.exchange = exchange;
    this.failures = failures;
  }

  /** Sends the call, unless it was given up before. */
  void send(SdkRequest request, BedrockRuntimeAsyncClient sdk, Optional<AwsCredentials> signer) {
    if (exchange.over()) {
      return;
    }
    try {
      follow(request.send(sdk, override(signer), exchange));
    } catch (Throwable crash) {
      failed(crash);
    }
  }

  void failed(Throwable thrown) {
    exchange.failed(failures.of(thrown, exchange));
  }

  /**
   * Ends the call before it was sent.
   *
   * @param reason why there are no credentials
   */
  void failedWithoutCredentials(String reason) {
    exchange.failed(
        new Failure(Failure.Kind.REJECTED, 0, "credentials", failures.secrets().mask(reason)));
  }

  @Override
  public void cancel() {
    exchange.cancel();
    CompletableFuture<?> future = inFlight.get();
    if (future != null) {
      future.cancel(true);
    }
  }

  private <T> void follow(SdkRequest.Sent<T> sent) {
    CompletableFuture<T> answer = sent.answer();
    inFlight.set(answer);
    CompletableFuture<T> unused =
        answer.whenComplete(
            (value, thrown) -> {
              if (thrown == null) {
                exchange.guard(() -> sent.onAnswer().accept(value));
              } else if (!exchange.over()) {
                failed(thrown);
              }
            });
    exchange.whenBodyIsRead(() -> answer.cancel(true));
    if (exchange.over()) {
      answer.cancel(true);
    }
  }

  /**
   * The exchange rides to the HTTP client in the attributes that the SDK hands to it with the
   * request. The key that fills them is annotated as internal, but it is how the SDK's own modules
   * do it, and the alternatives are worse: a header would have to be taken out again after it was
   * signed, and no interceptor sees the response's publisher.
   */
  private AwsRequestOverrideConfiguration override(Optional<AwsCredentials> signer) {
    AwsRequestOverrideConfiguration.Builder override =
        AwsRequestOverrideConfiguration.builder()
            .putExecutionAttribute(
                SdkInternalExecutionAttribute.SDK_HTTP_EXECUTION_ATTRIBUTES,
                SdkHttpExecutionAttributes.builder().put(SdkExchange.KEY, exchange).build());
    signer.map(StaticCredentialsProvider::create).ifPresent(override::credentialsProvider);
    return override.build();
  }
}
