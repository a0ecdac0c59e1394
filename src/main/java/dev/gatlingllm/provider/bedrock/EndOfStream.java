package dev.gatlingllm.provider.bedrock;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * What the SDK sees of a body that is decoded before it: no bytes, and the same end at the same
 * time. An event stream without events is well-formed, so the SDK decodes nothing a second time and
 * completes its future as usual.
 *
 * <p>The SDK hears of the body when it is over, and not before: from then on its own decoder of the
 * call holds a buffer of 2 MiB, so that a thousand open streams would fill a heap of 2 GiB.
 */
final class EndOfStream implements Publisher<ByteBuffer> {

  private static final Subscription NOTHING_TO_ASK_FOR =
      new Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
      };

  private final Consumer<Publisher<ByteBuffer>> sdk;
  private final AtomicBoolean told = new AtomicBoolean();
  private Optional<Throwable> failure = Optional.empty();

  /**
   * A body that is not over yet.
   *
   * @param sdk takes the body, once
   */
  EndOfStream(Consumer<Publisher<ByteBuffer>> sdk) {
    this.sdk = sdk;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(NOTHING_TO_ASK_FOR);
    failure.ifPresentOrElse(subscriber::onError, subscriber::onComplete);
  }

  void completed() {
    tell(Optional.empty());
  }

  void failed(Throwable cause) {
    tell(Optional.of(cause));
  }

  private void tell(Optional<Throwable> newFailure) {
    if (told.compareAndSet(false, true)) {
      failure = newFailure;
      sdk.accept(this);
    }
  }
}
