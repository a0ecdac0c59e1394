package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.OwnHeaders;
import dev.gatlingllm.provider.RequestHeaders;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.secret.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * An SDK's way to the network. The SDK builds, serialises and authenticates a request; this sends
 * it and hands the response to the {@link HttpCall} that the request belongs to, so that bytes are
 * stamped on the event loop that read them and no thread waits for a stream. The SDK gets the
 * status only.
 *
 * <p>A request says which call it belongs to by a header that is not sent. Safe for use by many
 * threads.
 */
public final class SdkRelay implements AutoCloseable {

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

  /** What the SDK gets of a response; the body only of a request that belongs to no call. */
  @SuppressWarnings("ArrayRecordComponent") // it is read once and never compared
  public record Response(int status, byte[] body) {}

  /** How a request says who sends it. */
  public interface Credentials {

    /** The key, which no failure may show. */
    Optional<Secret> key();

    /** What shows who calls, where there is no key. */
    Optional<Authorization> authorization();

    /**
     * Corrects what the SDK put into the headers; a proof, if there is one, is added after this.
     */
    void apply(HttpHeaders headers);
  }

  private static final byte[] NOTHING = {};

  private final HttpTransport transport;
  private final ClientSettings settings;
  private final Credentials credentials;
  private final URI baseUrl;
  private final SdkAddress address;
  private final OpenCalls calls;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

  /** A call whose request the SDK has not sent yet, and the headers that go with it. */
  private record Waiting(HttpCall call, RequestHeaders headers) {}

  /**
   * A relay with connections and event loops of its own; connects when the first call needs it.
   *
   * @param name begins the names of the threads
   * @param settings what all clients have in common
   * @param baseUrl the service
   * @param only the one certificate that is trusted; empty for those of the machine
   */
  public SdkRelay(
      String name,
      ClientSettings settings,
      URI baseUrl,
      Credentials credentials,
      Optional<X509Certificate> only) {
    this.transport = new HttpTransport(name, settings, baseUrl, only);
    this.settings = settings;
    this.credentials = credentials;
    this.baseUrl = baseUrl;
    this.address = new SdkAddress(baseUrl);
    this.calls =
        new OpenCalls(
            settings.clock(), InstantSource.system(), credentials.key(), transport.executor());
  }

  /** The address to configure the SDK with. */
  public String addressForSdk() {
    return address.forSdk();
  }

  /**
   * Starts a call.
   *
   * @param headers the call's own
   * @param request has the SDK send the call's request, whose {@link #CALL_HEADER} must be the text
   *     it is given
   */
  public CallHandle start(
      Answer.Factory answers,
      OwnHeaders headers,
      CallListener listener,
      Function<String, CompletableFuture<?>> request) {
    HttpCall call = calls.open(answers, listener);
    if (call.ended()) {
      return call;
    }
    String id = Long.toString(lastId.incrementAndGet());
    try {
      waiting.put(id, new Waiting(call, settings.network().headersOf(headers, baseUrl)));
    } catch (IllegalArgumentException refused) {
      call.crash(refused);
      return call;
    }
    try {
      CompletableFuture<?> unused =
          request.apply(id).whenComplete((ignored, failure) -> settle(call, id, failure));
    } catch (Throwable e) {
      settle(call, id, e);
    }
    return call;
  }

  /** Ends a call whose request never came here; one that did is ended by its response. */
  private void settle(HttpCall call, String id, Throwable failure) {
    if (waiting.remove(id) != null && failure != null) {
      call.crash(withoutWrapper(failure));
    }
  }

  /**
   * Opens connections.
   *
   * @param request starts a call, which is not sent
   * @return how many were opened
   */
  public CompletableFuture<Integer> connect(int wanted, Consumer<CallListener> request) {
    return transport.opening().open(wanted, request);
  }

  /** The event loops, each by itself. */
  public List<Executor> eventLoops() {
    return transport.eventLoops();
  }

  /** Ends the calls in flight, closes the connections and ends the threads. */
  @Override
  public void close() {
    calls.close();
    transport.close();
  }

