package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.timing.NanoClock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BedrockCallTest {

  private final RecordingListener listener = new RecordingListener();
  private final SdkExchange exchange = new SdkExchange(listener, NanoClock.SYSTEM, "us-east-1");
  private final BedrockCall call = new BedrockCall(exchange, new SdkFailures(new Secrets()));
  private final CompletableFuture<Void> answerOfSdk = new CompletableFuture<>();

  @Test
  void endsTheFutureOfTheSdkOnceTheTransportIsDoneWithABodyThatTheSdkNeverSees() {
    send();
    exchange.completed();
    assertThat(answerOfSdk).isNotDone();

    exchange.bodyIsRead();
    assertThat(answerOfSdk).isCancelled();
    assertThat(listener.events()).containsExactly("completed");
  }

  @Test
  void endsTheFutureOfTheSdkIfTheAnswerIsReadBeforeTheSdkHasReturnedIt() {
    exchange.bodyIsRead();
    send();

    assertThat(answerOfSdk).isCancelled();
  }

  @Test
  void aWholeAnswerThatCannotBeReadEndsTheCallAsCrashed() {
    answerOfSdk.complete(null);
    send(
        (sdk, override, sent) ->
            new SdkRequest.Sent<>(
                answerOfSdk,
                nothing -> {
                  throw new NoClassDefFoundError("WholeAnswer");
                }));

    assertThat(listener.failure().kind()).isEqualTo(Failure.Kind.CRASHED);
  }

  private void send() {
    send((sdk, override, sent) -> SdkRequest.Sent.stream(answerOfSdk, sent));
  }

  private void send(SdkRequest request) {
    call.send(request, null, Optional.empty());
  }
}
