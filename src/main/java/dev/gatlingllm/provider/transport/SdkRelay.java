package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.secret.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
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
 * An SDK's way to the network. The SDK builds, serialises and authenticates a request; this sends
 * it and hands the response to the {@link HttpCall} that the request belongs to, so that bytes are
 * stamped on the event loop that read them and no thread waits for a stream. The SDK itself is told
 * the status only.
 *
 * <p>A request says which call it belongs to by a header that is not sent. Safe for use by many
 * threads.
 */
public final class SdkRelay {

  /** Names the call of a request. */
  public static final String CALL_HEADER = "x-gatling-llm-call";

  /**
   * A request as an SDK built it.
   *
   * @param contentType that of the body; empty if there is no body
   */
  @SuppressWarnings("ArrayRecordComponent") // it is written once and never compared
  public record Request(
      String method,
      String url,
      Map<String, List<String>> headers,
      byte[] body,
      Optional<String> contentType) {

    private Optional<String> callId() {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(CALL_HEADER))
          .map(header -> String.join("", header.getValue()))
          .findFirst();
    }
  }

  /** What the SDK is told of a response; the body only of a request that belongs to no call. */
  @SuppressWarnings("ArrayRecordComponent") // it is read once and never compared
  public record Response(int status, byte[] body) {}

  /** How a request says who sends it. */
  public interface Credentials {

    /** The token to send instead of a key; absent if there is a key, or nothing to send. */
    Optional<BearerTokens> tokens();

    /** Corrects what the SDK put into the headers; a token, if there is one, is set after this. */
    void apply(HttpHeaders headers);
  }

  private static final byte[] NOTHING = {};

  private final reactor.netty.http.client.HttpClient http;
  private final ClientSettings settings;
  private final Credentials credentials;
  private final SdkAddress address;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<String, HttpCall> waiting = new ConcurrentHashMap<>();

  /**
   * A relay.
   *
   * @param settings say how the client names itself, and which headers every request has
   * @param address what the SDK was configured with
   */
  public SdkRelay(
      HttpTransport transport,
      ClientSettings settings,
      Credentials credentials,
      SdkAddress address) {
    this.address = address;
    this.http = transport.client();
    this.settings = settings;
    this.credentials = credentials;
  }

  /** Expects a request for the call, and returns what its {@link #CALL_HEADER} must say. */
  public String expect(HttpCall call) {
    String id = Long.toString(lastId.incrementAndGet());
    waiting.put(id, call);
    return id;
  }

  /**
   * The SDK has done what it does for a call: ends one whose request never came here; one that did
   * is ended by its response.
   *
   * @param failure what the SDK threw, null if nothing
   */
  public void settle(HttpCall call, String id, Throwable failure) {
    if (waiting.remove(id) != null && failure != null) {
      call.crash(withoutWrapper(failure));
    }
  }

  /** Sends a request, and tells what the SDK is to know of the response. */
  public CompletableFuture<Response> send(Request request) {
    Optional<String> id = request.callId();
    if (id.isEmpty()) {
      return authorization().thenCompose(token -> whole(request, token));
    }
    CompletableFuture<Response> forSdk = new CompletableFuture<>();
    HttpCall call = waiting.remove(id.get());
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

  private CompletableFuture<Optional<Secret>> authorization() {
    return credentials
        .tokens()
        .map(tokens -> tokens.token().thenApply(Optional::of))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }

  private static Throwable withoutWrapper(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  private void send(
      Request request, Optional<Secret> token, HttpCall call, CompletableFuture<Response> forSdk) {
    if (call.ended()) {
      forSdk.completeExceptionally(new CancellationException("the call was given up"));
      return;
    }
    token.ifPresent(call::hide);
    ByteBuf bytes = Unpooled.wrappedBuffer(request.body());
    call.handedOver();
    call.attach(
        http.headers(headers -> copyHeaders(request, token, headers))
            .request(HttpMethod.valueOf(request.method()))
            .uri(address.of(request.url()))
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

  private CompletableFuture<Response> whole(Request request, Optional<Secret> token) {
    return http.headers(headers -> copyHeaders(request, token, headers))
        .request(HttpMethod.valueOf(request.method()))
        .uri(address.of(request.url()))
        .send(Mono.just(Unpooled.wrappedBuffer(request.body())))
        .responseSingle(
            (response, body) ->
                body.asByteArray()
                    .defaultIfEmpty(NOTHING)
                    .map(bytes -> new Response(response.status().code(), bytes)))
        .toFuture();
  }

  private static Publisher<Void> receive(
      HttpCall call,
      HttpClientResponse response,
      ByteBufFlux body,
      CompletableFuture<Response> forSdk) {
    int status = response.status().code();
    call.head(status, response.responseHeaders()::get);
    forSdk.complete(new Response(status, NOTHING));
    return body.doOnNext(bytes -> call.body(bytes.nioBuffer())).then();
  }

  private void copyHeaders(Request request, Optional<Secret> token, HttpHeaders headers) {
    request.headers().forEach(headers::set);
    headers.remove(CALL_HEADER);
    String sdk = headers.get(HttpHeaderNames.USER_AGENT, "");
    headers.set(HttpHeaderNames.USER_AGENT, (settings.userAgent() + " " + sdk).strip());
    credentials.apply(headers);
    token.ifPresent(
        value -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + value.reveal()));
    settings.network().headers().values().forEach(headers::set);
    request.contentType().ifPresent(type -> headers.set(HttpHeaderNames.CONTENT_TYPE, type));
  }
}