  /** Sends a request of the SDK. */
  public CompletableFuture<Response> send(Request request) {
    Optional<String> id = request.callId();
    if (id.isEmpty()) {
      return proof().thenCompose(proof -> whole(request, proof));
    }
    CompletableFuture<Response> forSdk = new CompletableFuture<>();
    Waiting known = waiting.remove(id.get());
    if (known == null || known.call().ended()) {
      forSdk.completeExceptionally(new CancellationException("the call was given up"));
      return forSdk;
    }
    CompletableFuture<Void> unused =
        proof()
            .thenAccept(proof -> send(request, proof, known, forSdk))
            .exceptionally(
                failure -> {
                  Throwable cause = withoutWrapper(failure);
                  known.call().error(cause);
                  forSdk.completeExceptionally(cause);
                  return null;
                });
    return forSdk;
  }

  private CompletableFuture<Optional<Proof>> proof() {
    return authorization()
        .map(authorization -> authorization.proof().thenApply(Optional::of))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }

  private Optional<Authorization> authorization() {
    return credentials.key().isPresent() ? Optional.empty() : credentials.authorization();
  }

  private static Throwable withoutWrapper(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  private void send(
      Request request, Optional<Proof> proof, Waiting known, CompletableFuture<Response> forSdk) {
    HttpCall call = known.call();
    if (call.ended()) {
      forSdk.completeExceptionally(new CancellationException("the call was given up"));
      return;
    }
    proof.flatMap(Proof::secret).ifPresent(call::hide);
    // A signature takes time that is not the service's.
    HttpClient.RequestSender sender = sender(request, proof, known.headers());
    call.handedOver();
    call.attach(
        sender
            .send(body(request))
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

  private CompletableFuture<Response> whole(Request request, Optional<Proof> proof) {
    return sender(request, proof, settings.network().headers())
        .send(body(request))
        .responseSingle(
            (response, body) ->
                body.asByteArray()
                    .defaultIfEmpty(NOTHING)
                    .map(bytes -> new Response(response.status().code(), bytes)))
        .toFuture();
  }

  private HttpClient.RequestSender sender(
      Request request, Optional<Proof> proof, RequestHeaders more) {
    String url = address.of(request.url());
    HttpHeaders headers = headers(request, more);
    proof
        .filter(unused -> !overridden(more))
        .ifPresent(
            one ->
                one.addTo(
                    new Proof.Outgoing(
                        request.method(), URI.create(url), headers, request.body())));
    return transport
        .client()
        .headers(sent -> sent.set(headers))
        .request(HttpMethod.valueOf(request.method()))
        .uri(ServiceAddress.forNetty(url));
  }

  /** Whether the user says who calls. */
  private static boolean overridden(RequestHeaders more) {
    return more.values().containsKey("authorization");
  }

  private static Publisher<ByteBuf> body(Request request) {
    return Mono.just(Unpooled.wrappedBuffer(request.body()));
  }

  private Publisher<Void> receive(
      HttpCall call,
      HttpClientResponse response,
      ByteBufFlux body,
      CompletableFuture<Response> forSdk) {
    int status = response.status().code();
    call.head(status, response.responseHeaders()::get);
    authorization()
        .ifPresent(
            one ->
                one.answered(status, Optional.ofNullable(response.responseHeaders().get("date"))));
    forSdk.complete(new Response(status, NOTHING));
    return body.doOnNext(bytes -> call.body(bytes.nioBuffer())).then();
  }

  private HttpHeaders headers(Request request, RequestHeaders more) {
    HttpHeaders headers = new DefaultHttpHeaders();
    request.headers().forEach(headers::set);
    headers.remove(CALL_HEADER);
    String sdk = headers.get(HttpHeaderNames.USER_AGENT, "");
    headers.set(HttpHeaderNames.USER_AGENT, (settings.userAgent() + " " + sdk).strip());
    credentials.apply(headers);
    more.values().forEach(headers::set);
    request.contentType().ifPresent(type -> headers.set(HttpHeaderNames.CONTENT_TYPE, type));
    return headers;
  }
}
