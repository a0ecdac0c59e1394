package dev.gatlingllm.provider.bedrock;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/**
 * Stands between the transport and the SDK for one response. The body of a successful event stream
 * is read here, and the SDK never hears of it: its own decoder of a call begins with a buffer of 2
 * MiB. So is one that should be an event stream and is none, of which the SDK would only say that
 * it cannot read it. Any other body goes to the SDK untouched.
 */
final class WatchedResponse implements SdkAsyncHttpResponseHandler {

  private final SdkAsyncHttpResponseHandler sdk;
  private final SdkExchange exchange;
  private final SdkFailures failures;
  private volatile boolean eventStream;

  /** The head of a successful answer that should be an event stream and is none. */
  private volatile Optional<SdkHttpResponse> foreign = Optional.empty();

  WatchedResponse(SdkAsyncHttpResponseHandler sdk, SdkExchange exchange, SdkFailures failures) {
    this.sdk = sdk;
    this.exchange = exchange;
    this.failures = failures;
  }

  /** Whether the SDK waits for a body that it is not going to see. */
  boolean readsBody() {
    return eventStream || foreign.isPresent();
  }

  @Override
  public void onHeaders(SdkHttpResponse response) {
    long nanos = exchange.now();
    boolean streamed = response.isSuccessful() && exchange.streaming();
    eventStream =
        response.isSuccessful()
            && ForeignBody.encoding(response).isEmpty()
            && ForeignBody.contentType(response).equals("application/vnd.amazon.eventstream");
    foreign = streamed && !eventStream ? Optional.of(response) : Optional.empty();
    exchange.head(nanos, ResponseHeads.of(response, exchange.region()));
    exchange.served(ServedCall.of(response::firstMatchingHeader));
    exchange.contentType(ForeignBody.contentType(response));
    sdk.onHeaders(response);
  }

  @Override
  public void onStream(Publisher<ByteBuffer> body) {
    if (eventStream) {
      body.subscribe(new EventStreamReader(exchange, failures));
    } else if (foreign.isPresent()) {
      body.subscribe(new ForeignBodyReader(exchange, failures, foreign.get()));
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
