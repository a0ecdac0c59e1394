package dev.gatlingllm.provider.bedrock;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * The body of a request, which the transport asks for when a connection takes the request. Until
 * then the SDK's pools have handed it from event loop to event loop.
 *
 * @param onWrite runs just before
 */
record WatchedRequest(SdkHttpContentPublisher body, Runnable onWrite)
    implements SdkHttpContentPublisher {

  @Override
  public Optional<Long> contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> transport) {
    onWrite.run();
    body.subscribe(transport);
  }
}
