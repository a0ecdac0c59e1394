package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.RequestHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;

/** A request in the SDK's terms. */
interface SdkRequest {

  /** Sends it. */
  Sent<?> send(
      BedrockRuntimeAsyncClient sdk,
      AwsRequestOverrideConfiguration override,
      SdkExchange exchange);

  /** The same with further headers, which are signed with the rest. */
  default SdkRequest with(RequestHeaders headers) {
    return headers.values().isEmpty()
        ? this
        : (sdk, override, exchange) -> {
          AwsRequestOverrideConfiguration.Builder more = override.toBuilder();
          headers.values().forEach(more::putHeader);
          return send(sdk, more.build(), exchange);
        };
  }

  /**
   * What was sent.
   *
   * @param answer ends with the SDK's answer; cancelling it gives the call up
   * @param onAnswer tells the answer
   */
  record Sent<T>(CompletableFuture<T> answer, Consumer<T> onAnswer) {

    /** An event stream has been read to its end when the future completes; nothing else has. */
    static Sent<Void> stream(CompletableFuture<Void> answer, SdkExchange exchange) {
      return new Sent<>(
          answer,
          nothing ->
              exchange.failed(
                  new Failure(
                      Failure.Kind.MALFORMED,
                      exchange.status(),
                      "",
                      "the answer is not an event stream")));
    }
  }

  /** Asks for events that never come, as the SDK's future ends only for a subscriber. */
  final class WaitForTheEnd<T> implements Subscriber<T> {

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T event) {}

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onComplete() {}
  }
}
