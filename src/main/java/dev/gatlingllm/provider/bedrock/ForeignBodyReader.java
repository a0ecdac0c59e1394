package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Reads the beginning of a successful answer to a streamed call that is no event stream, and ends
 * the call with what it is. Runs on the transport's event loop, never concurrently.
 */
final class ForeignBodyReader implements Subscriber<ByteBuffer> {

  private static final int MOST_BYTES = 64 * 1024;

  private final SdkExchange exchange;
  private final SdkFailures failures;
  private final SdkHttpResponse head;
  private final ByteArrayOutputStream begin = new ByteArrayOutputStream();
  private Subscription subscription;

  ForeignBodyReader(SdkExchange exchange, SdkFailures failures, SdkHttpResponse head) {
    this.exchange = exchange;
    this.failures = failures;
    this.head = head;
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer buffer) {
    exchange.bytesCame();
    byte[] bytes = new byte[Math.min(buffer.remaining(), MOST_BYTES - begin.size())];
    buffer.get(bytes);
    begin.writeBytes(bytes);
    if (begin.size() >= MOST_BYTES) {
      end();
      subscription.cancel();
    } else if (exchange.over()) {
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
    end();
  }

  private void end() {
    ForeignBody body = ForeignBody.of(head, begin.toByteArray());
    exchange.failed(failures.masked(body.error().map(this::refused).orElseGet(() -> other(body))));
  }

  private Failure refused(ForeignBody.Words words) {
    boolean throttled = words.code().toLowerCase(Locale.ROOT).contains("throttling");
    return new Failure(
        throttled ? Failure.Kind.THROTTLED : Failure.Kind.REJECTED,
        exchange.status(),
        words.code(),
        words.message());
  }

  private Failure other(ForeignBody body) {
    return new Failure(
        Failure.Kind.MALFORMED,
        exchange.status(),
        "",
        "the answer is not an event stream but " + body.described());
  }
}
