package dev.gatlingllm.provider.bedrock;

import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/**
 * Stands between the transport and the SDK for one response. The body of a successful event stream
 * is read here, and the SDK never hears of it: its own decoder of a call begins with a buffer of 2
 * MiB. Any other body goes to the SDK untouched.
 */
final class WatchedResponse implements SdkAsyncHttpResponseHandler {

  private final SdkAsyncHttpResponseHandler sdk;
  private final SdkExchange exchange;
  private final SdkFailures failures;
  private volatile boolean eventStream;

  WatchedResponse(SdkAsyncHttpResponseHandler sdk, SdkExchange exchange, SdkFailures failures) {
    this.sdk = sdk;
    this.exchange = exchange;
    this.failures = failures;
  }

  /** Whether the SDK waits for a body that it is not going to see. */
  boolean readsBody() {
    return eventStream;
  }

  @Override
  public void onHeaders(SdkHttpResponse response) {
    long nanos = exchange.now();
    eventStream =
        response.statusCode() == 200
            && response
                .firstMatchingHeader("content-type")
                .filter(type -> type.startsWith("application/vnd.amazon.eventstream"))
                .isPresent();
    exchange.head(nanos, ResponseHeads.of(response, exchange.region()));
    exchange.served(ServedCall.of(response::firstMatchingHeader));
    sdk.onHeaders(response);
  }

  @Override
  public void onStream(Publisher<ByteBuffer> body) {
    if (eventStream) {
      body.subscribe(new EventStreamReader(exchange, failures));
    } else {
      sdk.onStream(subscriber -> body.subscribe(new StampedBody(exchange, subscriber)));
    }
  }

  @Override
  public void onError(Throwable cause) {
    exchange.cut();
    sdk.onError(cause);
  }
}
