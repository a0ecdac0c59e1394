package dev.gatlingllm.provider.openai;

import com.openai.core.RequestOptions;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpRequestBody;
import com.openai.core.http.HttpResponse;
import dev.gatlingllm.provider.transport.HttpCall;
import dev.gatlingllm.provider.transport.HttpTransport;
import dev.gatlingllm.secret.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClientResponse;

/**
 * The SDK's way to the network. The SDK builds, serialises and authenticates a request; this sends
 * it and hands the response to the {@link HttpCall} that the request belongs to, so that bytes are
 * stamped on the event loop that read them and no thread waits for a stream. The SDK itself is told
 * the status only, with an empty body.
 *
 * <p>A request says which call it belongs to by a header that is not sent.
 */
final class OpenAiTransport implements HttpClient {

  /** Names the call of a request. */
  static final String CALL_HEADER = "x-gatling-llm-call";

  private final reactor.netty.http.client.HttpClient http;
  private final OpenAiSettings settings;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<String, HttpCall> waiting = new ConcurrentHashMap<>();

  /**
   * A transport.
   *
   * @param settings say how the key or a token is sent; without either, what the SDK says in its
   *     place is not sent
   */
  OpenAiTransport(HttpTransport transport, OpenAiSettings settings) {
    this.http = transport.client();
    this.settings = settings;
  }

  /** Expects a request for the call, and returns what its {@link #CALL_HEADER} must say. */
  String expect(HttpCall call) {
    String id = Long.toString(lastId.incrementAndGet());
    waiting.put(id, call);
    return id;
  }

  /** Expects no request for a call any more; false if it has come. */
  boolean forget(String id) {
    return waiting.remove(id) != null;
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
    if (request.headers().values(CALL_HEADER).isEmpty()) {
      return whole(request);
    }
    CompletableFuture<HttpResponse> forSdk = new CompletableFuture<>();
    HttpCall call = waiting.remove(String.join("", request.headers().values(CALL_HEADER)));
    if (call == null || call.ended()) {
      forSdk.completeExceptionally(new CancellationException("the call was given up"));
      return forSdk;
    }
    CompletableFuture<Void> unused =
        authorization()
            .thenAccept(token -> send(request, token, call, forSdk))
            .exceptionally(
                failure -> {
                  Throwable cause = withoutWrapper(failure);
                  call.error(cause);
                  forSdk.completeExceptionally(cause);
                  return null;
                });
    return forSdk;
  }

  /** The token to send instead of a key; empty if there is a key, or nothing to send. */
  private CompletableFuture<Optional<Secret>> authorization() {
    return settings
        .tokens()
        .filter(tokens -> settings.key().isEmpty())
        .map(tokens -> tokens.token().thenApply(Optional::of))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }

  private static Throwable withoutWrapper(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  private void send(
      HttpRequest request,
      Optional<Secret> token,
      HttpCall call,
      CompletableFuture<HttpResponse> forSdk) {
    if (call.ended()) {
      forSdk.completeExceptionally(new CancellationException("the call was given up"));
      return;
    }
    token.ifPresent(call::hide);
    ByteBuf bytes = bytes(request);
    call.handedOver();
    call.attach(
        http.headers(headers -> copyHeaders(request, token, headers))
            .request(HttpMethod.valueOf(request.method().name()))
            .uri(request.url())
            .send(Mono.just(bytes))
            .response((response, body) -> receive(call, response, body, forSdk))
            .contextWrite(HttpTransport.contextOf(call).readOnly())
            .subscribe(
                ignored -> {},
                failure -> {
                  call.error(failure);
                  forSdk.completeExceptionally(failure);
                },
                call::end));
  }

  /** Sends a request that belongs to no call, and gives the SDK its whole response. */
  private CompletableFuture<HttpResponse> whole(HttpRequest request) {
    return authorization().thenCompose(token -> whole(request, token));
  }

  private CompletableFuture<HttpResponse> whole(HttpRequest request, Optional<Secret> token) {
    return http.headers(headers -> copyHeaders(request, token, headers))
        .request(HttpMethod.valueOf(request.method().name()))
        .uri(request.url())
        .send(Mono.just(bytes(request)))
        .<HttpResponse>responseSingle(
            (response, body) ->
                body.asByteArray()
                    .defaultIfEmpty(new byte[0])
                    .map(bytes -> new WholeResponse(response.status().code(), bytes)))
        .toFuture();
  }

  private static Publisher<Void> receive(
      HttpCall call,
      HttpClientResponse response,
      ByteBufFlux body,
      CompletableFuture<HttpResponse> forSdk) {
    int status = response.status().code();
    call.head(status, response.responseHeaders()::get);
    forSdk.complete(new StatusOnly(status));
    return body.doOnNext(bytes -> call.body(bytes.nioBuffer())).then();
  }

  private void copyHeaders(HttpRequest request, Optional<Secret> token, HttpHeaders headers) {
    for (String name : request.headers().names()) {
      headers.set(name, request.headers().values(name));
    }
    headers.remove(CALL_HEADER);
    String sdk = headers.get(HttpHeaderNames.USER_AGENT, "");
    headers.set(HttpHeaderNames.USER_AGENT, (settings.client().userAgent() + " " + sdk).strip());
    if (settings.key().isEmpty() || settings.keyHeader() == KeyHeader.API_KEY) {
      headers.remove(HttpHeaderNames.AUTHORIZATION);
    }
    if (settings.keyHeader() == KeyHeader.API_KEY) {
      settings.key().ifPresent(key -> headers.set("api-key", key.reveal()));
    }
    token.ifPresent(
        value -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + value.reveal()));
    settings.client().network().headers().values().forEach(headers::set);
    HttpRequestBody body = request.body();
    if (body != null && body.contentType() != null) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, body.contentType());
    }
  }

  private static ByteBuf bytes(HttpRequest request) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (request.body() != null) {
      request.body().writeTo(bytes);
    }
    return Unpooled.wrappedBuffer(bytes.toByteArray());
  }

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions options) {
    throw new UnsupportedOperationException("only the asynchronous client is used");
  }

  /** The connections belong to whoever made the transport. */
  @Override
  public void close() {}
}
