package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.connection.FirstLookups;
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
  private final SdkConnections connections;
  private final FirstLookups lookups;
  private final SdkFailures failures;

  StampingHttpClient(Transport transport, SdkFailures failures) {
    this.transport = transport.httpClient();
    this.connections = transport.connections();
    this.lookups = transport.lookups();
    this.failures = failures;
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    SdkHttpExecutionAttributes attributes = request.httpExecutionAttributes();
    SdkExchange exchange = attributes == null ? null : attributes.getAttribute(SdkExchange.KEY);
    if (exchange == null) {
      throw new IllegalStateException("the SDK sent a request that belongs to no call");
    }
    WatchedResponse response = new WatchedResponse(request.responseHandler(), exchange, failures);
    AsyncExecuteRequest.Builder watched =
        AsyncExecuteRequest.builder()
            .request(request.request())
            .requestContentPublisher(
                new WatchedRequest(request.requestContentPublisher(), exchange::written))
            .fullDuplex(request.fullDuplex())
            .httpExecutionAttributes(attributes)
            .responseHandler(response);
    request.metricCollector().ifPresent(watched::metricCollector);
    AsyncExecuteRequest ready = watched.build();
    exchange.handedOver(connections);
    CompletableFuture<Void> done = onceLookedUp(ready);
    CompletableFuture<Void> unused =
        done.whenComplete(
            (nothing, thrown) -> {
              if (response.readsBody()) {
                exchange.bodyIsRead();
              }
            });
    return done;
  }

  /** Sends a request; if its host was never looked up, not before it has been. */
  private CompletableFuture<Void> onceLookedUp(AsyncExecuteRequest request) {
    CompletableFuture<Void> lookedUp = lookups.of(request.request().host());
    if (lookedUp.isDone() && !lookedUp.isCompletedExceptionally()) {
      return transport.execute(request);
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        lookedUp.whenComplete(
            (nothing, thrown) -> {
              if (thrown != null) {
                request.responseHandler().onError(thrown);
                done.completeExceptionally(thrown);
              } else if (!done.isDone()) {
                follow(done, transport.execute(request));
              }
            });
    return done;
  }

  /** The SDK completes the future itself to give a request up. */
  private static void follow(CompletableFuture<Void> done, CompletableFuture<Void> sent) {
    CompletableFuture<Void> unused =
        done.whenComplete(
            (nothing, thrown) -> {
              if (thrown != null) {
                sent.completeExceptionally(thrown);
              }
            });
    CompletableFuture<Void> unusedToo =
        sent.whenComplete(
            (nothing, thrown) -> {
              if (thrown == null) {
                done.complete(null);
              } else {
                done.completeExceptionally(thrown);
              }
            });
  }

  @Override
  public String clientName() {
    return transport.clientName();
  }

  /** Leaves the transport open: the clients of all regions share it. */
  @Override
  public void close() {}
}
