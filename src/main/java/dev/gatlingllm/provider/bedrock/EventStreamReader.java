package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.Reading;
import java.nio.ByteBuffer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Takes the body of a streamed answer from the transport: stamps each buffer before anything else,
 * decodes it on the spot, and tells the exchange. Runs on the transport's event loop, never
 * concurrently; it asks for everything at once, since nothing is held back here.
 */
final class EventStreamReader implements Subscriber<ByteBuffer> {

  private final SdkExchange exchange;
  private final FrameReader events;
  private final FrameDecoder frames;
  private final SdkFailures failures;
  private Subscription subscription;

  EventStreamReader(SdkExchange exchange, SdkFailures failures) {
    this.exchange = exchange;
    this.failures = failures;
    this.events = exchange.reader(failures.secrets());
    this.frames = new FrameDecoder(events::read);
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer buffer) {
    if (Reading.isStopped()) {
      return;
    }
    if (buffer.hasRemaining() && !exchange.over()) {
      exchange.bytesCame();
      exchange.guard(() -> frames.feed(buffer));
    }
    if (exchange.over()) {
      // The answer is over for us before the body is: the connection must not carry the rest.
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable cause) {
    exchange.cut();
    exchange.failed(failures.of(cause, exchange));
  }

  @Override
  public void onComplete() {
    if (frames.midFrame()) {
      fail(Failure.Kind.BROKEN, "the stream ended within a frame");
    } else if (!events.stopped()) {
      fail(Failure.Kind.BROKEN, "the stream ended before the model stopped");
    } else {
      exchange.completed();
    }
  }

  private void fail(Failure.Kind kind, String message) {
    exchange.failed(new Failure(kind, exchange.status(), "", message));
  }
}
