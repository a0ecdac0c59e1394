package dev.gatlingllm.provider.bedrock;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpExecutionAttributes;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * The HTTP client that the SDK is given: the real one, with each request and response watched on
 * their way. The SDK still builds, signs and sends the request and reads every error response.
 */
final class StampingHttpClient implements SdkAsyncHttpClient {

  private final SdkAsyncHttpClient transport;
  private final Connections connections;
  private final SdkFailures failures;

  StampingHttpClient(Transport transport, SdkFailures failures) {
    this.transport = transport.httpClient();
    this.connections = transport.connections();
    this.failures = failures;
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    SdkHttpExecutionAttributes attributes = request.httpExecutionAttributes();
    Exchange exchange = attributes == null ? null : attributes.getAttribute(Exchange.KEY);
    if (exchange == null) {
      throw new IllegalStateException("the SDK sent a request that belongs to no call");
    }
    WatchedResponse response = new WatchedResponse(request.responseHandler(), exchange, failures);
    AsyncExecuteRequest.Builder watched =
        AsyncExecuteRequest.builder()
            .request(request.request())
            .requestContentPublisher(
                new WatchedRequest(
                    request.requestContentPublisher(), () -> exchange.written(connections)))
            .fullDuplex(request.fullDuplex())
            .httpExecutionAttributes(attributes)
            .responseHandler(response);
    request.metricCollector().ifPresent(watched::metricCollector);
    AsyncExecuteRequest ready = watched.build();
    exchange.handedOver();
    CompletableFuture<Void> done = transport.execute(ready);
    CompletableFuture<Void> unused =
        done.whenComplete(
            (nothing, thrown) -> {
              if (response.readsBody()) {
                exchange.bodyIsRead();
              }
            });
    return done;
  }

  @Override
  public String clientName() {
    return transport.clientName();
  }

  /** Leaves the transport open: the clients of all regions share it. */
  @Override
  public void close() {}
}
