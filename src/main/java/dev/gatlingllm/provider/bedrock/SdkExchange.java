package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.StaleConnection;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.bedrock.body.BodyFormat;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpExecutionAttribute;

/**
 * One attempt on its way through the SDK: carries events from the transport to the listener, one at
 * a time and with one end. Safe for use by many threads.
 */
final class SdkExchange {

  /** Under this key the exchange travels with its HTTP request; nothing of it is sent. */
  static final SdkHttpExecutionAttribute<SdkExchange> KEY =
      new SdkHttpExecutionAttribute<>(SdkExchange.class) {};

  private final SerializedListener listener;
  private final NanoClock clock;
  private final String region;
  private final Optional<BodyFormat> body;
  private final boolean streaming;
  private final CompletableFuture<Void> bodyRead = new CompletableFuture<>();
  private volatile Optional<SdkConnections> connections = Optional.empty();
  private volatile long handedOverNanos;
  private volatile long lastBytesNanos;
  private volatile Optional<Reused> reused = Optional.empty();
  private volatile boolean written;
  private volatile boolean cut;
  private volatile String contentType = "";
  private volatile Served served = Served.UNKNOWN;

  SdkExchange(CallListener listener, NanoClock clock, String region) {
    this(listener, clock, region, Optional.empty(), true);
  }

  /**
   * An exchange whose answer is the model's own body, or Converse's if there is none.
   *
   * @param streaming whether it is to be streamed
   */
  SdkExchange(
      CallListener listener,
      NanoClock clock,
      String region,
      Optional<BodyFormat> body,
      boolean streaming) {
    this.listener = new SerializedListener(listener, clock, Secret::hideBearer);
    this.clock = clock;
    this.region = region;
    this.body = body;
    this.streaming = streaming;
  }

  /** Whether the answer is to be streamed. */
  boolean streaming() {
    return streaming;
  }

  /** The type of the answer's body; empty as long as no response has begun, or if it has none. */
  String contentType() {
    return contentType;
  }

  void contentType(String type) {
    contentType = type;
  }

  /** What reads the frames of the answer. */
  FrameReader reader(Secrets secrets) {
    return body.<FrameReader>map(format -> new ChunkReader(this, secrets, format))
        .orElseGet(() -> new EventReader(this, secrets));
  }

  long now() {
    return clock.nanos();
  }

  /** The region the call was sent to. */
  String region() {
    return region;
  }

  /** The HTTP status, 0 as long as no response has begun. */
  int status() {
    return listener.status();
  }

  /** Whether the listener has heard the end, or does not want to hear more. */
  boolean over() {
    return listener.ended();
  }

  /** Whether the transport lost the response. */
  boolean wasCut() {
    return cut;
  }

  void cut() {
    cut = true;
  }

  /**
   * Runs a task when the transport is done with a body that was read before the SDK, which still
   * waits for it; never for an answer that the SDK reads.
   */
  void whenBodyIsRead(Runnable task) {
    CompletableFuture<Void> unused = bodyRead.thenRun(task);
  }

  void bodyIsRead() {
    bodyRead.complete(null);
  }

  /** The request goes to the transport now; a connection may have to be opened for it. */
  void handedOver(SdkConnections newConnections) {
    connections = Optional.of(newConnections);
    handedOverNanos = clock.nanos();
  }

  /**
   * A connection takes the request now. If one was opened meanwhile, it was sent when it was handed
   * over: it may have waited for that one, and the time is the network's and the service's.
   */
  void written() {
    boolean waited = connections.filter(some -> some.anyOpenedSince(handedOverNanos)).isPresent();
    long nanos = clock.nanos();
    written = true;
    connections
        .flatMap(SdkConnections::taken)
        .ifPresent(
            connection -> {
              if (connection.use().reused()) {
                reused = Optional.of(new Reused(connection, nanos));
              }
              listener.connection(connection.use());
            });
    listener.sent(waited ? handedOverNanos : nanos);
  }

  /** The connection had been used before. */
  private record Reused(RequestTap.Taken connection, long writtenNanos) {}

  /** Why nothing came, if it is that the server closed a connection that had been used before. */
  Optional<Failure> closedByServer() {
    return neverWritten() ? Optional.of(StaleConnection.beforeRequest()) : ofReused();
  }

  /** No connection took the request, and none was being opened: one of the pool had been closed. */
  private boolean neverWritten() {
    return !written
        && connections
            .filter(some -> !some.areClosing() && !some.anyOpenedSince(handedOverNanos))
            .isPresent();
  }

  private Optional<Failure> ofReused() {
    return reused
        .filter(use -> status() == 0 && !use.connection().channel().isActive())
        .filter(use -> connections.filter(SdkConnections::areClosing).isEmpty())
        .map(
            use ->
                StaleConnection.failure(
                    use.connection().idleNanos(), clock.nanos() - use.writtenNanos()));
  }

  /** Why a TLS handshake failed since the request was handed over. */
  Optional<Throwable> failedHandshake() {
    return connections.flatMap(some -> some.failedHandshakeSince(handedOverNanos));
  }

  void head(long nanos, ResponseHead head) {
    lastBytesNanos = nanos;
    listener.head(nanos, head);
  }

  /** Bytes of the body leave the transport now. */
  void bytesCame() {
    lastBytesNanos = clock.nanos();
  }

  /** Reads a part of the answer; what is thrown ends the call. */
  void guard(Runnable reading) {
    listener.guard(reading);
  }

  /** Output that came with the last bytes. */
  void output(OutputKind kind, String text) {
    listener.output(lastBytesNanos, kind, text);
  }

  /** Output without text that came with the last bytes. */
  void outputWithoutText(OutputKind kind) {
    listener.outputWithoutText(lastBytesNanos, kind);
  }

  /** Adds to what the response said before of who served the call. */
  void served(Served more) {
    if (!more.equals(Served.UNKNOWN)) {
      served = servedBy(served, more);
      listener.served(served);
    }
  }

  private static Served servedBy(Served before, Served more) {
    return new Served(
        more.model().isEmpty() ? before.model() : more.model(),
        more.tier().isEmpty() ? before.tier() : more.tier(),
        more.latencyMode().isEmpty() ? before.latencyMode() : more.latencyMode(),
        more.serviceMillis().isEmpty() ? before.serviceMillis() : more.serviceMillis());
  }

  void usage(TokenUsage usage) {
    listener.usage(usage);
  }

  void finish(String reason) {
    listener.finish(reason);
  }

  /** The answer was complete with the last bytes. */
  void completed() {
    listener.completed(lastBytesNanos);
  }

  void failed(Failure failure) {
    listener.failed(clock.nanos(), failure);
  }

  /** Tells the listener nothing from here on. */
  void cancel() {
    listener.cancel();
  }
}
