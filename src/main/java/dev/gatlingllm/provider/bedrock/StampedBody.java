package dev.gatlingllm.provider.bedrock;

import java.nio.ByteBuffer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Passes a body on to the SDK as it is and notes when its bytes came. */
record StampedBody(SdkExchange exchange, Subscriber<? super ByteBuffer> sdk)
    implements Subscriber<ByteBuffer> {

  @Override
  public void onSubscribe(Subscription subscription) {
    sdk.onSubscribe(subscription);
  }

  @Override
  public void onNext(ByteBuffer buffer) {
    exchange.bytesCame();
    sdk.onNext(buffer);
  }

  @Override
  public void onError(Throwable cause) {
    exchange.cut();
    sdk.onError(cause);
  }

  @Override
  public void onComplete() {
    sdk.onComplete();
  }
}
