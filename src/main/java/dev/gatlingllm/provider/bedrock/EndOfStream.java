package dev.gatlingllm.provider.bedrock;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * What the SDK sees of a body that is decoded before it: no bytes, and the same end at the same
 * time. An event stream without events is well-formed, so the SDK decodes nothing a second time and
 * completes its future as usual.
 */
final class EndOfStream implements Publisher<ByteBuffer> {

  private static final Subscription NOTHING_TO_ASK_FOR =
      new Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
      };

  private final CompletableFuture<Void> end = new CompletableFuture<>();

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(NOTHING_TO_ASK_FOR);
    CompletableFuture<Void> unused =
        end.whenComplete(
            (nothing, cause) -> {
              if (cause == null) {
                subscriber.onComplete();
              } else {
                subscriber.onError(cause);
              }
            });
  }

  void completed() {
    end.complete(null);
  }

  void failed(Throwable cause) {
    end.completeExceptionally(cause);
  }
}
